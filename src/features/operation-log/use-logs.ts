import { useQuery } from '@tanstack/react-query'
import { getLogChoices, LogFilter, queryLog, queryRevealRecords, RevealFilter } from '#contract/operation-log.ts'
import { listQuery, query } from '#src/api/query.ts'
import { useListState } from '#src/components/use-list-state.ts'

/** @param isOn whether the tab is in view and may be read. @returns the operations that the address asks for. */
export function useOperations(isOn: boolean) {
  const list = useListState({ filter: LogFilter })
  const result = useQuery({ ...listQuery(queryLog, { body: { page: list.page, pageSize: list.pageSize, filter: list.filter } }), enabled: isOn })
  return { list, result }
}

/** As useOperations, for the records of reveals and their sums of this month. */
export function useReveals(isOn: boolean) {
  const list = useListState({ filter: RevealFilter })
  const result = useQuery({ ...listQuery(queryRevealRecords, { body: { page: list.page, pageSize: list.pageSize, filter: list.filter } }), enabled: isOn })
  return { list, result }
}

/** @returns the operators to choose from, for the filter. */
export function useOperatorOptions(): { value: string; label: string }[] {
  const choices = useQuery({ ...query(getLogChoices, {}), staleTime: 60_000 })
  return (choices.data?.operators ?? []).map(({ id, nameMasked }) => ({ value: id, label: nameMasked }))
}

export type Operations = ReturnType<typeof useOperations>
export type Reveals = ReturnType<typeof useReveals>
