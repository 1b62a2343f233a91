import type * as z from 'zod/mini'
import type { Answer } from '#contract/endpoint.ts'
import type { getRequestable, Payment, PaymentState } from '#contract/incentive-payments.ts'
import type { PayoutOption } from '#contract/incentives.ts'
import { type Amount, type Figure, fromMinor, toMinor } from '#contract/money.ts'
import type { StepAt } from '#src/components/StateSteps.tsx'

export type Requestable = Answer<typeof getRequestable>
export type RequestableItem = Requestable['items'][number]
export type Option = z.infer<typeof PayoutOption>
export type Milestone = 'submitted' | 'approved' | 'invoiced' | 'accepted' | 'arrived'

const withInvoice = ['submitted', 'approved', 'invoiced', 'accepted', 'arrived'] as const satisfies readonly Milestone[]
const withoutInvoice = ['submitted', 'approved', 'arrived'] as const satisfies readonly Milestone[]
/** The last milestone that is behind a request, and the one that it has failed at. */
const standing = {
  SUBMITTED: { last: 'submitted' }, UNDER_REVIEW: { last: 'submitted' }, REJECTED: { last: 'submitted', failed: 'approved' }, AWAITING_INVOICE: { last: 'approved' }, INVOICE_REVIEW: { last: 'invoiced' },
  INVOICE_REJECTED: { last: 'invoiced', failed: 'accepted' }, PAYING: { last: 'accepted' }, PAYMENT_FAILED: { last: 'accepted', failed: 'arrived' }, COMPLETED: { last: 'arrived' },
  WITHDRAWN: { last: 'accepted', failed: 'arrived' },
} as const satisfies Record<PaymentState, { last: Milestone; failed?: Milestone }>

/** @returns how far a request has come. A voucher quota needs no invoice. */
export function milestonesOf({ state, option }: Pick<Payment, 'state' | 'option'>): { key: Milestone; at: StepAt }[] {
  const { last, failed }: { last: Milestone; failed?: Milestone } = standing[state]
  const reached = withInvoice.indexOf(last)
  return (option === 'VOUCHER_QUOTA' ? withoutInvoice : withInvoice).map((key) => ({ key, at: key === failed ? 'failed' : withInvoice.indexOf(key) <= reached ? 'done' : 'open' }))
}

/** States in which somebody of the partner has to do something. */
export const isBad = (state: PaymentState): boolean => state === 'REJECTED' || state === 'INVOICE_REJECTED' || state === 'PAYMENT_FAILED'

export const sumOf = (figures: readonly (Amount | Figure)[]): bigint => figures.reduce((sum, figure) => sum + toMinor(figure), 0n)

/** What a request of the ticked statements brings. Negative incentives are part of every request. @returns minor units; the total may be below zero. */
export function totalOf(items: readonly RequestableItem[], picked: ReadonlySet<string>): { positive: bigint; negative: bigint; total: bigint } {
  const positive = sumOf(items.filter((item) => !item.isNegative && picked.has(item.id)).map(({ amount }) => amount))
  const negative = sumOf(items.filter((item) => item.isNegative && item.block === null).map(({ amount }) => amount))
  return { positive, negative, total: positive + negative }
}

/** @returns the numbers of the ticked statements whose program does not offer the option. */
export const notOfferedBy = (items: readonly RequestableItem[], picked: ReadonlySet<string>, option: Option): string[] =>
  items.filter((item) => !item.isNegative && picked.has(item.id) && !item.options.includes(option)).map(({ number }) => number)

/** What can be ticked: nothing stops it, and it is not a negative incentive, which goes along anyway. */
export const canPick = ({ block, isNegative }: RequestableItem): boolean => block === null && !isNegative

export type NotReady = 'pick_one' | 'too_many' | 'option_first' | 'not_positive'
/** @returns why the request cannot be sent yet; the server decides by the same rules. */
export function whyNotReady({ picked, total, option, isOffered, max }: { picked: number; total: bigint; option: Option | undefined; isOffered: boolean; max: number }): NotReady | undefined {
  if (picked === 0) return 'pick_one'
  if (picked > max) return 'too_many'
  if (total <= 0n) return 'not_positive'
  return option === undefined || !isOffered ? 'option_first' : undefined
}

/** @param minor not below zero. @returns the amount for the wire and the screen. */
export const figureOf = (minor: bigint): Figure => fromMinor(minor)

/** @param quarter `2026-Q3`. */
export function partsOfQuarter(quarter: string): { year: string; n: string } {
  const [year = '', n = ''] = quarter.split('-Q')
  return { year, n }
}
