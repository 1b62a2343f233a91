import { useQuery } from '@tanstack/react-query'
import { getIncentiveChoices, queryStatements, StatementFilter, StatementSort } from '#contract/incentives.ts'
import type { ExportRequest } from '#contract/exports.ts'
import { listQuery, query } from '#src/api/query.ts'
import { useListState } from '#src/components/use-list-state.ts'
import { ProjectFilter } from './statement-filters.ts'

/** Everything a list of statements shows. @param of all statements, or those that lapse when they are not confirmed in time.
 *  @param isOn whether the list is in view; otherwise nothing is asked. */
export function useStatementList(of: 'all' | 'projects', isOn = true) {
  const isProjects = of === 'projects'
  const list = useListState<typeof StatementFilter | typeof ProjectFilter, StatementSort>({ filter: isProjects ? ProjectFilter : StatementFilter, sort: { options: StatementSort.options, initial: '-period' } })
  const filter: StatementFilter = isProjects ? { ...list.filter, onDeadline: 'LAPSE' } : list.filter
  const result = useQuery({ ...listQuery(queryStatements, { body: { page: list.page, pageSize: list.pageSize, sort: list.sort, filter } }), enabled: isOn })
  const choices = useQuery({ ...query(getIncentiveChoices, {}), staleTime: 60_000, enabled: result.data !== undefined })
  const exportRequest: ExportRequest = { content: 'incentive-statements', filter, sort: list.sort }
  return { list, result, exportRequest, choices: choices.data, isProjects }
}

export type StatementList = ReturnType<typeof useStatementList>
