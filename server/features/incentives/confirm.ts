import type { confirmStatements, previewConfirmation } from '#contract/incentives.ts'
import { fromMinor } from '#contract/money.ts'
import type { Actor } from '#server/auth/actor.ts'
import { list, sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { LogFacts, Operation, Read } from '#server/http/context.ts'
import { Refusal } from '#server/http/refusal.ts'
import { rowSentence } from '#server/http/sentences.ts'
import { logAmount } from '#server/operations/incentive-deadlines.ts'
import { presentStatement } from './present.ts'
import { confirmRefusals, type Confirmable } from './confirm-rules.ts'
import { readStatements } from './statement-store.ts'

const lower = (ids: readonly string[]): string[] => ids.map((id) => id.toLowerCase())

/** Reads the statements asked for and every other one of their months that can be confirmed. Refuses with not_found when one is unknown or foreign.
 *  @param lock holds them in the order of their ids, so that of two who confirm, or of a person and the clock, one comes first and the other sees it. */
async function readGroup(tx: Tx, now: Date, { partner }: Actor, ids: readonly string[], lock: boolean): Promise<Confirmable[]> {
  const wanted = list([...new Set(ids)])
  const rows = await tx.rows<Confirmable>(sql`
    select s.id, s.number, to_char(s.period, 'YYYY-MM') as period, s.state, s.net, coalesce(s.confirm_until > ${now}::timestamptz, false) as "isInTime" from incentive_statements s
     where s.partner_id = ${partner.id} and (s.id = any(${wanted}::uuid[]) or s.state = 'PENDING_CONFIRMATION' and s.confirm_until > ${now}::timestamptz
       and s.period in (select w.period from incentive_statements w where w.partner_id = ${partner.id} and w.id = any(${wanted}::uuid[]))) order by s.id ${lock ? sql`for no key update of s` : sql``}`)
  const known = new Set(rows.map(({ id }) => id))
  if (ids.some((id) => !known.has(id))) throw new Refusal('not_found')
  return rows
}

/** What the dialog repeats: the statements asked for, and those of their months that go with them. */
export const previewRead: Read<typeof previewConfirmation> = {
  permission: 'incentive.confirm',
  async run({ body }, { tx, now, actor, request }) {
    const ids = lower(body.statementIds)
    const group = await readGroup(tx, now, actor, ids, false)
    const rows = await readStatements(tx, now, actor, group.map(({ id }) => id))
    return { items: rows.map((row) => presentStatement(row, now, actor, request.locale)), total: fromMinor(rows.reduce((sum, { net }) => sum + net, 0n)) }
  },
}

/** Confirms all or none. Whether it is in time is decided by the database's clock when the request began, so that the last second counts and the next does not. */
export const confirmOperation: Operation<typeof confirmStatements, Confirmable[]> = {
  permission: 'incentive.confirm',
  async prepare({ body }, { tx, now, actor, request }) {
    const ids = lower(body.statementIds)
    const group = await readGroup(tx, now, actor, ids, true)
    const { rows, missing } = confirmRefusals(ids, group)
    if (rows.length > 0) throw new Refusal('rows_refused', { sentence: 'statements_refused', rows: rows.map(({ row, code, other }) => ({ row, code, message: rowSentence(code, request.locale, other === undefined ? {} : { other: String(other) }) })) })
    if (missing.length > 0) throw new Refusal('conflict', { sentence: 'period_incomplete', facts: { missing: missing.join(', '), count: String(missing.length) } })
    return group.toSorted((a, b) => (a.number < b.number ? -1 : 1))
  },
  canonical: ({ body }) => lower(body.statementIds).toSorted(),
  async apply(group, _input, { tx, now, actor }) {
    const confirmed = await tx.run(sql`update incentive_statements s set state = 'CONFIRMED', confirmed_at = ${now}::timestamptz, confirmed_by_id = ${actor.member.id}::uuid, confirmed_amount = s.net
      where s.partner_id = ${actor.partner.id} and s.id = any(${list(group.map(({ id }) => id))}::uuid[]) and s.state = 'PENDING_CONFIRMATION' and s.confirm_until > ${now}::timestamptz`)
    if (confirmed < group.length) throw new Refusal('conflict')
    return { count: group.length, total: fromMinor(group.reduce((sum, { net }) => sum + net, 0n)) }
  },
  log: (_reply, group) => group.map(({ number, period, net }): LogFacts => ({ operation: 'incentive.confirmed', objectKind: 'statement', objectNumber: number, ...logAmount(net), details: { period, ...(net < 0n && { total: fromMinor(net) }) } })),
  refused: 'incentive.confirmed',
}
