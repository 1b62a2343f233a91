import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { AssignedFilter, AssignedSort, queryAssigned } from '#contract/assignments.ts'
import type { InviteLookup } from '#contract/invites.ts'
import { listQuery } from '#src/api/query.ts'
import { useListState } from '#src/components/use-list-state.ts'

/** What this tab looked up, by the opaque id that stands in the address: in memory only, so that paging and Back know it and nobody else. */
const lookedUp = new Map<string, InviteLookup>()

/** One manager's customers, as the address and a look-up by personal data ask for them. @param id of the manager. */
export function useManagedList(id: string) {
  const list = useListState({ filter: AssignedFilter, sort: { options: AssignedSort.options, initial: '-assignedAt' } })
  const [fresh, setFresh] = useState<InviteLookup>()
  const lookup = list.view === undefined ? fresh : lookedUp.get(list.view)
  const personal = lookup ? { lookup } : list.view ? { view: list.view } : {}
  const result = useQuery(listQuery(queryAssigned, { params: { id }, body: { page: list.page, pageSize: list.pageSize, sort: list.sort, filter: list.filter, ...personal } }))
  const { data, isPlaceholderData } = result

  // Once the look-up has an id, the address names it: reload, Back and paging then find the same rows.
  useEffect(() => {
    if (!lookup || list.view !== undefined || isPlaceholderData || !data?.view) return
    lookedUp.set(data.view, lookup)
    list.setView(data.view, { keepPage: true })
  }, [lookup, list, data, isPlaceholderData])

  const setLookup = (patch: { name?: string | undefined; mobile?: string | undefined }) => {
    const { name = undefined, mobile = undefined } = { ...lookup, ...patch }
    const next = { ...(name && { name }), ...(mobile && { mobile }) }
    setFresh(Object.keys(next).length > 0 ? next : undefined)
    list.setView(undefined)
  }
  const clear = () => {
    setFresh(undefined)
    list.clearFilter()
  }
  return {
    list, result, lookup, setLookup, clear,
    /** Kinds of a look-up whose words this tab does not know, as after a reload. */
    kept: lookup || !list.view ? [] : (data?.lookupKinds ?? []),
    isFiltered: list.isFiltered || lookup !== undefined,
  }
}

export type ManagedList = ReturnType<typeof useManagedList>
