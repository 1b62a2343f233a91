import { MemberFilter, MemberSort, queryMembers } from '#contract/members.ts'
import { listQuery } from '#src/api/query.ts'
import { useLookupList } from '#src/components/use-lookup-list.ts'

/** Everything the list of members shows: the address, a look-up by personal data, and the answer. */
export const useMemberList = () =>
  useLookupList({ filter: MemberFilter, sort: { options: MemberSort.options, initial: '-createdAt' } }, (body) => listQuery(queryMembers, { body }))

export type MemberList = ReturnType<typeof useMemberList>
