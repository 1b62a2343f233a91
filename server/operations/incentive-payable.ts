import { list, sql, type SQL } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { settleDeadlines } from './incentive-deadlines.ts'
import type { Told } from './incentive-notices.ts'

// What of which statement can be requested now. The overview, its bars, and the acceptance of a payment request all ask here. Tables: `s` for the statement, `p` for
// its program.

/** The state as it is by the database's clock, also when the job that writes it has not run yet.
 *  @param now of the transaction. @returns an expression over `s` and `p`. */
export const stateAt = (now: Date): SQL => sql`case when s.state = 'PENDING_CONFIRMATION' and s.confirm_until <= ${now} then case p.on_deadline when 'LAPSE' then 'LAPSED' else 'CONFIRMED' end else s.state end`

/** An ordinary statement brings what is confirmed and neither frozen, requested nor paid; a negative one takes all of it, once confirmed or lapsed, until it was
 *  set off. @returns an expression over `s` and `p`, in minor units; 0 where there is nothing to request. */
export const payableAt = (now: Date): SQL => sql`case
  when s.is_negative then case when ${stateAt(now)} in ('CONFIRMED','LAPSED') then s.net - s.requested - s.paid else 0 end
  when ${stateAt(now)} = 'CONFIRMED' then s.net - s.frozen - s.requested - s.paid else 0 end`

export type PayableStatement = { id: string; number: string; period: string; programId: string; payable: bigint; /** Always part of a request: what was taken away may not be left out. */ isNegative: boolean }

/** @returns every statement that a request of everything would hold, negative ones last. Their sum, where it is above zero, is the partner's payable amount. */
export const readPayable = (tx: Tx, now: Date, partnerId: string): Promise<PayableStatement[]> =>
  tx.rows<PayableStatement>(sql`select s.id, s.number, to_char(s.period, 'YYYY-MM') as period, s.program_id as "programId", ${payableAt(now)} as payable, s.is_negative as "isNegative"
    from incentive_statements s join incentive_programs p on p.id = s.program_id where s.partner_id = ${partnerId} and ${payableAt(now)} <> 0 order by s.is_negative, s.period, s.number`)

/** Why statements cannot be requested together. `frozen`: nothing of it is free; `not_above_zero`: negative incentives exceed what was chosen. */
export type NotPayable = { refused: 'unknown' | 'not_confirmed' | 'frozen' | 'nothing_left' | 'not_above_zero'; statementId: string | null }
export type Taken = { items: { id: string; number: string; programId: string; amount: bigint; isNegative: boolean }[]; total: bigint }

type Locked = { id: string; number: string; programId: string; state: string; frozen: bigint; payable: bigint; isNegative: boolean }

/** Takes statements, and with them every negative incentive that is still to be set off, into a payment request. Locks them to the end of the transaction. What the
 *  clock has decided and no job has written yet is written first.
 *  @param told the partner, and where the console is.
 *  @param requestId of the request that is being made. @param isAsBefore exactly these, because their invoice is there already: negative incentives that came since wait for the next request. @returns what each brings, or the first reason why not; then nothing has been changed. */
export async function takeForPayment(tx: Tx, now: Date, told: Told, statementIds: readonly string[], requestId: string, isAsBefore = false): Promise<Taken | NotPayable> {
  const partnerId = told.partner.id
  const wanted = new Set(statementIds.map((id) => id.toLowerCase()))
  // Statements first and in one order, the log behind them: whoever writes to the log while it waits for a statement may be waited for by whoever holds that.
  await tx.run(sql`select 1 from incentive_statements s where s.partner_id = ${partnerId} and (s.id = any(${list([...wanted])}::uuid[]) or s.is_negative or s.state = 'PENDING_CONFIRMATION' and s.confirm_until <= ${now}::timestamptz) order by s.id for update`)
  await settleDeadlines(tx, now, told)
  const rows = await tx.rows<Locked>(sql`select s.id, s.number, s.program_id as "programId", s.state, s.frozen, ${payableAt(now)} as payable, s.is_negative as "isNegative"
    from incentive_statements s join incentive_programs p on p.id = s.program_id
   where s.partner_id = ${partnerId} and (s.id = any(${list([...wanted])}::uuid[])${isAsBefore ? sql`` : sql` or s.is_negative and ${payableAt(now)} <> 0`}) order by s.id for update of s`)
  const found = new Map(rows.map((row) => [row.id, row]))
  for (const id of wanted) {
    const row = found.get(id)
    const refused = !row ? 'unknown' as const : refusalOf(row)
    if (refused) return { refused, statementId: id }
  }
  const total = rows.reduce((sum, { payable }) => sum + payable, 0n)
  if (total <= 0n) return { refused: 'not_above_zero', statementId: null }
  const ids = list(rows.map(({ id }) => id))
  await tx.run(sql`update incentive_statements s set requested = s.net - s.frozen - s.paid, payment_request_id = ${requestId}, state = case s.state when 'CONFIRMED' then 'ISSUING' else s.state end where s.partner_id = ${partnerId} and s.id = any(${ids}::uuid[])`)
  // What is frozen now is left for a later request.
  await tx.run(sql`update incentive_lines l set payout_round = l.payout_round + 1 from incentive_statements s
    where s.partner_id = ${partnerId} and s.id = any(${ids}::uuid[]) and s.frozen > 0 and l.partner_id = s.partner_id and l.statement_id = s.id and l.freezes > 0 and l.payout_round = s.payout_round`)
  return { items: rows.map(({ id, number, programId, payable, isNegative }) => ({ id, number, programId, amount: payable, isNegative })), total }
}

function refusalOf({ state, frozen, payable, isNegative }: Locked): NotPayable['refused'] | undefined {
  if (payable !== 0n) return undefined
  if (state !== 'CONFIRMED' && !(isNegative && state === 'LAPSED')) return 'not_confirmed'
  return frozen > 0n ? 'frozen' : 'nothing_left'
}

/** Gives back what a request took, when it was rejected for good or is to be made anew: its statements can be requested again. */
export async function returnFromPayment(tx: Tx, partnerId: string, requestId: string): Promise<void> {
  await tx.run(sql`select 1 from incentive_statements where partner_id = ${partnerId} and payment_request_id = ${requestId} order by id for update`)
  await tx.run(sql`update incentive_lines l set payout_round = s.payout_round from incentive_statements s
    where s.partner_id = ${partnerId} and s.payment_request_id = ${requestId} and l.partner_id = s.partner_id and l.statement_id = s.id and l.payout_round > s.payout_round`)
  await tx.run(sql`update incentive_statements set requested = 0, payment_request_id = null, state = case state when 'ISSUING' then 'CONFIRMED' else state end where partner_id = ${partnerId} and payment_request_id = ${requestId}`)
}

/** Books what a request took as paid. A statement of which a frozen part is left is confirmed again, with that part; every other one is issued. */
export async function completePayment(tx: Tx, now: Date, partnerId: string, requestId: string): Promise<void> {
  await tx.run(sql`select 1 from incentive_statements where partner_id = ${partnerId} and payment_request_id = ${requestId} order by id for update`)
  await tx.run(sql`update incentive_statements set paid = paid + requested, paid_at = ${now}, requested = 0, payment_request_id = null, payout_round = payout_round + 1,
      state = case when state <> 'ISSUING' then state when frozen > 0 then 'CONFIRMED' else 'ISSUED' end where partner_id = ${partnerId} and payment_request_id = ${requestId}`)
}
