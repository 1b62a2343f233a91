import type { Confirmed, Context } from '#server/http/context.ts'
import type { Authorship, Books } from '#server/ledger/post.ts'
import type { Actor } from '#server/auth/actor.ts'

/** @returns what the ledger keeps of who moves coupons and how it was confirmed. */
export const authorshipOf = ({ actor, request, proofId, keyHash, confirmedBy }: Context & Confirmed): Authorship => ({ actorId: actor.member.id, proofId, keyHash, requestId: request.id, confirmedBy, reason: '' })
export const booksOf = ({ partner }: Actor): Books => ({ partnerId: partner.id, timeZone: partner.timeZone })

/** @returns the day of an instant in a zone, YYYY-MM-DD. */
export const dayOf = (at: Date, timeZone: string): string => new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at)
/** @returns the last day on which something is in force that is over at `end`. */
export const lastDayOf = (end: Date, timeZone: string): string => dayOf(new Date(end.getTime() - 1), timeZone)
