import { useQuery } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { ExportContent, ExportState, type ExportTask, queryExports } from '#contract/exports.ts'
import { listQuery } from '#src/api/query.ts'
import { useListState } from '#src/components/use-list-state.ts'

const ExportFilter = z.strictObject({ content: z.optional(ExportContent), state: z.optional(ExportState) })

/** How often the list is asked for while a file is being made, in milliseconds. */
const askEvery = 3000

/** @returns the exports that the address asks for; read again and again while one of them waits or runs, which does not prolong the session. */
export function useExports() {
  const list = useListState({ filter: ExportFilter })
  const result = useQuery({
    ...listQuery(queryExports, { body: { page: list.page, pageSize: list.pageSize, ...list.filter } }),
    refetchInterval: ({ state }) => (state.data?.items.some(isUnderWay) ? askEvery : false),
    // A file may be ready, or gone, since the page was last looked at.
    staleTime: 0,
  })
  return { list, result }
}

/** Whether the file is still to come. */
export const isUnderWay = ({ state }: Pick<ExportTask, 'state'>): boolean => state === 'QUEUED' || state === 'RUNNING'

export type Exports = ReturnType<typeof useExports>
