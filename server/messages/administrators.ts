import type { Locale } from '#contract/people.ts'
import type { Actor } from '#server/auth/actor.ts'
import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { maskEmail, maskName } from '#server/masking/mask.ts'
import type { Notice } from './enqueue.ts'

type MailRecipient = { id: string; email: string; language: Locale }

/** @param alsoMemberId a person told besides the administrators. @returns everybody with a verified mail address who is told, each once. */
export async function administratorMails(tx: Tx, partnerId: string, alsoMemberId?: string): Promise<MailRecipient[]> {
  return await tx.rows<MailRecipient>(sql`select id, email, language from members where partner_id = ${partnerId} and state = 'ACTIVE' and email is not null and email_verified
    and ('administrator' = any(roles) or id = ${alsoMemberId ?? null}::uuid) order by id`)
}

/** The message that somebody's verification is locked, to the person and all administrators (PR-05). */
export async function lockNotices(tx: Tx, actor: Actor, until: Date): Promise<Notice[]> {
  const recipients = await administratorMails(tx, actor.partner.id, actor.member.id)
  return recipients.map(({ email, language }) => ({
    partnerId: actor.partner.id, kind: 'PR-05' as const, channel: 'email' as const, to: email, toMasked: maskEmail(email), locale: language,
    params: { state: 'locked' as const, person: maskName(actor.member.name), until, timeZone: actor.partner.timeZone },
  }))
}
