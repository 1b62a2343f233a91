import { randomUUID } from 'node:crypto'
import type { BillingMode, NoCustomer, OnDeadline, PayoutOption, ProgramKind } from '#contract/incentives.ts'
import type { AssociationType } from '#contract/customers.ts'
import { json, list, sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { dayPart, nextNumber } from '#server/ledger/numbers.ts'
import { confirmReminders } from '#server/limits.ts'
import { enqueueNotices } from '#server/messages/enqueue.ts'
import { deadlineOf } from './incentive-deadlines.ts'
import { toConfirmNotices, type DueStatement, type Told } from './incentive-notices.ts'

// What the vendor enters: programs, statements and their lines, and that a statement is there to be confirmed.

export type NewProgram = {
  code: string; nameZh: string; nameEn: string; kind: ProgramKind; associationType: AssociationType | null; onDeadline: OnDeadline; workingDays: number
  payoutOptions: readonly PayoutOption[]; taxBasisPoints: number
}

/** @returns the id, or undefined where a program has this code already. */
export async function createProgram(tx: Tx, now: Date, program: NewProgram, id: string = randomUUID()): Promise<string | undefined> {
  const made = await tx.run(sql`insert into incentive_programs (id, code, name_zh, name_en, kind, association_type, on_deadline, working_days, payout_options, tax_basis_points, created_at)
    values (${id}::uuid, ${program.code}, ${program.nameZh}, ${program.nameEn}, ${program.kind}, ${program.associationType}, ${program.onDeadline}, ${program.workingDays}::int, ${list(program.payoutOptions)}::text[], ${program.taxBasisPoints}::int, ${now}::timestamptz)
    on conflict (code) do nothing`)
  return made === 1 ? id : undefined
}

export type StatementRef = { id: string; number: string }
type Partner = { id: string; timeZone: string }

/** @param statement.period YYYY-MM. @returns the statement, estimated and without lines. */
export async function createStatement(tx: Tx, now: Date, partner: Partner, { programId, period, isNegative, id = randomUUID() }: { programId: string; period: string; isNegative: boolean; id?: string }): Promise<StatementRef> {
  const [made] = await tx.rows<StatementRef>(sql`insert into incentive_statements (partner_id, id, number, program_id, period, is_negative, state, created_at)
    values (${partner.id}::uuid, ${id}::uuid, ${nextNumber('IS', 'statement_numbers', dayPart(now, partner.timeZone))}, ${programId}::uuid, ${`${period}-01`}::date, ${isNegative}::boolean, 'ESTIMATED', ${now}::timestamptz) returning id, number`)
  if (!made) throw new Error('no statement was made')
  return made
}

/** Amounts in minor units; those of a negative incentive are zero or below. `rate` in ten-thousandths of a percent. */
export type NewLine = {
  customerId: string | null; noCustomer: NoCustomer | null; order: string | null; dataNumber: string; productType: string; billingMode: BillingMode; associationType: AssociationType
  baseAmount: bigint; rate: number; incentive: bigint; reseller: string | null; /** Left out: a new one. */ id?: string
}
const linesAtOnce = 1000

/** @param basisPoints hundredths of a percent. @returns the tax of a line, rounded half up to the cent. */
const taxOf = (incentive: bigint, basisPoints: number): bigint => (incentive <= 0n ? 0n : (incentive * BigInt(basisPoints) + 5000n) / 10_000n)

/** Adds lines to an estimated statement whose row the caller holds. The tax of each is that of the program. */
export async function addLines(tx: Tx, partnerId: string, statement: StatementRef & { isNegative: boolean; lines: number; taxBasisPoints: number }, lines: readonly NewLine[]): Promise<void> {
  for (let from = 0; from < lines.length; from += linesAtOnce) {
    const rows = lines.slice(from, from + linesAtOnce).map((line, index) => {
      const seq = statement.lines + from + index + 1
      return {
        id: line.id ?? randomUUID(), seq, number: `${statement.number}-${String(seq).padStart(6, '0')}`, customer_id: line.customerId, no_customer: line.noCustomer, order_number: line.order, data_number: line.dataNumber,
        product_type: line.productType, billing_mode: line.billingMode, association_type: line.associationType, base_amount: String(line.baseAmount), rate: line.rate, incentive: String(line.incentive),
        tax: String(taxOf(line.incentive, statement.taxBasisPoints)), reseller: line.reseller,
      }
    })
    // oxlint-disable-next-line no-await-in-loop -- a thousand rows in one statement, so that no parameter grows with the file
    await tx.run(sql`insert into incentive_lines (partner_id, id, statement_id, seq, number, is_negative, customer_id, no_customer, order_number, data_number, product_type, billing_mode, association_type, base_amount, rate, incentive, tax, reseller)
      select ${partnerId}::uuid, l.id, ${statement.id}::uuid, l.seq, l.number, ${statement.isNegative}::boolean, l.customer_id, l.no_customer, l.order_number, l.data_number, l.product_type, l.billing_mode, l.association_type, l.base_amount, l.rate, l.incentive, l.tax, l.reseller
        from jsonb_to_recordset(${json(rows)}) as l(id uuid, seq int, number text, customer_id uuid, no_customer text, order_number text, data_number text, product_type text, billing_mode text, association_type text,
          base_amount bigint, rate int, incentive bigint, tax bigint, reseller text)`)
  }
}

/** Estimated becomes pending: the deadline runs from today, and whoever may confirm is told (IC-01). Reminders that would come with or before that message are done with.
 *  @returns the statement, or undefined when it is not estimated or has no lines. */
export async function publishStatement(tx: Tx, now: Date, told: Told, id: string): Promise<DueStatement | undefined> {
  const partnerId = told.partner.id
  const [found] = await tx.rows<{ workingDays: number }>(sql`select p.working_days as "workingDays" from incentive_statements s join incentive_programs p on p.id = s.program_id
    where s.partner_id = ${partnerId}::uuid and s.id = ${id}::uuid and s.state = 'ESTIMATED' and s.lines > 0 for update of s`)
  if (!found) return undefined
  const { day, until, isProvisional } = deadlineOf(now, found.workingDays)
  const [published] = await tx.rows<DueStatement>(sql`
    update incentive_statements s set state = 'PENDING_CONFIRMATION', published_at = ${now}::timestamptz, confirm_day = ${day}::date, confirm_until = ${until}::timestamptz, is_provisional = ${isProvisional}::boolean
      from incentive_programs p where p.id = s.program_id and s.partner_id = ${partnerId}::uuid and s.id = ${id}::uuid
    returning s.id, s.number, to_char(s.period, 'YYYY-MM') as period, s.net, s.confirm_until as "confirmUntil", s.confirm_day::text as "confirmDay", p.on_deadline as "onDeadline", s.is_provisional as "isProvisional"`)
  if (!published) throw new Error('the statement was held and is gone')
  const passed = confirmReminders.filter((step) => step >= found.workingDays)
  await tx.run(sql`insert into incentive_reminders (partner_id, statement_id, days_left, at, is_sent) select ${partnerId}::uuid, ${id}::uuid, step, ${now}::timestamptz, false from unnest(${list(passed.map(String))}::smallint[]) step`)
  await enqueueNotices(tx, now, await toConfirmNotices(tx, now, told, published))
  return published
}
