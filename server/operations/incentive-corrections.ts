import { randomUUID } from 'node:crypto'
import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { enqueueNotices } from '#server/messages/enqueue.ts'
import { answeredNotices, type Told } from './incentive-notices.ts'
import { stateAt } from './incentive-payable.ts'

// What the vendor corrects in a line that was entered, and what it answers to feedback.

export type Corrected = { line: string; statement: string; net: bigint; customerId: string | null }
/** `closed`: lapsed, or its payment was requested. `confirmed`: the partner has accepted the amount, which is not lowered or raised behind its back. `sign`: an ordinary line
 *  would fall below zero, or a negative one rise above. */
export type NotCorrected = 'unknown' | 'closed' | 'confirmed' | 'excluded' | 'sign'

type HeldLine = { id: string; number: string; statement: string; state: string; isNegative: boolean; isExcluded: boolean; net: bigint; adjustments: number; customerId: string | null }

/** Holds the statement and reads one of its lines. @param number of the line. */
async function holdLine(tx: Tx, now: Date, partnerId: string, number: string): Promise<HeldLine | NotCorrected> {
  const [held] = await tx.rows<{ id: string; statement: string; state: string }>(sql`select s.id, s.number as statement, ${stateAt(now)} as state from incentive_lines l join incentive_statements s on s.partner_id = l.partner_id and s.id = l.statement_id
    join incentive_programs p on p.id = s.program_id where l.partner_id = ${partnerId}::uuid and l.number = ${number} for update of s`)
  if (!held) return 'unknown'
  if (held.state === 'CONFIRMED') return 'confirmed'
  if (held.state !== 'ESTIMATED' && held.state !== 'PENDING_CONFIRMATION') return 'closed'
  const [line] = await tx.rows<Omit<HeldLine, 'statement' | 'state'>>(sql`select id, number, is_negative as "isNegative", is_excluded as "isExcluded", net, adjustments, customer_id as "customerId" from incentive_lines
    where partner_id = ${partnerId}::uuid and statement_id = ${held.id}::uuid and number = ${number}`)
  return line ? { ...line, ...held, id: line.id } : 'unknown'
}

/** Adds to a line or takes from it, with the reason that its row shows. @param change.amount minor units, not 0. @returns the line's new net, or why not. */
export async function adjustLine(tx: Tx, now: Date, partnerId: string, change: { number: string; amount: bigint; reason: string; operator: string }): Promise<Corrected | NotCorrected> {
  const line = await holdLine(tx, now, partnerId, change.number)
  if (typeof line === 'string') return line
  if (line.isExcluded) return 'excluded'
  const net = line.net + change.amount
  if (line.isNegative ? net > 0n : net < 0n) return 'sign'
  await tx.run(sql`insert into incentive_adjustments (partner_id, id, line_id, seq, amount, reason, operator, at)
    values (${partnerId}::uuid, ${randomUUID()}::uuid, ${line.id}::uuid, ${line.adjustments + 1}::int, ${change.amount}::bigint, ${change.reason}, ${change.operator}, ${now}::timestamptz)`)
  await tx.run(sql`update incentive_lines set adjusted = adjusted + ${change.amount}::bigint, adjustments = adjustments + 1 where partner_id = ${partnerId}::uuid and id = ${line.id}::uuid`)
  return { line: line.number, statement: line.statement, net, customerId: line.customerId }
}

/** Takes a line out: it brings nothing, and its row says why. @returns the line, or why not. */
export async function excludeLine(tx: Tx, now: Date, partnerId: string, { number, reason }: { number: string; reason: string }): Promise<Corrected | NotCorrected> {
  const line = await holdLine(tx, now, partnerId, number)
  if (typeof line === 'string') return line
  if (line.isExcluded) return 'excluded'
  await tx.run(sql`update incentive_lines set is_excluded = true, exclusion_reason = ${reason} where partner_id = ${partnerId}::uuid and id = ${line.id}::uuid`)
  return { line: line.number, statement: line.statement, net: 0n, customerId: line.customerId }
}

export type Settled = { line: string; statement: string; state: 'ANSWERED' | 'CLOSED' }

/** Answers the open feedback of a line (IC-05), or closes what is open or answered. @param line its number. @returns what became of it; undefined where there is none in that state. */
export async function settleFeedback(tx: Tx, now: Date, told: Told, { line, answer }: { line: string; /** Left out: close. */ answer: string | undefined }): Promise<Settled | undefined> {
  const partnerId = told.partner.id
  await tx.run(sql`select 1 from incentive_lines l join incentive_statements s on s.partner_id = l.partner_id and s.id = l.statement_id where l.partner_id = ${partnerId}::uuid and l.number = ${line} for no key update of s`)
  const [settled] = await tx.rows<{ lineId: string; statementId: string; statement: string; memberId: string }>(sql`
    update incentive_feedbacks f set state = ${answer === undefined ? 'CLOSED' : 'ANSWERED'}, answer = coalesce(${answer ?? null}::text, f.answer), answered_at = case when ${answer ?? null}::text is null then f.answered_at else ${now}::timestamptz end,
           closed_at = case when ${answer ?? null}::text is null then ${now}::timestamptz end
      from incentive_lines l join incentive_statements s on s.partner_id = l.partner_id and s.id = l.statement_id
     where f.partner_id = ${partnerId}::uuid and l.partner_id = f.partner_id and l.id = f.line_id and l.number = ${line} and f.id = (select g.id from incentive_feedbacks g where g.partner_id = f.partner_id and g.line_id = l.id order by g.at desc, g.id limit 1)
       and (f.state = 'OPEN' or f.state = 'ANSWERED' and ${answer ?? null}::text is null) returning f.line_id as "lineId", s.id as "statementId", s.number as statement, f.member_id as "memberId"`)
  if (!settled) return undefined
  const state = answer === undefined ? 'CLOSED' : 'ANSWERED'
  await tx.run(sql`update incentive_lines set feedback_state = ${state} where partner_id = ${partnerId}::uuid and id = ${settled.lineId}::uuid`)
  if (answer !== undefined) await enqueueNotices(tx, now, await answeredNotices(tx, now, told, { statement: { id: settled.statementId, number: settled.statement }, line, memberId: settled.memberId, answer }))
  return { line, statement: settled.statement, state }
}
