import type { ExportRequest } from '#contract/exports.ts'
import { MemberFilter, MemberSort, queryMembers } from '#contract/members.ts'
import { listQuery } from '#src/api/query.ts'
import { useLookupList } from '#src/components/use-lookup-list.ts'

/** Everything the list of members shows: the address, a look-up by personal data, the answer, and what an export of it takes. */
export function useMemberList() {
  const found = useLookupList({ filter: MemberFilter, sort: { options: MemberSort.options, initial: '-createdAt' } }, (body) => listQuery(queryMembers, { body }))
  const exportRequest: ExportRequest = { content: 'members', filter: found.list.filter, sort: found.list.sort, ...found.personal }
  return { ...found, exportRequest }
}

export type MemberList = ReturnType<typeof useMemberList>
