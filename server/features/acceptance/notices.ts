import { sql } from '#server/db/query.ts'
import type { Locale } from '#contract/people.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { Deps } from '#server/http/deps.ts'
import { maskCompany, maskEmail, maskMobile } from '#server/masking/mask.ts'
import { enqueueNotices, type Notice } from '#server/messages/enqueue.ts'
import { nextWorkingMoment } from '#server/messages/working-hours.ts'
import type { NewCustomer } from './associate.ts'
import type { Invite } from './find.ts'

/** Tells the customer by SMS and mail at once (AS-01), and inviter and account manager by mail in working hours (IN-03). */
export async function tellAssociated(tx: Tx, now: Date, { settings }: Pick<Deps, 'settings'>, { partner, inviterId, associationType: type }: Invite, customer: NewCustomer): Promise<void> {
  const welcome = { partnerId: partner.id, kind: 'AS-01' as const, locale: customer.language, params: { partner: partner.name, type }, page: `${settings.publicUrl}/my/partner` }
  const members = await tx.rows<{ email: string; language: Locale }>(sql`select email, language from members
    where partner_id = ${partner.id} and (id = ${inviterId}::uuid or id = ${customer.managerId}::uuid) and state = 'ACTIVE' and email is not null and email_verified order by id`)
  const notices: Notice[] = [
    ...(customer.mobile === null ? [] : [{ ...welcome, channel: 'sms' as const, to: customer.mobile, toMasked: maskMobile(customer.mobile) }]),
    ...(customer.email === null ? [] : [{ ...welcome, channel: 'email' as const, to: customer.email, toMasked: maskEmail(customer.email) }]),
    ...members.map(({ email, language }) => ({
      partnerId: partner.id, kind: 'IN-03' as const, channel: 'email' as const, to: email, toMasked: maskEmail(email), locale: language, page: `${settings.publicUrl}/customers/${customer.id}`,
      params: { customer: maskCompany(customer.name), type, at: now, timeZone: partner.timeZone }, dueAt: nextWorkingMoment(now, partner.timeZone),
    })),
  ]
  await enqueueNotices(tx, now, notices)
}
