import { fromMinor } from '#contract/money.ts'
import type { Locale } from '#contract/people.ts'
import type { Actor } from '#server/auth/actor.ts'
import { Refusal } from '#server/http/refusal.ts'
import { rowSentence } from '#server/http/sentences.ts'
import { mayMoveMoney, totalOf, type RowReason } from './rules.ts'

/** Refuses with partner_state when the partner may not move money now. */
export function refuseByState({ partner }: Actor): void {
  if (!mayMoveMoney(partner.state)) throw new Refusal('partner_state')
}

/** Refuses with rows_refused, naming every row at fault in the person's language. */
export function refuseRows(reasons: readonly RowReason[], locale: Locale): void {
  if (reasons.length === 0) return
  throw new Refusal('rows_refused', { rows: reasons.map(({ row, code, max, other, isLotLimit }) => {
    const facts = { ...(max !== undefined && { max: fromMinor(max) }), ...(other !== undefined && { other: String(other) }) }
    return { row, code, message: rowSentence(isLotLimit ? 'above_lot' : code, locale, facts), ...(max !== undefined && { max: fromMinor(max) }) }
  }) })
}

/** @returns the total in minor units. Refuses with invalid_input a list whose sum is more than one movement may carry. */
export function admitTotal(items: readonly { amount: bigint }[]): bigint {
  const total = totalOf(items)
  if (total === undefined) throw new Refusal('invalid_input', { fields: [{ path: 'items', code: 'total_max', message: '' }] })
  return total
}
