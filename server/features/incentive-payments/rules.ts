import type { QuarterBlock } from '#contract/incentive-payments.ts'
import type { PayoutOption, ProgramKind } from '#contract/incentives.ts'

/** As far as the rules need a statement. Amounts in minor units. */
export type Chosen = { programKind: ProgramKind; options: readonly PayoutOption[]; isNegative: boolean; state: string; payable: bigint; frozen: bigint; requestId: string | null }
export type RowCode = 'quarterly' | 'in_request' | 'not_confirmed' | 'frozen' | 'option_not_offered'

/** @param way `any`: chosen one by one; `quarter`: project incentives of a quarter. @returns why a statement cannot be paid this way, else undefined. A negative incentive belongs to every request. */
export function whyNotRequested({ programKind, options, isNegative, state, payable, frozen, requestId }: Chosen, option: PayoutOption, way: 'any' | 'quarter' = 'any'): RowCode | undefined {
  if (way === 'any' && programKind === 'project' && !isNegative) return 'quarterly'
  if (payable === 0n) return requestId !== null ? 'in_request' : state !== 'CONFIRMED' ? 'not_confirmed' : frozen > 0n ? 'frozen' : 'not_confirmed'
  return isNegative || options.includes(option) ? undefined : 'option_not_offered'
}

/** @param quarter YYYY-Qn. @returns its three months, YYYY-MM. */
export function monthsOf(quarter: string): [string, string, string] {
  const [year = '', part = ''] = quarter.split('-Q')
  const first = (Number(part) - 1) * 3 + 1
  const month = (number: number): string => `${year}-${String(number).padStart(2, '0')}`
  return [month(first), month(first + 1), month(first + 2)]
}

/** @param month YYYY-MM. @returns the quarter it lies in. */
export const quarterOf = (month: string): string => `${month.slice(0, 4)}-Q${Math.ceil(Number(month.slice(5, 7)) / 3)}`

/** A project statement of a quarter; `isFailed`: the payment of the request it was in has failed. */
export type QuarterStatement = { period: string; state: string; payable: bigint; frozen: bigint; isFailed: boolean }
export type Blocked = { block: QuarterBlock; month: string | null }

/** @param statements of the quarter. @param total of what a request would hold, negative incentives with it. @param thisMonth the present month on China's clock: a month that is not over may still get statements.
 *  @returns why the quarter cannot be requested, month by month. */
export function quarterBlocks(quarter: string, statements: readonly QuarterStatement[], total: bigint, thisMonth: string): Blocked[] {
  const ofMonths = monthsOf(quarter).flatMap((month): Blocked[] => {
    const here = statements.filter(({ period }) => period === month)
    const block = month >= thisMonth || here.some(({ state }) => state === 'ESTIMATED') ? 'month_open' as const
      : here.some(({ state }) => state === 'PENDING_CONFIRMATION') ? 'month_unconfirmed' as const
        : here.some(({ state }) => state === 'ISSUING') ? 'month_under_review' as const
          : here.some(({ isFailed }) => isFailed) ? 'month_failed' as const : undefined
    return block ? [{ block, month }] : []
  })
  const payable = statements.some((one) => one.payable > 0n)
  const rest: Blocked[] = payable ? (total > 0n ? [] : [{ block: 'total', month: null }]) : [{ block: statements.some(({ frozen, state }) => state === 'CONFIRMED' && frozen > 0n) ? 'frozen' : 'nothing', month: null }]
  // Where a month stands in the way, that says enough.
  return ofMonths.length > 0 ? ofMonths : rest
}
