import { type CouponKind, mayIssueKinds, maySeeKinds } from '#contract/coupons.ts'
import type { Locale } from '#contract/people.ts'
import type { Actor } from '#server/auth/actor.ts'
import { list, sql, type SQL } from '#server/db/query.ts'
import { Refusal } from '#server/http/refusal.ts'
import { rowSentence } from '#server/http/sentences.ts'
import { mayMoveCoupons, type RowReason } from './rules.ts'

/** Refuses with partner_state when the partner may not move coupons now, and with no_permission a kind that its type does not issue. */
export function admitKind({ partner }: Actor, kind: CouponKind): void {
  if (!mayIssueKinds[partner.type].includes(kind)) throw new Refusal('no_permission', { sentence: 'no_operation' })
  if (!mayMoveCoupons(partner.state)) throw new Refusal('partner_state')
}

/** @returns a condition for the kinds that the person's partner sees, of which `kind` is one; none of another. */
export function seenKinds({ partner }: Actor, column: SQL, kind: CouponKind | undefined): SQL {
  const kinds = maySeeKinds[partner.type].filter((one) => kind === undefined || one === kind)
  const [only] = kinds
  return kinds.length === 1 && only !== undefined ? sql`${column} = ${only}` : sql`${column} = any(${list(kinds)}::text[])`
}

/** Refuses with rows_refused, naming every row at fault in the person's language. */
export function refuseRows(reasons: readonly RowReason[], locale: Locale): void {
  if (reasons.length === 0) return
  throw new Refusal('rows_refused', { sentence: 'coupons_refused', rows: reasons.map(({ row, code, sentence, facts }) => ({ row, code, message: rowSentence(sentence ?? code, locale, facts ?? {}) })) })
}

/** Refuses with invalid_input, naming one field. */
export const refuseField = (path: string, code: string): Refusal => new Refusal('invalid_input', { fields: [{ path, code, message: '' }] })
