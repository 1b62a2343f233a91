import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import * as z from 'zod/mini'
import type { ExportRequest } from '#contract/exports.ts'
import { getIncentiveChoices, LineFilter, LineSort, queryLines } from '#contract/incentives.ts'
import { listQuery, query } from '#src/api/query.ts'
import { useLookupList } from '#src/components/use-lookup-list.ts'

const { statementId: _statementId, ...ownFields } = LineFilter.shape
/** The statement is the page, not a filter: clearing the filters stays in it. */
const OwnFilter = z.strictObject(ownFields)

/** Everything a list of lines shows: the address, a look-up by personal data, a reseller's name, which is in memory only, and the answer.
 *  @param statementId of one statement's lines; without it those of all. @param isOn whether the list is in view; otherwise nothing is asked. */
export function useLineList(statementId?: string, isOn = true) {
  const [reseller, setReseller] = useState<string>()
  const ofStatement = { ...(statementId !== undefined && { statementId }) }
  const byReseller = { ...(reseller !== undefined && { reseller }) }
  const found = useLookupList({ filter: OwnFilter, sort: { options: LineSort.options, initial: '-incentive' } }, (body) => ({ ...listQuery(queryLines, { body: { ...body, filter: { ...body.filter, ...ofStatement }, ...byReseller } }), enabled: isOn }))
  const { list, personal, result } = found
  const choices = useQuery({ ...query(getIncentiveChoices, {}), staleTime: 60_000, enabled: result.data !== undefined })
  const exportRequest: ExportRequest = { content: 'incentive-lines', filter: { ...list.filter, ...ofStatement }, sort: list.sort, ...personal, ...byReseller }
  return {
    ...found, exportRequest, choices: choices.data, reseller,
    setReseller: (name: string | undefined) => {
      setReseller(name)
      list.setPage(1)
    },
    clear: () => {
      setReseller(undefined)
      found.clear()
    },
    isFiltered: found.isFiltered || reseller !== undefined,
  }
}

export type LineList = ReturnType<typeof useLineList>
