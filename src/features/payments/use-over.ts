import { useSearchParams } from 'react-router'

/** A form over the page that stands in the address: `request` with ids or `all`, `edit` with the id of a rejected request. */
export function useOver() {
  const [search, setSearch] = useSearchParams()
  const change = (name: 'request' | 'edit', value: string | undefined) => setSearch((present) => {
    const next = new URLSearchParams(present)
    next.delete('request')
    next.delete('edit')
    if (value !== undefined) next.set(name, value)
    if (value !== undefined) next.delete('open')
    return next
  }, { replace: true, preventScrollReset: true })
  return { request: search.get('request') ?? undefined, edit: search.get('edit') ?? undefined, openRequest: () => change('request', 'all'), openEdit: (id: string) => change('edit', id), close: () => change('request', undefined) }
}
