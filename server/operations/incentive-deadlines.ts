import { writeLog } from '#server/audit/write.ts'
import { json, list, sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { LogFacts } from '#server/http/context.ts'
import { confirmReminders } from '#server/limits.ts'
import { enqueueNotices } from '#server/messages/enqueue.ts'
import { addWorkingDays, chinaDayOf, endOfChinaDay, workingDaysBetween } from '#server/messages/working-days.ts'
import { endedNotices, soonNotices, type DueStatement, type Told } from './incentive-notices.ts'
import { holdersOf } from './member-holders.ts'

// The deadline of a statement: so many working days after the day of its generation, which does not count; it ends with the last of them, 24:00 China time. Until when
// somebody may confirm is decided by the time alone. What is written here makes the state, the log and the messages follow.

/** @param generated when the statement was published. @returns its last day, the first instant at which that is over, and whether holidays in between are only assumed. */
export function deadlineOf(generated: Date, workingDays: number): { day: string; until: Date; isProvisional: boolean } {
  const { day, isProvisional } = addWorkingDays(chinaDayOf(generated), workingDays)
  return { day, until: endOfChinaDay(day), isProvisional }
}

const columns = sql`s.id, s.number, to_char(s.period, 'YYYY-MM') as period, s.net, s.confirm_until as "confirmUntil", s.confirm_day::text as "confirmDay", p.on_deadline as "onDeadline", s.is_provisional as "isProvisional"`

/** What a log row of the system says. */
const bySystem = (partnerId: string) => [{ partnerId, memberId: null, name: null, source: 'system' }, { id: 'job', address: '', agent: '', locale: 'zh-CN' }] as const
/** The amount of a log row is never below zero: a negative incentive tells it in the details. */
export const logAmount = (minor: bigint): Pick<LogFacts, 'amount'> => (minor < 0n ? {} : { amount: minor })

/** Confirms or lapses every statement of the partner whose last day is over, by its program, and tells people (IC-03, IC-04). It happened at the deadline, whenever
 *  this runs. Whoever confirmed before that has the row already; this waits for them and passes it over. @returns how many. */
export async function settleDeadlines(tx: Tx, now: Date, told: Told): Promise<number> {
  const partnerId = told.partner.id
  await tx.run(sql`select 1 from incentive_statements where partner_id = ${partnerId}::uuid and state = 'PENDING_CONFIRMATION' and confirm_until <= ${now}::timestamptz order by id for update`)
  const ended = await tx.rows<DueStatement>(sql`
    update incentive_statements s set state = case p.on_deadline when 'LAPSE' then 'LAPSED' else 'CONFIRMED' end, lapsed_at = case p.on_deadline when 'LAPSE' then s.confirm_until end,
           confirmed_at = case p.on_deadline when 'AUTO_CONFIRM' then s.confirm_until end, confirmed_amount = case p.on_deadline when 'AUTO_CONFIRM' then s.net end
      from incentive_programs p where p.id = s.program_id and s.partner_id = ${partnerId}::uuid and s.state = 'PENDING_CONFIRMATION' and s.confirm_until <= ${now}::timestamptz returning ${columns}`)
  if (ended.length === 0) return 0
  const holders = await holdersOf(tx, partnerId, 'incentive.confirm', 'or administrators')
  await enqueueNotices(tx, now, ended.flatMap((statement) => endedNotices(now, told, holders, statement)))
  await writeLog(tx, now, ...bySystem(partnerId), ended.map(({ number, net, onDeadline, confirmDay }) => ({
    operation: onDeadline === 'LAPSE' ? 'incentive.lapsed' as const : 'incentive.auto_confirmed' as const, objectKind: 'statement' as const, objectNumber: number, ...logAmount(net), details: { deadline: confirmDay },
  })))
  return ended.length
}

/** Moves deadlines that were provisional, once the holidays in between are published: later where that comes out later, never earlier, because people were told the day. */
export async function moveProvisional(tx: Tx, now: Date, partnerId: string): Promise<void> {
  const waiting = await tx.rows<DueStatement & { publishedAt: Date; workingDays: number }>(sql`
    select ${columns}, s.published_at as "publishedAt", p.working_days as "workingDays" from incentive_statements s join incentive_programs p on p.id = s.program_id
     where s.partner_id = ${partnerId}::uuid and s.state = 'PENDING_CONFIRMATION' and s.is_provisional and s.confirm_until > ${now}::timestamptz order by s.id for update of s`)
  const moved = waiting.flatMap((statement) => {
    const { day, until, isProvisional } = deadlineOf(statement.publishedAt, statement.workingDays)
    const isLater = until > statement.confirmUntil
    return isLater || !isProvisional ? [{ ...statement, to: isLater ? { day, until } : { day: statement.confirmDay, until: statement.confirmUntil }, stays: isProvisional, isLater }] : []
  })
  if (moved.length === 0) return
  await tx.run(sql`update incentive_statements s set confirm_day = m.day, confirm_until = m.until, is_provisional = m.stays
    from jsonb_to_recordset(${json(moved.map(({ id, to, stays }) => ({ id, day: to.day, until: to.until.toISOString(), stays })))}) as m(id uuid, day date, until timestamptz, stays boolean) where s.partner_id = ${partnerId}::uuid and s.id = m.id`)
  await writeLog(tx, now, ...bySystem(partnerId), moved.filter(({ isLater }) => isLater).map(({ number, confirmDay, to }) => ({
    operation: 'incentive.deadline_moved' as const, objectKind: 'statement' as const, objectNumber: number, details: { before: confirmDay, deadline: to.day },
  })))
}

/** Which reminder of a statement is due now. A server that slept over several steps catches up with the newest only.
 *  @param daysLeft working days after today. @param done steps that are done with. @returns the step to send, and every step that is then done with. */
export function dueReminder(daysLeft: number, done: readonly number[], steps: readonly number[] = confirmReminders): { send: number | undefined; pass: number[] } {
  const due = steps.filter((step) => daysLeft <= step && !done.includes(step))
  const newest = Math.min(...steps.filter((step) => daysLeft <= step))
  return { send: due.find((step) => step === newest), pass: due }
}

/** Reminds whoever may confirm, at 10, 5 and 1 working days (IC-02), once each. Two servers that do it at once remind once: the step's row can be written by one only. */
export async function remindOfDeadlines(tx: Tx, now: Date, told: Told): Promise<void> {
  const partnerId = told.partner.id
  const today = chinaDayOf(now)
  const waiting = await tx.rows<DueStatement & { done: number[] }>(sql`
    select ${columns}, array(select r.days_left from incentive_reminders r where r.partner_id = s.partner_id and r.statement_id = s.id) as done from incentive_statements s join incentive_programs p on p.id = s.program_id
     where s.partner_id = ${partnerId}::uuid and s.state = 'PENDING_CONFIRMATION' and s.confirm_until > ${now}::timestamptz
       and (select count(*) from incentive_reminders r where r.partner_id = s.partner_id and r.statement_id = s.id) < ${confirmReminders.length}::int order by s.confirm_until, s.id`)
  const due = waiting.flatMap((statement) => {
    const { send, pass } = dueReminder(workingDaysBetween(today, statement.confirmDay), statement.done)
    return pass.map((step) => ({ statement, step, isSent: step === send }))
  })
  if (due.length === 0) return
  const taken = await tx.rows<{ id: string; step: number }>(sql`insert into incentive_reminders (partner_id, statement_id, days_left, at, is_sent)
    select ${partnerId}::uuid, r.id, r.step, ${now}::timestamptz, r.sent from unnest(${list(due.map(({ statement }) => statement.id))}::uuid[], ${list(due.map(({ step }) => String(step)))}::smallint[], ${list(due.map(({ isSent }) => String(isSent)))}::boolean[]) as r(id, step, sent)
    on conflict do nothing returning statement_id as id, days_left as step`)
  const holders = await holdersOf(tx, partnerId, 'incentive.confirm', 'or administrators')
  const sent = due.filter(({ statement, step, isSent }) => isSent && taken.some(({ id, step: written }) => id === statement.id && written === step))
  await enqueueNotices(tx, now, sent.flatMap(({ statement }) => soonNotices(now, told, holders, statement)))
}
