import { secondsUntil, takeLimit } from '#server/db/limit.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { RequestFacts } from '#server/http/context.ts'
import { Refusal } from '#server/http/refusal.ts'
import { numbersPerInvitation } from '#server/limits.ts'
import { isAllowedPrefix, normalizeMobile } from '#server/messages/contact.ts'
import type { Invite } from './find.ts'
import { recordFailure } from './record.ts'

/** @param typed a mobile number as a person typed it. @returns E.164. Refuses what is not a number of a country the business serves. */
export function readMobile(typed: string): string {
  const mobile = normalizeMobile(typed)
  if (mobile === undefined || !isAllowedPrefix(mobile)) throw new Refusal('invalid_input', { fields: [{ path: 'mobile', code: 'mobile', message: '' }] })
  return mobile
}

/** A mail invitation only serves the number that the partner reported. Another one is kept as the invitation's cause, so that the partner sees what is wrong;
 *  hence the refusal is returned, to be thrown once that is committed. Tries are bounded: the page shows the reported number masked.
 *  Refuses with too_many_requests. */
export async function checkReported(tx: Tx, now: Date, invite: Invite, mobile: string, request: RequestFacts): Promise<Refusal | undefined> {
  if (!invite.mail) return undefined
  const free = await takeLimit(tx, now, 'invite.number', invite.mail.id, numbersPerInvitation.window, numbersPerInvitation.max)
  if (free) throw new Refusal('too_many_requests', { retryAfter: secondsUntil(free, now), facts: { until: free.toISOString() } })
  if (mobile === invite.mobile) return undefined
  await recordFailure(tx, now, invite, null, 'PHONE_DIFFERS', request)
  return new Refusal('invalid_input', { fields: [{ path: 'mobile', code: 'phone_differs', message: '' }], facts: { cause: 'PHONE_DIFFERS' } })
}
