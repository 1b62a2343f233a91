import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useSearchParams } from 'react-router'
import { CustomerFilter, CustomerSort, getCustomerChoices, queryCustomers } from '#contract/customers.ts'
import type { ExportRequest } from '#contract/exports.ts'
import { listQuery, query } from '#src/api/query.ts'
import { useLookupList } from '#src/components/use-lookup-list.ts'
import { rememberList } from './customer-query.ts'

/** Everything the list shows: the address, a look-up by personal data, and the answer. */
export function useCustomerList() {
  const [search] = useSearchParams()
  const found = useLookupList({ filter: CustomerFilter, sort: { options: CustomerSort.options, initial: '-associatedAt' } }, (body) => listQuery(queryCustomers, { body }))
  const { list, personal, result } = found
  const address = search.toString()
  useEffect(() => rememberList(address), [address])

  const choices = useQuery({ ...query(getCustomerChoices, {}), staleTime: 60_000, enabled: result.data !== undefined })
  const exportRequest: ExportRequest = { content: 'customers', filter: list.filter, sort: list.sort, ...personal }
  return { ...found, address, exportRequest, choices: choices.data }
}

export type CustomerList = ReturnType<typeof useCustomerList>
