import { requestMax } from '#contract/incentive-payments.ts'
import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { LogFacts } from '#server/http/context.ts'
import { Refusal } from '#server/http/refusal.ts'
import { lockBusiness, readBusiness } from './business.ts'
import type { Told } from './incentive-notices.ts'
import { payableAt, stateAt } from './incentive-payable.ts'
import { blocksOf, readSettings, submitRequest } from './payments.ts'

/** The automatic request: what was confirmed since it was switched on and was never requested goes into one request with the preferred option, as far as its programs offer that. Project
 *  incentives are left to their quarter. While something stops requests nothing happens, and it is tried again.
 *  @returns what the log says of the request; undefined where none was made. */
export async function requestAutomatically(tx: Tx, now: Date, told: Told): Promise<LogFacts | undefined> {
  const partnerId = told.partner.id
  await lockBusiness(tx, partnerId, 'use')
  const [business, settings] = [await readBusiness(tx, partnerId), await readSettings(tx, partnerId)]
  const { automaticOption: option, automaticSince: since } = settings
  if (option === null || since === null || blocksOf(now, business, settings).length > 0) return undefined
  const due = await tx.rows<{ id: string }>(sql`
    select s.id from incentive_statements s join incentive_programs p on p.id = s.program_id
     where s.partner_id = ${partnerId} and not s.is_negative and p.kind <> 'project' and ${option} = any(p.payout_options) and ${stateAt(now)} = 'CONFIRMED' and ${payableAt(now)} > 0
       and coalesce(s.confirmed_at, s.confirm_until) >= ${since}::timestamptz and not exists (select 1 from payment_items i where i.partner_id = s.partner_id and i.statement_id = s.id)
     order by s.period, s.id limit ${requestMax}::int`)
  if (due.length === 0) return undefined
  try {
    const { number, total } = await tx.savepoint(() => submitRequest(tx, now, told, business, { statementIds: due.map(({ id }) => id), option, quarter: null, operatorId: null, expected: null, locale: 'zh-CN' }))
    return { operation: 'payment.requested', objectKind: 'payment', objectNumber: number, amount: total, details: { count: due.length, type: option } }
  } catch (error) {
    // Somebody was quicker, or negative incentives take it all: the next run sees what is left.
    if (error instanceof Refusal) return undefined
    throw error
  }
}
