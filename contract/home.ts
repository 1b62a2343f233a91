import * as z from 'zod/mini'
import { CustomerTodo } from './customers.ts'
import { Adjustment } from './funds.ts'
import { endpoint } from './endpoint.ts'
import { Figure } from './money.ts'
import { Instant } from './page.ts'

/** Work that waits, each with the list that shows exactly these rows. `filter` is the query string of that list. */
export const TodoKind = CustomerTodo
export type TodoKind = z.infer<typeof TodoKind>
export const DeadlineKind = z.enum(['resources_expire', 'resources_released', 'exports_expire', 'coupons_end', 'quotas_end'])
export type DeadlineKind = z.infer<typeof DeadlineKind>

export const getHome = endpoint({
  method: 'GET', path: '/api/home',
  response: z.object({
    /** Null without `funds.view`. */
    balances: z.nullable(z.object({ topUpAvailable: Figure, creditAvailable: Figure, creditLimit: Figure, allocated: Figure })),
    customers: z.object({ total: z.int(), resale: z.int(), referral: z.int(), frozen: z.int() }),
    monthExpenditure: Figure,
    /** The last twelve months, oldest first; `month` is YYYY-MM. */
    trend: z.array(z.object({ month: z.string(), expenditure: Figure, allocated: Figure, reclaimed: Figure })),
    todos: z.array(z.object({ kind: TodoKind, count: z.int(), filter: z.string() })),
    deadlines: z.array(z.object({ kind: DeadlineKind, count: z.int(), nearest: Instant, filter: z.string() })),
    latest: z.array(Adjustment),
    ecosystemManager: z.nullable(z.object({ name: z.string(), mobile: z.string(), email: z.string() })),
    asOf: Instant,
  }),
})
