import { getCustomer } from '#contract/customers.ts'
import { query } from '#src/api/query.ts'
import { queryClient } from '#src/api/query-client.ts'

/** One customer, good for half a minute: what was fetched while a link was about to be pressed is not fetched again. */
export const customerQuery = (id: string) => ({ ...query(getCustomer, { params: { id } }), staleTime: 30_000 })

let waiting: ReturnType<typeof setTimeout> | undefined

/** Fetches a customer's data and page ahead of the press on its link. @param wait true for a mere hover: sweeping over a list fetches nothing. */
export function prefetchCustomer(id: string, wait = false): void {
  clearTimeout(waiting)
  if (wait) {
    waiting = setTimeout(() => prefetchCustomer(id), 80)
    return
  }
  void import('./CustomerPage.tsx')
  void queryClient.prefetchQuery(customerQuery(id))
}

let listAddress = ''

/** Remembers the filters of the list in view, so that the way back from a customer leads to them. @param search the list's address query,
 *  which holds nothing personal. */
export const rememberList = (search: string): void => { listAddress = search }

/** @returns the address query of the list seen last. */
export const lastList = (): Record<string, string> => Object.fromEntries(new URLSearchParams(listAddress))
