import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { InviteLookup } from '#contract/invites.ts'
import { querySpecialists, SpecialistFilter, SpecialistSort } from '#contract/specialists.ts'
import { listQuery } from '#src/api/query.ts'
import { useListState } from '#src/components/use-list-state.ts'

/** What this tab looked up, by the opaque id that stands in the address: in memory only, so that paging and Back know it and nobody else. */
const lookedUp = new Map<string, InviteLookup>()

/** Everything the list of specialists shows: the address, a look-up by personal data, and the answer. */
export function useSpecialistList() {
  const list = useListState({ filter: SpecialistFilter, sort: { options: SpecialistSort.options, initial: '-invitedAt' } })
  const [fresh, setFresh] = useState<InviteLookup>()
  const lookup = list.view === undefined ? fresh : lookedUp.get(list.view)
  const personal = lookup ? { lookup } : list.view ? { view: list.view } : {}
  const result = useQuery(listQuery(querySpecialists, { body: { page: list.page, pageSize: list.pageSize, sort: list.sort, filter: list.filter, ...personal } }))
  const { data, isPlaceholderData } = result

  // Once the look-up has an id, the address names it: reload, Back and paging then find the same rows.
  useEffect(() => {
    if (!lookup || list.view !== undefined || isPlaceholderData || !data?.view) return
    lookedUp.set(data.view, lookup)
    list.setView(data.view, { keepPage: true })
  }, [lookup, list, data, isPlaceholderData])

  const setLookup = (next: InviteLookup | undefined) => {
    setFresh(next)
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
export type SpecialistList = ReturnType<typeof useSpecialistList>
