import type { OnDeadline } from '#contract/incentives.ts'
import { fromMinor } from '#contract/money.ts'
import type { Locale } from '#contract/people.ts'
import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { maskEmail, maskMobile } from '#server/masking/mask.ts'
import type { Notice } from '#server/messages/enqueue.ts'
import { chinaDayOf, workingDaysBetween } from '#server/messages/working-days.ts'
import { nextWorkingMoment } from '#server/messages/working-hours.ts'
import { holdersOf, type Holder } from './member-holders.ts'

// What members are told of incentive statements. Most of it is no hurry and waits for working hours, but never beyond the deadline it speaks of.

export type Told = { partner: { id: string; timeZone: string }; publicUrl: string | undefined }
/** A statement as far as messages need it; `net` in minor units. */
export type StatementFacts = { id: string; number: string; period: string; net: bigint }
export type DueStatement = StatementFacts & { confirmUntil: Date; confirmDay: string; onDeadline: OnDeadline; isProvisional: boolean }

const factsOf = ({ number, period, net }: StatementFacts) => ({ number, period, amount: fromMinor(net) })
const dueOf = (statement: DueStatement, now: Date) => ({
  ...factsOf(statement), until: statement.confirmUntil, daysLeft: workingDaysBetween(chinaDayOf(now), statement.confirmDay), onDeadline: statement.onDeadline, isProvisional: statement.isProvisional,
})
const pageOf = ({ publicUrl }: Told, { id }: Pick<StatementFacts, 'id'>) => (publicUrl === undefined ? {} : { page: `${publicUrl}/incentives/${id}` })

type Recipient = { email: string; language: Locale }
const mailTo = ({ email, language }: Recipient, { partner }: Told, dueAt: Date) => ({ partnerId: partner.id, channel: 'email' as const, to: email, toMasked: maskEmail(email), locale: language, dueAt })
const withMail = (holders: readonly Holder[]): Recipient[] => holders.flatMap(({ email, language }) => (email === null ? [] : [{ email, language }]))
const smsTo = (holders: readonly Holder[], { partner }: Told, dueAt: Date) => holders.flatMap(({ mobile, language }) => (mobile === null ? [] : [{ partnerId: partner.id, channel: 'sms' as const, to: mobile, toMasked: maskMobile(mobile), locale: language, dueAt }]))

/** Where working hours begin too late for what is told, it goes at once. */
const beforeEnd = (now: Date, { partner }: Told, { confirmUntil }: Pick<DueStatement, 'confirmUntil'>): Date => {
  const opens = nextWorkingMoment(now, partner.timeZone)
  return opens < confirmUntil ? opens : now
}

/** IC-01: a statement waits for confirmation, to whoever may confirm. */
export async function toConfirmNotices(tx: Tx, now: Date, told: Told, statement: DueStatement): Promise<Notice[]> {
  return withMail(await holdersOf(tx, told.partner.id, 'incentive.confirm')).map((to): Notice => ({ ...mailTo(to, told, beforeEnd(now, told, statement)), kind: 'IC-01', params: dueOf(statement, now), ...pageOf(told, statement) }))
}

/** IC-02: few working days are left, by SMS and mail. @param holders of incentive.confirm, among them the administrators. */
export function soonNotices(now: Date, told: Told, holders: readonly Holder[], statement: DueStatement): Notice[] {
  const dueAt = beforeEnd(now, told, statement)
  // What is left is told as it is when the message leaves.
  const params = dueOf(statement, dueAt)
  return [
    ...withMail(holders).map((to): Notice => ({ ...mailTo(to, told, dueAt), kind: 'IC-02', params, ...pageOf(told, statement) })),
    ...smsTo(holders, told, dueAt).map((to): Notice => ({ ...to, kind: 'IC-02', params })),
  ]
}

/** IC-03: confirmed by the system, in working hours; IC-04: lapsed, at once and also by SMS. */
export function endedNotices(now: Date, told: Told, holders: readonly Holder[], statement: DueStatement): Notice[] {
  const params = factsOf(statement)
  if (statement.onDeadline === 'AUTO_CONFIRM') return withMail(holders).map((to): Notice => ({ ...mailTo(to, told, nextWorkingMoment(now, told.partner.timeZone)), kind: 'IC-03', params, ...pageOf(told, statement) }))
  return [
    ...withMail(holders).map((to): Notice => ({ ...mailTo(to, told, now), kind: 'IC-04', params, ...pageOf(told, statement) })),
    ...smsTo(holders, told, now).map((to): Notice => ({ ...to, kind: 'IC-04', params })),
  ]
}

/** IC-05: feedback was answered, to whoever wrote it. */
export async function answeredNotices(tx: Tx, now: Date, told: Told, { statement, line, memberId, answer }: { statement: Pick<StatementFacts, 'id' | 'number'>; line: string; memberId: string; answer: string }): Promise<Notice[]> {
  const people = await tx.rows<Recipient>(sql`select email, language from members where partner_id = ${told.partner.id}::uuid and id = ${memberId}::uuid and state = 'ACTIVE' and email is not null and email_verified`)
  return people.map((to): Notice => ({ ...mailTo(to, told, nextWorkingMoment(now, told.partner.timeZone)), kind: 'IC-05', params: { number: statement.number, line, answer }, ...pageOf(told, statement) }))
}

/** IC-11: incentives of a statement were frozen or released. It goes to those who see the whole statement, because the amount is not that of one account manager's customers; in-app
 *  messages are not built, so it is a mail. */
export async function frozenNotices(tx: Tx, now: Date, told: Told, statement: Pick<StatementFacts, 'id' | 'number' | 'period'>, change: { state: 'frozen'; amount: bigint; reason: string } | { state: 'released'; amount: bigint }): Promise<Notice[]> {
  const holders = (await holdersOf(tx, told.partner.id, 'incentive.view')).filter(({ reach }) => reach === 'partner')
  const facts = { number: statement.number, period: statement.period, amount: fromMinor(change.amount) }
  const params = change.state === 'frozen' ? { ...facts, state: change.state, reason: change.reason } : { ...facts, state: change.state }
  return withMail(holders).map((to): Notice => ({ ...mailTo(to, told, nextWorkingMoment(now, told.partner.timeZone)), kind: 'IC-11', params, ...pageOf(told, statement) }))
}
