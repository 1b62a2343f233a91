import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { ExportRequest } from '#contract/exports.ts'
import type { InviteLookup } from '#contract/invites.ts'
import { MemberFilter, MemberSort, queryMembers } from '#contract/members.ts'
import { listQuery } from '#src/api/query.ts'
import { useListState } from '#src/components/use-list-state.ts'

/** What this tab looked up, by the opaque id that stands in the address: in memory only, so that paging and Back know it and nobody else. */
const lookedUp = new Map<string, InviteLookup>()

/** Everything the list of members shows: the address, a look-up by personal data, and the answer. */
export function useMemberList() {
  const list = useListState({ filter: MemberFilter, sort: { options: MemberSort.options, initial: '-createdAt' } })
  const [fresh, setFresh] = useState<InviteLookup>()
  const lookup = list.view === undefined ? fresh : lookedUp.get(list.view)
  const personal = lookup ? { lookup } : list.view ? { view: list.view } : {}
  const result = useQuery(listQuery(queryMembers, { body: { page: list.page, pageSize: list.pageSize, sort: list.sort, filter: list.filter, ...personal } }))
  const { data, isPlaceholderData } = result

  // Once the look-up has an id, the address names it: reload, Back and paging then find the same rows.
  useEffect(() => {
    if (!lookup || list.view !== undefined || isPlaceholderData || !data?.view) return
    lookedUp.set(data.view, lookup)
    list.setView(data.view, { keepPage: true })
  }, [lookup, list, data, isPlaceholderData])

  const exportRequest: ExportRequest = { content: 'members', filter: list.filter, sort: list.sort, ...personal }
  const setLookup = (next: InviteLookup | undefined) => {
    setFresh(next)
    list.setView(undefined)
  }
  const clear = () => {
    setFresh(undefined)
    list.clearFilter()
  }
  return {
    list, result, lookup, setLookup, clear, exportRequest,
    /** Kinds of a look-up whose words this tab does not know, as after a reload. */
    kept: lookup || !list.view ? [] : (data?.lookupKinds ?? []),
    isFiltered: list.isFiltered || lookup !== undefined,
  }
}
export type MemberList = ReturnType<typeof useMemberList>
