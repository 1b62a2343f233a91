import { useQuery } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { queryFreezes } from '#contract/incentives.ts'
import { Id } from '#contract/page.ts'
import { listQuery } from '#src/api/query.ts'
import { useListState } from '#src/components/use-list-state.ts'

export const freezeStates = ['frozen', 'released'] as const
const FreezeFilter = z.object({ statementId: z.optional(Id), state: z.optional(z.enum(freezeStates)) })

/** Everything the list of freezes shows. @param isOn whether it is in view; otherwise nothing is asked. */
export function useFreezeList(isOn: boolean) {
  const list = useListState({ filter: FreezeFilter })
  const result = useQuery({ ...listQuery(queryFreezes, { body: { page: list.page, pageSize: list.pageSize, ...list.filter } }), enabled: isOn })
  return { list, result }
}

export type FreezeList = ReturnType<typeof useFreezeList>
