import { useQuery } from '@tanstack/react-query'
import * as z from 'zod/mini'
import type { ExportRequest } from '#contract/exports.ts'
import { type LinkKind, LinkFilter, LinkSort, queryLinks } from '#contract/invites.ts'
import { listQuery } from '#src/api/query.ts'
import { useListState } from '#src/components/use-list-state.ts'

/** The kind of link the tab is about unless the person asks for others. */
const Shown = z.strictObject({ ...LinkFilter.shape, kind: z.optional(z.enum(['GENERAL', 'CUSTOM', 'ACTIVITY', 'ALL'])) })

/** The links that were made, as the address asks for them. @param tab whose kind is shown unless another one is chosen. */
export function useLinks(tab: LinkKind, isWanted: boolean) {
  const list = useListState({ filter: Shown, sort: { options: LinkSort.options, initial: '-createdAt' } })
  const { kind: chosen, ...others } = list.filter
  const kind = chosen ?? tab
  const filter: LinkFilter = { ...others, ...(kind !== 'ALL' && { kind }) }
  const result = useQuery({ ...listQuery(queryLinks, { body: { page: list.page, pageSize: list.pageSize, sort: list.sort, filter } }), enabled: isWanted })
  const exportRequest: ExportRequest = { content: 'invite-links', filter, sort: list.sort }
  return { list, result, kind, exportRequest }
}
export type Links = ReturnType<typeof useLinks>
