import type { Locale } from '#contract/people.ts'
import { list, sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { maskCompany, maskEmail } from '#server/masking/mask.ts'
import type { Notice } from '#server/messages/enqueue.ts'
import { nextWorkingMoment } from '#server/messages/working-hours.ts'

// What members are told of their reports. None of it is urgent: it waits for working hours.

type Partner = { id: string; timeZone: string }
type Recipient = { id: string; email: string; language: Locale }

/** @returns the active members among these with a verified mail address, each once. */
const recipientsOf = (tx: Tx, partnerId: string, ids: readonly (string | null)[]): Promise<Recipient[]> =>
  tx.rows<Recipient>(sql`select id, email, language from members where partner_id = ${partnerId} and id = any(${list(ids)}::uuid[]) and state = 'ACTIVE' and email is not null and email_verified order by id`)

const mailTo = ({ email, language }: Recipient, partner: Partner, dueAt: Date) => ({ partnerId: partner.id, channel: 'email' as const, to: email, toMasked: maskEmail(email), locale: language, dueAt })

/** IN-06: what the vendor decided about a report, to whoever reported.
 *  @param told.expiresAt end of an approved report; null: rejected, for `told.reason`. @param told.publicUrl where the console is. */
export async function reviewNotices(tx: Tx, now: Date, partner: Partner, told: { prospectName: string; reporterId: string; expiresAt: Date | null; reason: string; publicUrl: string }): Promise<Notice[]> {
  const recipients = await recipientsOf(tx, partner.id, [told.reporterId])
  const customer = maskCompany(told.prospectName)
  return recipients.map((recipient): Notice => ({
    ...mailTo(recipient, partner, nextWorkingMoment(now, partner.timeZone)), kind: 'IN-06', page: `${told.publicUrl}/customers/development`,
    params: told.expiresAt === null ? { customer, result: 'rejected', reason: told.reason } : { customer, result: 'approved', until: told.expiresAt, timeZone: partner.timeZone },
  }))
}

/** IN-05: a report is about to end, to whoever reported and the account manager. Where the working hours begin too late for that, it goes at once. */
export async function endingNotices(tx: Tx, now: Date, partner: Partner, told: { prospectName: string; reporterId: string; managerId: string | null; expiresAt: Date; publicUrl: string | undefined }): Promise<Notice[]> {
  const recipients = await recipientsOf(tx, partner.id, [told.reporterId, told.managerId])
  const opens = nextWorkingMoment(now, partner.timeZone)
  return recipients.map((recipient): Notice => ({
    ...mailTo(recipient, partner, opens < told.expiresAt ? opens : now), kind: 'IN-05', ...(told.publicUrl !== undefined && { page: `${told.publicUrl}/customers/development?todo=ending` }),
    params: { customer: maskCompany(told.prospectName), until: told.expiresAt, timeZone: partner.timeZone },
  }))
}
