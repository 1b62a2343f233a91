import type { BarKey } from '#contract/incentives.ts'

/** Sums over statements, in minor units, signs as they are stored. Those of ordinary statements but for the last three. */
export type Sums = {
  performance: bigint; excluded: bigint; tax: bigint; adjusted: bigint
  /** Net of lapsed ones; frozen of all others; what is neither confirmed nor frozen. */ lapsed: bigint; frozen: bigint; unconfirmed: bigint
  /** Net of negative ones that count. */ negative: bigint
  /** Of all, also of negative ones, where they are below zero. */ requested: bigint; paid: bigint
}

/** The bars of the contract: each is what it adds, and they end exactly at what can be requested now.
 *  @returns every bar in its order, and their sum, which is never below zero. */
export function barsOf(sums: Sums): { bars: { key: BarKey; amount: bigint }[]; payable: bigint } {
  const bars: { key: BarKey; amount: bigint }[] = [
    { key: 'performance', amount: sums.performance }, { key: 'excluded', amount: -sums.excluded }, { key: 'tax', amount: -sums.tax }, { key: 'adjustments', amount: sums.adjusted }, { key: 'negative', amount: sums.negative },
    { key: 'lapsed', amount: -sums.lapsed }, { key: 'frozen', amount: -sums.frozen }, { key: 'unconfirmed', amount: -sums.unconfirmed }, { key: 'inPayment', amount: -sums.requested }, { key: 'paid', amount: -sums.paid },
  ]
  const end = bars.reduce((sum, { amount }) => sum + amount, 0n)
  return { bars: [...bars, { key: 'carried', amount: end < 0n ? -end : 0n }], payable: end < 0n ? 0n : end }
}

/** @param newest YYYY-MM of the newest statement. @param lastMonth YYYY-MM, the month before this one. @returns the month whose statements come next: the one after the newest, but no month that is long over. */
export function nextPeriod(newest: string | undefined, lastMonth: string): string {
  if (newest === undefined) return lastMonth
  const [year = 0, month = 0] = newest.split('-').map(Number)
  const next = month === 12 ? `${year + 1}-01` : `${year}-${String(month + 1).padStart(2, '0')}`
  return next > lastMonth ? next : lastMonth
}

/** @param rate in ten-thousandths of a percent. @returns percent without needless zeros: `7.5`. */
export const rateText = (rate: number): string => String(rate / 10_000)
