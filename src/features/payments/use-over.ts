import { useSearchParams } from 'react-router'

/** A form over the page that stands in the address: `do=request` with the `ids` of statements, none for all; `edit` with the id of a rejected request, `withdraw` with that of one whose payment failed. */
export function useOver() {
  const [search, setSearch] = useSearchParams()
  const change = (next: { do?: 'request'; edit?: string; withdraw?: string }) => setSearch((present) => {
    const rest = new URLSearchParams(present)
    for (const name of ['do', 'ids', 'edit', 'withdraw']) rest.delete(name)
    for (const [name, value] of Object.entries(next)) rest.set(name, value)
    if (Object.keys(next).length > 0) rest.delete('open')
    return rest
  }, { replace: true, preventScrollReset: true })
  return {
    isRequesting: search.get('do') === 'request', ids: (search.get('ids') ?? '').split('.').filter((id) => id !== ''), edit: search.get('edit') ?? undefined, withdraw: search.get('withdraw') ?? undefined,
    openRequest: () => change({ do: 'request' }), openEdit: (id: string) => change({ edit: id }), openWithdraw: (id: string) => change({ withdraw: id }), close: () => change({}),
  }
}
