import { AssignedFilter, AssignedSort, queryAssigned } from '#contract/assignments.ts'
import { listQuery } from '#src/api/query.ts'
import { useLookupList } from '#src/components/use-lookup-list.ts'

/** One manager's customers, as the address and a look-up by personal data ask for them. @param id of the manager. */
export const useManagedList = (id: string) =>
  useLookupList({ filter: AssignedFilter, sort: { options: AssignedSort.options, initial: '-assignedAt' } }, (body) => listQuery(queryAssigned, { params: { id }, body }))

export type ManagedList = ReturnType<typeof useManagedList>
