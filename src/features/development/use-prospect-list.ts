import { useQuery } from '@tanstack/react-query'
import type { ExportRequest } from '#contract/exports.ts'
import { getInviteChoices } from '#contract/invites.ts'
import { ProspectFilter, ProspectSort, queryProspects } from '#contract/prospects.ts'
import { listQuery, query } from '#src/api/query.ts'
import { useLookupList } from '#src/components/use-lookup-list.ts'

/** Everything the list shows: the address, a look-up by personal data, and the answer. */
export function useProspectList() {
  const found = useLookupList({ filter: ProspectFilter, sort: { options: ProspectSort.options, initial: '-reportedAt' } }, (body) => listQuery(queryProspects, { body }))
  const { list, personal, result } = found
  const choices = useQuery({ ...query(getInviteChoices, {}), staleTime: 60_000, enabled: result.data !== undefined })
  const exportRequest: ExportRequest = { content: 'prospects', filter: list.filter, sort: list.sort, ...personal }
  return { ...found, exportRequest, managers: choices.data?.managers ?? [] }
}

export type ProspectList = ReturnType<typeof useProspectList>
