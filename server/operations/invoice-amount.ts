import type { TaxpayerStatus } from '#contract/business.ts'

/** From this month on what was noticed is what is invoiced. */
const firstPlainPeriod = '2019-01'
/** The rate that the notices of earlier months contain, in hundredths of a percent. */
const noticeRate = 600n

export type Noticed = { number: string; /** YYYY-MM. */ period: string; /** Minor units; below zero for a negative incentive. */ amount: bigint }
export type Tax = { status: TaxpayerStatus; rateBasisPoints: number }
export type DerivedLine = Noticed & { /** Null: a later period, taken as it is. */ net: bigint | null; tax: bigint | null; toInvoice: bigint }

/** @param items of one payment request. @param tax of the certified information. @returns what is to be invoiced for each and in all. For periods before 2019 the notice is taken to its
 *  net-of-tax amount, and the taxpayer's own rate is added; every step is rounded to the cent, half away from zero, so that what takes away mirrors what gives. */
export function deriveInvoice(items: readonly Noticed[], { rateBasisPoints }: Tax): { lines: DerivedLine[]; total: bigint } {
  const lines = items.map((item): DerivedLine => {
    if (item.period >= firstPlainPeriod) return { ...item, net: null, tax: null, toInvoice: item.amount }
    const net = rounded(item.amount * 10_000n, 10_000n + noticeRate)
    const tax = rounded(net * BigInt(rateBasisPoints), 10_000n)
    return { ...item, net, tax, toInvoice: net + tax }
  })
  return { lines, total: lines.reduce((sum, { toInvoice }) => sum + toInvoice, 0n) }
}

const rounded = (amount: bigint, by: bigint): bigint => (amount < 0n ? -rounded(-amount, by) : (2n * amount + by) / (2n * by))
