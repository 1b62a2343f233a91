import { useQuery, type UseQueryOptions } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type * as z from 'zod/mini'
import type { CustomerLookup } from '#contract/customers.ts'
import { type FilterSchema, useListState } from './use-list-state.ts'

/** Personal data to look rows up by. */
type Lookup = CustomerLookup
type Kind = keyof Lookup
/** What every such list is asked: what stands in the address, and the look-up itself or the id of an earlier one. */
type Body<F, S> = { page: number; pageSize: number; sort: S; filter: F; lookup?: Lookup; view?: string }
type Found = { view: string | null; lookupKinds: Kind[] }

/** What this tab looked up, by the opaque id that stands in the address: in memory only, so that paging and Back know it and nobody else. */
const lookedUp = new Map<string, Lookup>()

/** A list that is filtered in the address and looked up by personal data, which never stands there.
 *  @param options as for useListState. @param ask gives the query for a body; `personal` of the answer belongs into an export of the same rows. */
export function useLookupList<F extends FilterSchema, S extends string, A extends Found>(
  options: { filter: F; sort: { options: readonly S[]; initial: S } },
  ask: (body: Body<z.output<F>, S>) => UseQueryOptions<A>,
) {
  const list = useListState<F, S>(options)
  const [fresh, setFresh] = useState<Lookup>()
  const lookup = list.view === undefined ? fresh : lookedUp.get(list.view)
  const personal = lookup ? { lookup } : list.view ? { view: list.view } : {}
  const result = useQuery(ask({ page: list.page, pageSize: list.pageSize, sort: list.sort, filter: list.filter, ...personal }))
  const { data, isPlaceholderData } = result

  // Once the look-up has an id, the address names it: reload, Back and paging then find the same rows.
  useEffect(() => {
    if (!lookup || list.view !== undefined || isPlaceholderData || !data?.view) return
    lookedUp.set(data.view, lookup)
    list.setView(data.view, { keepPage: true })
  }, [lookup, list, data, isPlaceholderData])

  return {
    list, result, lookup, personal,
    /** Looks up by the given values in place of all earlier ones; by nothing if there is none. */
    setLookup: ({ name, mobile, email }: { [K in Kind]?: string | undefined } = {}) => {
      setFresh(name || mobile || email ? { ...(name && { name }), ...(mobile && { mobile }), ...(email && { email }) } : undefined)
      list.setView(undefined)
    },
    clear: () => {
      setFresh(undefined)
      list.clearFilter()
    },
    /** Kinds of a look-up whose words this tab does not know, as after a reload. */
    kept: lookup || !list.view ? [] : (data?.lookupKinds ?? []),
    isFiltered: list.isFiltered || lookup !== undefined,
  }
}
