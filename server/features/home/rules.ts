import type { CustomerTodo } from '#contract/customers.ts'
import type { DeadlineKind } from '#contract/home.ts'

/** Resources that end within so many days are worth a word. */
const expiryDays = 7

/** @param timeZone IANA name. @returns the first and last day, YYYY-MM-DD in that zone, of the resources that end soon. */
export function expiryWindow(now: Date, timeZone: string): { from: string; to: string } {
  const from = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(now)
  // A day of the calendar, not 24 hours: the zone may change its offset in between.
  const to = new Date(`${from}T00:00:00Z`)
  to.setUTCDate(to.getUTCDate() + expiryDays)
  return { from, to: to.toISOString().slice(0, 10) }
}

/** Query strings of the customer list that show exactly what each number counts; filters that the list has fields for, where there are. */
export const todoFilters: Record<CustomerTodo, string> = {
  unassigned: 'manager=unassigned',
  frozen_new: 'todo=frozen_new',
  no_balance: 'associationType=RESALE&balanceMax=0.00',
  arrears: 'todo=arrears',
  budget_used_up: 'budgetUsedMin=100',
}

/** @param coupon the kind of coupons, where they end. @returns the query string of the list behind a deadline: of customers, of exports, of coupons or their quotas. */
export function deadlineFilter(kind: DeadlineKind, { from, to }: { from: string; to: string }, coupon: string | null = null): string {
  switch (kind) {
    case 'resources_expire': return `expiryFrom=${from}&expiryTo=${to}&sort=nextExpiry`
    case 'resources_released': return 'state=RESOURCES_FROZEN'
    case 'exports_expire': return 'state=COMPLETED'
    case 'coupons_end': return `kind=${coupon ?? ''}&endsSoon=true&sort=validUntil`
    case 'quotas_end': return `kind=${coupon ?? ''}&endsSoon=true`
  }
}
