import { useQuery } from '@tanstack/react-query'
import type { ExportRequest } from '#contract/exports.ts'
import { getInviteChoices, InvitationFilter, InvitationSort, queryInvitations } from '#contract/invites.ts'
import { listQuery, query } from '#src/api/query.ts'
import { useLookupList } from '#src/components/use-lookup-list.ts'

/** Everything the records show: the address, a look-up by personal data, and the answer. @param isWanted false while another tab is in view. */
export function useInvitationList(isWanted: boolean) {
  const found = useLookupList({ filter: InvitationFilter, sort: { options: InvitationSort.options, initial: '-sentAt' } }, (body) => ({ ...listQuery(queryInvitations, { body }), enabled: isWanted }))
  const { list, personal, result } = found
  const choices = useQuery({ ...query(getInviteChoices, {}), staleTime: 60_000, enabled: result.data !== undefined })
  const exportRequest: ExportRequest = { content: 'invitations', filter: list.filter, sort: list.sort, ...personal }
  return { ...found, exportRequest, inviters: choices.data?.inviters ?? [] }
}

export type InvitationList = ReturnType<typeof useInvitationList>
