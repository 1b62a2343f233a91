import type { Locale } from '#contract/people.ts'
import type { Actor } from '#server/auth/actor.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { Confirmed, Context } from '#server/http/context.ts'
import { Refusal } from '#server/http/refusal.ts'
import { rowSentence } from '#server/http/sentences.ts'
import { booksClosed } from '#server/ledger/books.ts'
import type { Authorship, Books } from '#server/ledger/post.ts'
import { mayMoveQuota, type RowReason } from './rules.ts'

/** Refuses with no_permission partners that are no distributors. */
export function demandDistributor({ partner }: Actor): void {
  if (partner.type !== 'DISTRIBUTOR') throw new Refusal('no_permission', { sentence: 'no_operation' })
}

/** Refuses what demandDistributor refuses, with partner_state a partner that may not move quota now, and with busy while the books are closed. */
export async function admitMove(tx: Tx, actor: Actor): Promise<void> {
  demandDistributor(actor)
  if (!mayMoveQuota(actor.partner.state)) throw new Refusal('partner_state')
  if (await booksClosed(tx)) throw new Refusal('busy', { sentence: 'books_closed' })
}

export const messageOf = ({ code, sentence, facts }: RowReason, locale: Locale): string => rowSentence(sentence ?? code, locale, facts ?? {})

/** Refuses with rows_refused, naming every row at fault in the person's language. */
export function refuseRows(reasons: readonly RowReason[], locale: Locale): void {
  if (reasons.length > 0) throw new Refusal('rows_refused', { sentence: 'quotas_refused', rows: reasons.map((reason) => ({ row: reason.row, code: reason.code, message: messageOf(reason, locale) })) })
}

/** @returns what the ledger keeps of who moves quota and how it was confirmed. */
export const authorshipOf = ({ actor, request, proofId, keyHash, confirmedBy }: Context & Confirmed): Authorship => ({ actorId: actor.member.id, proofId, keyHash, requestId: request.id, confirmedBy, reason: '' })
export const booksOf = ({ partner }: Actor): Books => ({ partnerId: partner.id, timeZone: partner.timeZone })
