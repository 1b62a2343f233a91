import { randomUUID } from 'node:crypto'
import type { FreezeReason } from '#contract/incentives.ts'
import { list, sql, type SQL } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { enqueueNotices } from '#server/messages/enqueue.ts'
import { chinaDayOf, dayPlus } from '#server/messages/working-days.ts'
import { frozenNotices, type Told } from './incentive-notices.ts'
import { stateAt } from './incentive-payable.ts'

// A freeze holds lines of one statement. A line is frozen while any freeze holds it; the statement's frozen amount follows by itself.

export type NewFreeze = { statementId: string; /** Of `incentive_lines l`. */ which: SQL; cause: FreezeReason; explanation: string; customerId: string | null }
export type Frozen = { id: string; number: string; period: string; lines: number; amount: bigint }
/** `closed`: lapsed, negative, or its payment was requested, so that nothing can be held back any more. */
export type NotFrozen = 'unknown' | 'closed' | 'nothing_to_freeze'

/** Freezes lines that count. Holds the statement, so that of a freeze and a payment request one comes first. @returns what is held, or why nothing is. */
export async function freeze(tx: Tx, now: Date, told: Told, { statementId, which, cause, explanation, customerId }: NewFreeze): Promise<Frozen | NotFrozen> {
  const partnerId = told.partner.id
  const [statement] = await tx.rows<{ id: string; number: string; period: string; isOpen: boolean }>(sql`
    select s.id, s.number, to_char(s.period, 'YYYY-MM') as period, not s.is_negative and ${stateAt(now)} in ('ESTIMATED','PENDING_CONFIRMATION','CONFIRMED') and s.requested = 0 and s.paid = 0 as "isOpen"
      from incentive_statements s join incentive_programs p on p.id = s.program_id where s.partner_id = ${partnerId}::uuid and s.id = ${statementId}::uuid for update of s`)
  if (!statement) return 'unknown'
  if (!statement.isOpen) return 'closed'
  const held = await tx.rows<{ id: string; net: bigint }>(sql`update incentive_lines l set freezes = l.freezes + 1 where l.partner_id = ${partnerId}::uuid and l.statement_id = ${statementId}::uuid and not l.is_excluded and ${which} returning l.id, l.net`)
  if (held.length === 0) return 'nothing_to_freeze'
  const amount = held.reduce((sum, { net }) => sum + net, 0n)
  const id = randomUUID()
  await tx.run(sql`insert into incentive_freezes (partner_id, id, statement_id, cause, explanation, customer_id, lines, amount, frozen_at)
    values (${partnerId}::uuid, ${id}::uuid, ${statementId}::uuid, ${cause}, ${explanation}, ${customerId}::uuid, ${held.length}::int, ${amount}::bigint, ${now}::timestamptz)`)
  await tx.run(sql`insert into incentive_frozen_lines (partner_id, freeze_id, line_id) select ${partnerId}::uuid, ${id}::uuid, l from unnest(${list(held.map((line) => line.id))}::uuid[]) l`)
  await enqueueNotices(tx, now, await frozenNotices(tx, now, told, statement, { state: 'frozen', amount, reason: explanation }))
  return { id, number: statement.number, period: statement.period, lines: held.length, amount }
}

/** Ends a freeze that holds. A statement whose payment is under way waits for its end: what is requested of it stays as it was counted.
 *  @returns what was released, or why nothing was. */
export async function release(tx: Tx, now: Date, told: Told, freezeId: string): Promise<Frozen | 'unknown' | 'in_payment'> {
  const partnerId = told.partner.id
  const [statement] = await tx.rows<{ id: string; number: string; period: string; state: string }>(sql`
    select s.id, s.number, to_char(s.period, 'YYYY-MM') as period, s.state from incentive_freezes f join incentive_statements s on s.partner_id = f.partner_id and s.id = f.statement_id
     where f.partner_id = ${partnerId}::uuid and f.id = ${freezeId}::uuid and f.released_at is null for update of s`)
  if (!statement) return 'unknown'
  if (statement.state === 'ISSUING') return 'in_payment'
  const ended = await tx.run(sql`update incentive_freezes set released_at = ${now}::timestamptz where partner_id = ${partnerId}::uuid and id = ${freezeId}::uuid and released_at is null`)
  if (ended === 0) return 'unknown'
  const freed = await tx.rows<{ net: bigint }>(sql`update incentive_lines l set freezes = l.freezes - 1 from incentive_frozen_lines h
    where h.partner_id = ${partnerId}::uuid and h.freeze_id = ${freezeId}::uuid and l.partner_id = h.partner_id and l.id = h.line_id returning l.net`)
  const amount = freed.reduce((sum, { net }) => sum + net, 0n)
  await enqueueNotices(tx, now, await frozenNotices(tx, now, told, statement, { state: 'released', amount }))
  return { id: freezeId, number: statement.number, period: statement.period, lines: freed.length, amount }
}

/** A customer has not paid its expenditure of a month: freezes its lines in every statement of the month that can still be frozen.
 *  @param period YYYY-MM. @returns what is held, one a statement; empty where nothing could be. */
export async function freezeUnpaid(tx: Tx, now: Date, told: Told, { customerId, period, explanation }: { customerId: string; period: string; explanation: string }): Promise<Frozen[]> {
  const statements = await tx.rows<{ id: string }>(sql`select s.id from incentive_statements s where s.partner_id = ${told.partner.id}::uuid and s.period = ${`${period}-01`}::date and not s.is_negative
    and not exists (select 1 from incentive_freezes f where f.partner_id = s.partner_id and f.statement_id = s.id and f.customer_id = ${customerId}::uuid and f.released_at is null) order by s.id`)
  const held: Frozen[] = []
  for (const { id } of statements) {
    // oxlint-disable-next-line no-await-in-loop -- the few statements of one month, each held in turn
    const one = await freeze(tx, now, told, { statementId: id, which: sql`l.customer_id = ${customerId}::uuid`, cause: 'UNPAID_EXPENDITURE', explanation, customerId })
    if (typeof one !== 'string') held.push(one)
  }
  return held
}

/** The customer has paid: what its unpaid expenditure of the month held is released the day after, China time. @returns that day, and how many freezes wait for it. */
export async function notePaid(tx: Tx, now: Date, partnerId: string, { customerId, period }: { customerId: string; period: string }): Promise<{ day: string; freezes: number }> {
  const day = dayPlus(chinaDayOf(now), 1)
  const freezes = await tx.run(sql`update incentive_freezes f set releases_on = ${day}::date from incentive_statements s
    where f.partner_id = ${partnerId}::uuid and f.customer_id = ${customerId}::uuid and f.released_at is null and f.releases_on is null and s.partner_id = f.partner_id and s.id = f.statement_id and s.period = ${`${period}-01`}::date`)
  return { day, freezes }
}

/** Releases what customers have paid for since yesterday or earlier. @returns what was released. */
export async function releaseDue(tx: Tx, now: Date, told: Told): Promise<Frozen[]> {
  // Their statements in the order of everybody, before the first of them is changed.
  await tx.run(sql`select 1 from incentive_statements s where s.partner_id = ${told.partner.id}::uuid and exists (select 1 from incentive_freezes f where f.partner_id = s.partner_id and f.statement_id = s.id and f.released_at is null and f.releases_on <= ${chinaDayOf(now)}::date) order by s.id for update`)
  const due = await tx.rows<{ id: string }>(sql`select f.id from incentive_freezes f where f.partner_id = ${told.partner.id}::uuid and f.released_at is null and f.releases_on <= ${chinaDayOf(now)}::date order by f.releases_on, f.id`)
  const released: Frozen[] = []
  for (const { id } of due) {
    // oxlint-disable-next-line no-await-in-loop -- the freezes of one day, each with its statement held
    const one = await release(tx, now, told, id)
    if (typeof one !== 'string') released.push(one)
  }
  return released
}
