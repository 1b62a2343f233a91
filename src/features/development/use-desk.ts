import { useQuery } from '@tanstack/react-query'
import { AssociationType } from '#contract/customers.ts'
import { getInviteDesk } from '#contract/invites.ts'
import { query } from '#src/api/query.ts'
import { useCan } from '#src/session/use-session.ts'

/** What the person may start with: what blocks it, and what customers can be invited as. Until the answer is there nothing is blocked; the server
 *  decides anyway. */
export function useDesk() {
  const { data } = useQuery({ ...query(getInviteDesk, {}), staleTime: 30_000 })
  const [maySend, mayReport, mayLink] = [useCan('invite.send'), useCan('prospect.report'), useCan('invite.link')]
  return {
    blocked: data?.blocked ?? null,
    mailBlocked: data?.blocked ?? data?.mailBlocked ?? null,
    types: data?.types ?? AssociationType.options,
    manager: data?.ecosystemManager ?? null,
    maySend, mayReport, mayLink,
  }
}

export type Desk = ReturnType<typeof useDesk>
