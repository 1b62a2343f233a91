import { randomUUID } from 'node:crypto'
import { type createFeedback, type StatementState, takesFeedback } from '#contract/incentives.ts'
import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { Operation } from '#server/http/context.ts'
import { Refusal } from '#server/http/refusal.ts'
import { stateAt } from '#server/operations/incentive-payable.ts'
import { readLine, type LineRecord } from './line-store.ts'
import { presentFeedback, type FeedbackRecord } from './present.ts'

/** @returns all feedback of a line, newest first. */
export const readFeedbacks = (tx: Tx, partnerId: string, lineId: string): Promise<FeedbackRecord[]> =>
  tx.rows<FeedbackRecord>(sql`select f.id, f.opinion, f.state, m.name as "byName", f.at, f.answer, f.answered_at as "answeredAt", f.closed_at as "closedAt" from incentive_feedbacks f
    join members m on m.partner_id = f.partner_id and m.id = f.member_id where f.partner_id = ${partnerId} and f.line_id = ${lineId}::uuid order by f.at desc, f.id`)

/** An objection to a line. Account directors look only. Refused once the amount is settled, and while an earlier one of the line is open. */
export const feedbackOperation: Operation<typeof createFeedback, LineRecord> = {
  permission: 'incentive.view',
  async prepare({ params }, { tx, now, actor }) {
    if (actor.reach === 'managers') throw new Refusal('no_permission')
    const line = await readLine(tx, now, actor, params.id)
    if (!line) throw new Refusal('not_found')
    // Held, so that no feedback comes to a statement that is being confirmed, and one line gets one at a time.
    const [statement] = await tx.rows<{ state: StatementState }>(sql`select ${stateAt(now)} as state from incentive_statements s join incentive_programs p on p.id = s.program_id where s.partner_id = ${actor.partner.id} and s.id = ${line.statementId}::uuid for no key update of s`)
    if (!statement || !takesFeedback(statement.state)) throw new Refusal('conflict', { sentence: 'feedback_over' })
    const [open] = await tx.rows(sql`select 1 from incentive_feedbacks where partner_id = ${actor.partner.id} and line_id = ${line.id}::uuid and state = 'OPEN'`)
    if (open) throw new Refusal('conflict', { sentence: 'feedback_open' })
    return line
  },
  async apply(line, { body: { opinion } }, { tx, now, actor }) {
    const feedback: FeedbackRecord = { id: randomUUID(), opinion, state: 'OPEN', byName: actor.member.name, at: now, answer: null, answeredAt: null, closedAt: null }
    await tx.run(sql`insert into incentive_feedbacks (partner_id, id, line_id, statement_id, member_id, opinion, state, at) values (${actor.partner.id}, ${feedback.id}::uuid, ${line.id}::uuid, ${line.statementId}::uuid, ${actor.member.id}::uuid, ${opinion}, 'OPEN', ${now}::timestamptz)`)
    await tx.run(sql`update incentive_lines set feedback_state = 'OPEN' where partner_id = ${actor.partner.id} and id = ${line.id}::uuid`)
    return presentFeedback(feedback)
  },
  // What was written is read at the line; the log says that it was.
  log: (_reply, line) => ({ operation: 'incentive.feedback', objectKind: 'incentive_line', objectNumber: line.number, ...(line.customerId !== null && { customerId: line.customerId }), details: { statement: line.statementNumber } }),
  refused: 'incentive.feedback',
}
