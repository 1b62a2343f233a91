import { useQuery } from '@tanstack/react-query'
import { queryInvitations } from '#contract/invites.ts'
import type { Member } from '#contract/members.ts'
import { queryProspects } from '#contract/prospects.ts'
import { query } from '#src/api/query.ts'
import { useCan } from '#src/session/use-session.ts'

/** @returns how many reports and invitations of a member are not finished, as far as the person may see them; undefined until it is known. */
export function useOpenWork({ id }: Pick<Member, 'id'>): { prospects: number; invitations: number } | undefined {
  const maySeeProspects = useCan('prospect.view')
  const maySeeInvitations = useCan('invite.view')
  const reported = useQuery({ ...query(queryProspects, { body: { pageSize: 1, filter: { manager: id, state: 'REPORTED' } } }), enabled: maySeeProspects })
  const reviewed = useQuery({ ...query(queryProspects, { body: { pageSize: 1, filter: { manager: id, state: 'UNDER_REVIEW' } } }), enabled: maySeeProspects })
  const sent = useQuery({ ...query(queryInvitations, { body: { pageSize: 1, filter: { inviterId: id, state: 'SENT' } } }), enabled: maySeeInvitations })
  const opened = useQuery({ ...query(queryInvitations, { body: { pageSize: 1, filter: { inviterId: id, state: 'OPENED' } } }), enabled: maySeeInvitations })
  if ([reported, reviewed, sent, opened].some(({ isLoading }) => isLoading)) return undefined
  const total = (...results: { data: { total: number } | undefined }[]) => results.reduce((sum, { data }) => sum + (data?.total ?? 0), 0)
  return { prospects: total(reported, reviewed), invitations: total(sent, opened) }
}
