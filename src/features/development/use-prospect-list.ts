import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { getInviteChoices, type InviteLookup } from '#contract/invites.ts'
import { ProspectFilter, ProspectSort, queryProspects } from '#contract/prospects.ts'
import type { ExportRequest } from '#contract/exports.ts'
import { listQuery, query } from '#src/api/query.ts'
import { useListState } from '#src/components/use-list-state.ts'

/** What this tab looked up, by the opaque id that stands in the address: in memory only, so that paging and Back know it and nobody else. */
const lookedUp = new Map<string, InviteLookup>()

/** Everything the list shows: the address, a look-up by personal data, and the answer. */
export function useProspectList() {
  const list = useListState({ filter: ProspectFilter, sort: { options: ProspectSort.options, initial: '-reportedAt' } })
  const [fresh, setFresh] = useState<InviteLookup>()
  const lookup = list.view === undefined ? fresh : lookedUp.get(list.view)
  const personal = lookup ? { lookup } : list.view ? { view: list.view } : {}
  const result = useQuery(listQuery(queryProspects, { body: { page: list.page, pageSize: list.pageSize, sort: list.sort, filter: list.filter, ...personal } }))
  const { data, isPlaceholderData } = result

  // Once the look-up has an id, the address names it: reload, Back and paging then find the same rows.
  useEffect(() => {
    if (!lookup || list.view !== undefined || isPlaceholderData || !data?.view) return
    lookedUp.set(data.view, lookup)
    list.setView(data.view, { keepPage: true })
  }, [lookup, list, data, isPlaceholderData])

  const choices = useQuery({ ...query(getInviteChoices, {}), staleTime: 60_000, enabled: data !== undefined })
  const setLookup = (patch: Partial<Record<keyof InviteLookup, string | undefined>>) => {
    const { name = undefined, mobile = undefined, email = undefined } = { ...lookup, ...patch }
    const next = { ...(name && { name }), ...(mobile && { mobile }), ...(email && { email }) }
    setFresh(Object.keys(next).length > 0 ? next : undefined)
    list.setView(undefined)
  }
  const clear = () => {
    setFresh(undefined)
    list.clearFilter()
  }
  const exportRequest: ExportRequest = { content: 'prospects', filter: list.filter, sort: list.sort, ...personal }
  return {
    list, result, lookup, setLookup, clear, exportRequest,
    /** Kinds of a look-up whose words this tab does not know, as after a reload. */
    kept: lookup || !list.view ? [] : (data?.lookupKinds ?? []),
    managers: choices.data?.managers ?? [],
    isFiltered: list.isFiltered || lookup !== undefined,
  }
}

export type ProspectList = ReturnType<typeof useProspectList>
