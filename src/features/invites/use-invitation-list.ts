import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { ExportRequest } from '#contract/exports.ts'
import { getInviteChoices, InvitationFilter, InvitationSort, type InviteLookup, queryInvitations } from '#contract/invites.ts'
import { listQuery, query } from '#src/api/query.ts'
import { useListState } from '#src/components/use-list-state.ts'

/** What this tab looked up, by the opaque id that stands in the address: in memory only, so that paging and Back know it and nobody else. */
const lookedUp = new Map<string, InviteLookup>()

/** Everything the records show: the address, a look-up by personal data, and the answer. @param isWanted false while another tab is in view. */
export function useInvitationList(isWanted: boolean) {
  const list = useListState({ filter: InvitationFilter, sort: { options: InvitationSort.options, initial: '-sentAt' } })
  const [fresh, setFresh] = useState<InviteLookup>()
  const lookup = list.view === undefined ? fresh : lookedUp.get(list.view)
  const personal = lookup ? { lookup } : list.view ? { view: list.view } : {}
  const result = useQuery({ ...listQuery(queryInvitations, { body: { page: list.page, pageSize: list.pageSize, sort: list.sort, filter: list.filter, ...personal } }), enabled: isWanted })
  const { data, isPlaceholderData } = result

  // Once the look-up has an id, the address names it: reload, Back and paging then find the same rows.
  useEffect(() => {
    if (!lookup || list.view !== undefined || isPlaceholderData || !data?.view) return
    lookedUp.set(data.view, lookup)
    list.setView(data.view, { keepPage: true })
  }, [lookup, list, data, isPlaceholderData])

  const choices = useQuery({ ...query(getInviteChoices, {}), staleTime: 60_000, enabled: data !== undefined })
  const setLookup = (next: InviteLookup | undefined) => {
    setFresh(next)
    list.setView(undefined)
  }
  const clear = () => {
    setFresh(undefined)
    list.clearFilter()
  }
  const exportRequest: ExportRequest = { content: 'invitations', filter: list.filter, sort: list.sort, ...personal }
  return {
    list, result, lookup, setLookup, clear, exportRequest,
    /** Kinds of a look-up whose words this tab does not know, as after a reload. */
    kept: lookup || !list.view ? [] : (data?.lookupKinds ?? []),
    inviters: choices.data?.inviters ?? [],
    isFiltered: list.isFiltered || lookup !== undefined,
  }
}
export type InvitationList = ReturnType<typeof useInvitationList>
