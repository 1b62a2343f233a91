import type { Parsed } from '#contract/endpoint.ts'
import type { AdjustmentFilter, AdjustmentKind, queryAdjustments } from '#contract/funds.ts'
import type { FundsSource } from '#contract/customers.ts'
import { customerScope, seesWholePartner, type Actor } from '#server/auth/actor.ts'
import { inDays } from '#server/db/days.ts'
import { list, sql, type SQL } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { customersNamed } from '#server/operations/customer-names.ts'

/** An adjustment record with what its row on the screen needs; amounts in minor units, names clear. */
export type AdjustmentRow = {
  id: string; number: string; batchNumber: string | null; transferId: string; at: Date; kind: AdjustmentKind; source: FundsSource
  amount: bigint; balanceBefore: bigint; balanceAfter: bigint
  customerId: string; customerName: string; customerNumber: string; operatorName: string | null
}
export type LotPart = { adjustmentId: string; id: string; number: string; amount: bigint }
type Asked = Parsed<typeof queryAdjustments>['body'] & { /** Only these; for an export of chosen rows. */ selected?: readonly string[] | undefined }

const columns = sql`d.id, d.number, d.batch_number as "batchNumber", d.transfer_id as "transferId", d.at, d.kind, d.source, d.amount, d.balance_before as "balanceBefore", d.balance_after as "balanceAfter",
  c.id as "customerId", c.name as "customerName", c.number as "customerNumber", m.name as "operatorName"`
const joins = sql`join customers c on c.partner_id = d.partner_id and c.id = d.customer_id left join members m on m.partner_id = d.partner_id and m.id = d.operator_id`

/** Equal rows keep the order in which they were written. */
const orders = { '-at': sql`d.seq desc`, at: sql`d.seq`, '-amount': sql`d.amount desc, d.seq desc`, amount: sql`d.amount, d.seq` } satisfies Record<Asked['sort'], SQL>

/** @param asked filters, of which `counterparty` is any part of the customer's name. @returns the page asked for, and how many records match in all. */
export async function queryRows(tx: Tx, actor: Actor, { filter, counterparty, sort, page, pageSize, selected }: Asked): Promise<{ rows: AdjustmentRow[]; total: number }> {
  const where = sql.join([...conditions(actor, filter, counterparty), ...(selected ? [sql`d.id = any(${list(selected)}::uuid[])`] : [])], sql` and `)
  const [counted] = await tx.rows<{ total: number }>(sql`select count(*)::int as total from adjustments d where ${where}`)
  // The page is cut before the joins, so that they are made for its rows only.
  const rows = await tx.rows<AdjustmentRow>(sql`
    select ${columns} from (select d.* from adjustments d where ${where} order by ${orders[sort]} limit ${pageSize} offset ${(page - 1) * pageSize}) d ${joins} order by ${orders[sort]}`)
  return { rows, total: counted?.total ?? 0 }
}

/** @returns the record, or undefined when it is unknown, foreign or of a customer outside the person's scope. */
export async function readRow(tx: Tx, actor: Actor, id: string): Promise<(AdjustmentRow & { requestId: string; confirmedBy: 'sms' | 'email' | 'click' | 'none' }) | undefined> {
  const [row] = await tx.rows<AdjustmentRow & { requestId: string; confirmedBy: 'sms' | 'email' | 'click' | 'none' }>(sql`
    select ${columns}, t.request_id as "requestId", t.confirmed_by as "confirmedBy" from adjustments d ${joins} join transfers t on t.partner_id = d.partner_id and t.id = d.transfer_id
     where d.partner_id = ${actor.partner.id} and d.id = ${id} and ${customerScope(actor)}`)
  return row
}

/** @returns the other records of the same transfer, as far as they are within the person's scope. */
export const readSiblings = (tx: Tx, actor: Actor, { id, transferId }: Pick<AdjustmentRow, 'id' | 'transferId'>): Promise<AdjustmentRow[]> =>
  tx.rows<AdjustmentRow>(sql`select ${columns} from adjustments d ${joins} where d.partner_id = ${actor.partner.id} and d.transfer_id = ${transferId} and d.id <> ${id} and ${customerScope(actor)} order by d.seq`)

/** @returns which lots these adjustments made or took from, newest lot first. */
export const readLotParts = (tx: Tx, partnerId: string, adjustmentIds: readonly string[]): Promise<LotPart[]> =>
  tx.rows<LotPart>(sql`select v.adjustment_id as "adjustmentId", l.id, l.number, v.amount from lot_moves v join lots l on l.partner_id = v.partner_id and l.id = v.lot_id
    where v.partner_id = ${partnerId} and v.adjustment_id = any(${list(adjustmentIds)}::uuid[]) order by l.seq desc`)

function conditions(actor: Actor, filter: AdjustmentFilter, counterparty: string | undefined): SQL[] {
  const partnerId = actor.partner.id
  const all = [sql`d.partner_id = ${partnerId}`, ...inDays(sql`d.at`, filter.from, filter.to, actor.partner.timeZone)]
  const ofCustomers = (condition: SQL) => sql`d.customer_id in (select c.id from customers c where c.partner_id = ${partnerId} and ${condition})`
  if (!seesWholePartner(actor)) all.push(ofCustomers(customerScope(actor)))
  if (filter.number !== undefined && filter.number !== '') all.push(sql`(d.number = ${filter.number.toUpperCase()} or d.batch_number = ${filter.number.toUpperCase()})`)
  if (filter.customerId !== undefined) all.push(sql`d.customer_id = ${filter.customerId}`)
  if (filter.customerNumber !== undefined) all.push(ofCustomers(sql`c.number = ${filter.customerNumber.replaceAll(' ', '')}`))
  if (filter.kind !== undefined) all.push(sql`d.kind = ${filter.kind}`)
  if (filter.source !== undefined) all.push(sql`d.source = ${filter.source}`)
  if (filter.operatorId !== undefined) all.push(sql`d.operator_id = ${filter.operatorId}`)
  if (counterparty !== undefined) all.push(sql`d.customer_id in ${customersNamed(partnerId, counterparty)}`)
  return all
}
