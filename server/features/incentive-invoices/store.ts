import type { InvoiceFilter, InvoiceKind, InvoiceSort, InvoiceState } from '#contract/incentive-invoices.ts'
import type { PayoutOption, ProgramKind } from '#contract/incentives.ts'
import type { TaxpayerStatus } from '#contract/business.ts'
import { every } from '#server/db/days.ts'
import { list, sql, type SQL } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'

type KeptInvoice = { kind: InvoiceKind; number: string; code: string; day: string; net: bigint; tax: bigint; total: bigint; carrier: string; trackingNumber: string; fileId: string | null; fileName: string | null; fileBytes: number | null; invoiceAt: Date; byName: string }
type ItemRow = { number: string; period: string; amount: bigint; programZh: string; programEn: string; programKind: ProgramKind; isNegative: boolean }
export type InvoiceRecord = {
  id: string; requestNumber: string; at: Date; option: PayoutOption; state: InvoiceState; reason: string | null; total: bigint; payout: bigint; periodFrom: string; periodTo: string; isCountersigned: boolean; isInvoiceOwed: boolean; listPublishedAt: Date | null
  taxpayerStatus: TaxpayerStatus; rateBasisPoints: number; companyName: string; creditCode: string; /** The vendor's company. */ contractingEntity: string; invoice: KeptInvoice | null; items: ItemRow[]
}

const states: readonly InvoiceState[] = ['AWAITING_INVOICE', 'INVOICE_REVIEW', 'INVOICE_REJECTED', 'PAYING', 'COMPLETED', 'PAYMENT_FAILED', 'WITHDRAWN']
const due = sql`r.option <> 'VOUCHER_QUOTA' and r.state = any(${list(states)}::text[])`
const columns = sql`r.id, r.number as "requestNumber", r.at, r.option, r.state, r.reason, r.total, r.payout, to_char(r.period_from, 'YYYY-MM') as "periodFrom", to_char(r.period_to, 'YYYY-MM') as "periodTo", r.is_countersigned as "isCountersigned", r.is_invoice_owed as "isInvoiceOwed",
  r.list_published_at as "listPublishedAt", b.taxpayer_status as "taxpayerStatus", b.rate_basis_points as "rateBasisPoints", b.company_name as "companyName", b.credit_code as "creditCode", coalesce(c.contracting_entity, '') as "contractingEntity",
  v.kind, v.number, v.code, v.day::text as day, v.net, v.tax, v.total as "invoiceTotal", v.carrier, v.tracking_number as "trackingNumber", v.file_id as "fileId", f.name as "fileName", f.bytes as "fileBytes", v.at as "invoiceAt", m.name as "byName"`
const from = sql`payment_requests r join business_submissions b on b.partner_id = r.partner_id and b.id = r.business_id left join companies c on c.partner_id = r.partner_id
  left join incentive_invoices v on v.partner_id = r.partner_id and v.request_id = r.id left join files f on f.partner_id = v.partner_id and f.id = v.file_id left join members m on m.partner_id = v.partner_id and m.id = v.by_id`
const orders: Record<InvoiceSort, SQL> = { '-at': sql`r.at desc, r.id desc`, at: sql`r.at, r.id` }

type Nullable<T> = { [K in keyof T]: T[K] | null }
type Flat = Omit<InvoiceRecord, 'invoice' | 'items'> & Nullable<Omit<KeptInvoice, 'total'>> & { invoiceTotal: bigint | null }

/** @returns one page of the requests that need an invoice, and how many match in all. */
export async function findInvoices(tx: Tx, partnerId: string, { filter, sort }: { filter: InvoiceFilter; sort: InvoiceSort }, page: { offset: number; limit: number }): Promise<{ rows: InvoiceRecord[]; total: number }> {
  const where = every([
    sql`r.partner_id = ${partnerId}`, due, ...(filter.state === undefined ? [] : [sql`r.state = ${filter.state}`]), ...(filter.kind === undefined ? [] : [sql`v.kind = ${filter.kind}`]),
    ...(filter.period === undefined ? [] : [sql`r.period_from <= ${`${filter.period}-01`}::date and r.period_to >= ${`${filter.period}-01`}::date`]),
    ...(filter.number === undefined ? [] : [sql`(r.number = ${filter.number.toUpperCase()} or v.number = ${filter.number})`]),
  ])
  const rows = await tx.rows<Flat>(sql`select ${columns} from ${from} where ${where} order by ${orders[sort]} limit ${page.limit}::int offset ${page.offset}::int`)
  const [counted] = await tx.rows<{ total: number }>(sql`select count(*)::int as total from ${from} where ${where}`)
  return { rows: await withItems(tx, partnerId, rows), total: counted?.total ?? 0 }
}

/** @param lock holds the request to the end of the transaction. @returns the partner's request with this id, once it needs an invoice. */
export async function readInvoice(tx: Tx, partnerId: string, id: string, lock = false): Promise<InvoiceRecord | undefined> {
  if (lock) await tx.rows(sql`select 1 from payment_requests where partner_id = ${partnerId} and id = ${id}::uuid for no key update`)
  const rows = await tx.rows<Flat>(sql`select ${columns} from ${from} where r.partner_id = ${partnerId} and r.id = ${id}::uuid and ${due}`)
  return (await withItems(tx, partnerId, rows))[0]
}

async function withItems(tx: Tx, partnerId: string, rows: readonly Flat[]): Promise<InvoiceRecord[]> {
  const items = await tx.rows<ItemRow & { requestId: string }>(sql`
    select i.request_id as "requestId", s.number, to_char(s.period, 'YYYY-MM') as period, i.amount, p.name_zh as "programZh", p.name_en as "programEn", p.kind as "programKind", s.is_negative as "isNegative"
      from payment_items i join incentive_statements s on s.partner_id = i.partner_id and s.id = i.statement_id join incentive_programs p on p.id = s.program_id
     where i.partner_id = ${partnerId} and i.request_id = any(${list(rows.map(({ id }) => id))}::uuid[]) order by s.is_negative, s.period, s.number`)
  const byRequest = Map.groupBy(items, ({ requestId }) => requestId)
  return rows.map(({ kind, number, code, day, net, tax, invoiceTotal, carrier, trackingNumber, fileId, fileName, fileBytes, invoiceAt, byName, ...row }) => ({
    ...row, items: byRequest.get(row.id) ?? [],
    invoice: kind === null || number === null || code === null || day === null || net === null || tax === null || invoiceTotal === null || carrier === null || trackingNumber === null || invoiceAt === null || byName === null ? null
      : { kind, number, code, day, net, tax, total: invoiceTotal, carrier, trackingNumber, fileId, fileName, fileBytes, invoiceAt, byName },
  }))
}

/** Takes an invoice number for a request, for good. @returns false where another request had it before. */
export async function takeNumber(tx: Tx, now: Date, partnerId: string, requestId: string, { code, number }: { code: string; number: string }): Promise<boolean> {
  await tx.run(sql`insert into invoice_numbers (partner_id, code, number, request_id, at) values (${partnerId}::uuid, ${code}, ${number}, ${requestId}::uuid, ${now}::timestamptz) on conflict do nothing`)
  return (await tx.rows(sql`select 1 from invoice_numbers where partner_id = ${partnerId} and code = ${code} and number = ${number} and request_id = ${requestId}::uuid`)).length > 0
}

export type NewInvoice = Omit<KeptInvoice, 'fileName' | 'fileBytes' | 'invoiceAt' | 'byName'> & { byId: string }
/** Keeps the invoice of a request, or the corrected one in its place. */
export async function keepInvoice(tx: Tx, now: Date, partnerId: string, requestId: string, { kind, number, code, day, net, tax, total, carrier, trackingNumber, fileId, byId }: NewInvoice): Promise<void> {
  await tx.run(sql`insert into incentive_invoices (partner_id, request_id, kind, number, code, day, net, tax, total, carrier, tracking_number, file_id, by_id, at)
    values (${partnerId}::uuid, ${requestId}::uuid, ${kind}, ${number}, ${code}, ${day}::date, ${net}::bigint, ${tax}::bigint, ${total}::bigint, ${carrier}, ${trackingNumber}, ${fileId}::uuid, ${byId}::uuid, ${now}::timestamptz)
    on conflict (partner_id, request_id) do update set kind = excluded.kind, number = excluded.number, code = excluded.code, day = excluded.day, net = excluded.net, tax = excluded.tax, total = excluded.total, carrier = excluded.carrier,
      tracking_number = excluded.tracking_number, file_id = excluded.file_id, by_id = excluded.by_id, at = excluded.at`)
}
