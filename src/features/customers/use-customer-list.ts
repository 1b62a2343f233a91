import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useSearchParams } from 'react-router'
import { CustomerFilter, type CustomerLookup, CustomerSort, getCustomerChoices, queryCustomers } from '#contract/customers.ts'
import type { ExportRequest } from '#contract/exports.ts'
import { listQuery, query } from '#src/api/query.ts'
import { useListState } from '#src/components/use-list-state.ts'
import { rememberList } from './customer-query.ts'

/** What this tab looked up, by the opaque id that stands in the address: in memory only, so that paging and Back know it and nobody else. */
const lookedUp = new Map<string, CustomerLookup>()

/** Everything the list shows: the address, a look-up by personal data, and the answer. */
export function useCustomerList() {
  const [search] = useSearchParams()
  const list = useListState({ filter: CustomerFilter, sort: { options: CustomerSort.options, initial: '-associatedAt' } })
  const [fresh, setFresh] = useState<CustomerLookup>()
  const lookup = list.view === undefined ? fresh : lookedUp.get(list.view)
  const personal = lookup ? { lookup } : list.view ? { view: list.view } : {}
  const result = useQuery(listQuery(queryCustomers, { body: { page: list.page, pageSize: list.pageSize, sort: list.sort, filter: list.filter, ...personal } }))
  const { data, isPlaceholderData } = result

  // Once the look-up has an id, the address names it: reload, Back and paging then find the same rows.
  useEffect(() => {
    if (!lookup || list.view !== undefined || isPlaceholderData || !data?.view) return
    lookedUp.set(data.view, lookup)
    list.setView(data.view, { keepPage: true })
  }, [lookup, list, data, isPlaceholderData])
  const address = search.toString()
  useEffect(() => rememberList(address), [address])

  const choices = useQuery({ ...query(getCustomerChoices, {}), staleTime: 60_000, enabled: data !== undefined })
  const setLookup = (patch: Partial<Record<keyof CustomerLookup, string | undefined>>) => {
    const { name = undefined, mobile = undefined, email = undefined } = { ...lookup, ...patch }
    const next = { ...(name && { name }), ...(mobile && { mobile }), ...(email && { email }) }
    setFresh(Object.keys(next).length > 0 ? next : undefined)
    list.setView(undefined)
  }
  const clear = () => {
    setFresh(undefined)
    list.clearFilter()
  }
  const exportRequest: ExportRequest = { content: 'customers', filter: list.filter, sort: list.sort, ...personal }
  return {
    list, address, result, lookup, setLookup, clear, exportRequest,
    /** Kinds of a look-up whose words this tab does not know, as after a reload. */
    kept: lookup || !list.view ? [] : (data?.lookupKinds ?? []),
    choices: choices.data,
    isFiltered: list.isFiltered || lookup !== undefined,
  }
}

export type CustomerList = ReturnType<typeof useCustomerList>
