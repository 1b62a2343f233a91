import { queryCustomers } from '#contract/customers.ts'
import type { Input } from '#contract/endpoint.ts'
import { isAskedEarly } from '#src/api/early.ts'
import { queryClient } from '#src/api/query-client.ts'
import { listQuery } from '#src/api/query.ts'

/** The list as its address without parameters shows it, and as index.html asks for it. */
const firstView = { body: { page: 1, pageSize: 10, sort: '-associatedAt', filter: {} } } as const satisfies Input<typeof queryCustomers>
/** Milliseconds that a slow answer may hold the page back; then the page shows itself without rows. */
const patience = 300

/** Loader of the list. Takes over what index.html has asked for, so that the page is drawn once, with its rows, and not first without them. */
export async function awaitFirstView(): Promise<null> {
  if (!isAskedEarly(queryCustomers.method, queryCustomers.path, firstView.body)) return null
  await Promise.race([
    queryClient.prefetchQuery(listQuery(queryCustomers, firstView)),
    new Promise((resolve) => { setTimeout(resolve, patience) }),
  ])
  return null
}
