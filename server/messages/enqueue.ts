import { randomUUID } from 'node:crypto'
import * as z from 'zod/mini'
import { Locale } from '#contract/people.ts'
import { seal } from '#server/auth/seal.ts'
import { list, sql, type SQL } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { Channel, Outgoing } from './channel.ts'
import { invitationMessage, noticeMessage, type InvitationKind, type InvitationParams, type NoticeKind, type NoticeParams } from './texts.ts'

type NoticeOf<K extends NoticeKind> = {
  partnerId: string
  kind: K
  channel: Channel
  /** One destination as `normalizeMobile` or `normalizeEmail` returns it; kept encrypted only. */
  to: string
  toMasked: string
  locale: Locale
  params: NoticeParams[K]
  /** Address of the page a mail leads to. */
  page?: string
  /** The message's own id, for whoever refers to it. */
  id?: string
  /** Not to be sent before; for what waits for working hours. */
  dueAt?: Date
}
/** An invitation: its address is told in the mail and nowhere else. */
type Invited = Omit<NoticeOf<NoticeKind>, 'kind' | 'channel' | 'params' | 'page'> & { kind: InvitationKind, channel: 'email', params: InvitationParams, url: string }
/** One message to one person over one channel. */
export type Notice = { [K in NoticeKind]: NoticeOf<K> }[NoticeKind] | Invited

/** What waits encrypted: everything a channel needs but the id. */
export const Sealed = z.object({
  to: z.string(), subject: z.optional(z.string()), text: z.string(), html: z.optional(z.string()),
  template: z.optional(z.object({ kind: z.enum(['code', 'code-setting', 'code-register', 'notice', 'association', 'security', 'specialist', 'payout', 'incentive']), params: z.record(z.string(), z.string()), locale: Locale })),
})

/** Writes the messages into the transaction of the effect they tell about: they exist exactly if it does. One statement, however
 *  many messages. A worker sends them after the commit.
 *  @param notices texts are composed here, in each one's language. One with `dueAt` counts as written then: its day of attempts begins when it may leave. */
export async function enqueueNotices(tx: Tx, now: Date, notices: readonly Notice[]): Promise<void> {
  if (notices.length === 0) return
  await tx.run(insertion(now, notices))
  for (const { partnerId } of notices) tx.nudge(partnerId)
}

/** As enqueueNotices, with the commit. */
export function enqueueNoticesLast(tx: Tx, now: Date, notices: readonly Notice[]): void {
  if (notices.length === 0) return
  tx.last(insertion(now, notices))
  for (const { partnerId } of notices) tx.nudge(partnerId)
}

function insertion(now: Date, notices: readonly Notice[]): SQL {
  const column = (pick: (notice: Notice) => string) => list(notices.map(pick))
  return sql`insert into messages (partner_id, id, kind, channel, to_masked, sealed, state, attempts, at, due_at)
    select partner_id, id, kind, channel, to_masked, decode(sealed, 'base64'), 'queued', 0, due_at, due_at
      from unnest(${column(({ partnerId }) => partnerId)}::uuid[], ${column(({ id }) => id ?? randomUUID())}::uuid[], ${column(({ kind }) => kind)}::text[], ${column(({ channel }) => channel)}::text[],
                  ${column(({ toMasked }) => toMasked)}::text[], ${column((notice) => Buffer.from(seal(composeAny(notice))).toString('base64'))}::text[],
                  ${list(notices.map(({ dueAt }) => dueAt ?? now))}::timestamptz[]) as n(partner_id, id, kind, channel, to_masked, sealed, due_at)`
}

function composeAny(notice: Notice): string {
  if (!('url' in notice)) return compose(notice)
  const { subject, mail, html } = invitationMessage(notice.kind, notice.locale, notice.params, notice.url)
  return JSON.stringify({ to: notice.to, subject, text: mail, html } satisfies Omit<Outgoing, 'id'>)
}

function compose<K extends NoticeKind>({ kind, locale, params, page, channel, to }: NoticeOf<K>): string {
  const { sms, subject, mail, template } = noticeMessage(kind, locale, params, page)
  const outgoing: Omit<Outgoing, 'id'> = channel === 'sms' ? { to, text: sms, ...(template && { template }) } : { to, subject, text: mail }
  return JSON.stringify(outgoing)
}
