import { randomUUID } from 'node:crypto'
import type { PaymentBlock } from '#contract/incentive-payments.ts'
import type { PayoutOption, ProgramKind } from '#contract/incentives.ts'
import { amountMaxMinor, fromMinor } from '#contract/money.ts'
import type { Locale } from '#contract/people.ts'
import { list, sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { Refusal } from '#server/http/refusal.ts'
import { rowSentence } from '#server/http/sentences.ts'
import { dayPart, nextNumber } from '#server/ledger/numbers.ts'
import { redeemYears, voucherQuotaWait } from '#server/limits.ts'
import { isSettlementPossible, lockBusiness, notCertified, readBusiness, type BusinessRow } from './business.ts'
import type { Told } from './incentive-notices.ts'
import { payableAt, stateAt, takeForPayment } from './incentive-payable.ts'
import { deriveInvoice } from './invoice-amount.ts'

// A payment request as it is made, by a member or by the automatic request: what stops it, what it takes, and what is paid for it.

export type PayoutSettings = { unpaidSince: Date | null; leftAt: Date | null; automaticOption: PayoutOption | null; automaticSince: Date | null; changedAt: Date | null; changedBy: string | null; version: number }
const noSettings: PayoutSettings = { unpaidSince: null, leftAt: null, automaticOption: null, automaticSince: null, changedAt: null, changedBy: null, version: 0 }

/** @returns what settlement of the partner depends on besides its certification. */
export async function readSettings(tx: Tx, partnerId: string): Promise<PayoutSettings> {
  const [row] = await tx.rows<PayoutSettings>(sql`select s.unpaid_since as "unpaidSince", s.left_at as "leftAt", s.automatic_option as "automaticOption", s.automatic_since as "automaticSince", s.changed_at as "changedAt", m.name as "changedBy", s.version
    from payout_settings s left join members m on m.partner_id = s.partner_id and m.id = s.changed_by_id where s.partner_id = ${partnerId}`)
  return row ?? noSettings
}

/** @returns until when a partner that left the program may redeem; null for one that did not leave. */
export function redeemUntil({ leftAt }: Pick<PayoutSettings, 'leftAt'>): Date | null {
  if (leftAt === null) return null
  const until = new Date(leftAt)
  until.setUTCFullYear(until.getUTCFullYear() + redeemYears)
  return until
}

/** @returns everything that stops any request of the partner. */
export function blocksOf(now: Date, business: BusinessRow, settings: PayoutSettings): PaymentBlock[] {
  const until = redeemUntil(settings)
  return [...(isSettlementPossible(business) ? [] : ['business' as const]), ...(settings.unpaidSince === null ? [] : ['unpaid_bills' as const]), ...(until === null || now < until ? [] : ['left' as const])]
}

/** Holds the certification and refuses with business_not_certified, unpaid_bills or payment_left while nothing can be requested. @returns the certification. */
export async function demandSettlement(tx: Tx, now: Date, partnerId: string): Promise<BusinessRow> {
  await lockBusiness(tx, partnerId, 'use')
  const [business, settings] = [await readBusiness(tx, partnerId), await readSettings(tx, partnerId)]
  const blocks = blocksOf(now, business, settings)
  if (blocks.includes('business')) throw notCertified(business)
  if (blocks.includes('unpaid_bills')) throw new Refusal('unpaid_bills')
  if (blocks.includes('left')) throw new Refusal('conflict', { sentence: 'payment_left' })
  return business
}

export type Candidate = {
  id: string; number: string; period: string; programZh: string; programEn: string; programKind: ProgramKind; options: PayoutOption[]; isResale: boolean; isNegative: boolean; state: string
  payable: bigint; frozen: bigint; rest: bigint; /** Whose it is now. */ requestId: string | null; failedNumber: string | null
}
const candidateColumns = (now: Date) => sql`s.id, s.number, to_char(s.period, 'YYYY-MM') as period, p.name_zh as "programZh", p.name_en as "programEn", p.kind as "programKind", p.payout_options as options, p.association_type = 'RESALE' as "isResale", s.is_negative as "isNegative",
  ${stateAt(now)} as state, ${payableAt(now)} as payable, s.frozen, s.net - s.requested - s.paid as rest, s.payment_request_id as "requestId",
  (select r.number from payment_items i join payment_requests r on r.partner_id = i.partner_id and r.id = i.request_id where i.partner_id = s.partner_id and i.statement_id = s.id and r.state = 'PAYMENT_FAILED' order by r.state_at desc limit 1) as "failedNumber"`

/** @returns the partner's statements of which something can be requested, or could but for what is frozen; negative ones last. */
export const readCandidates = (tx: Tx, now: Date, partnerId: string): Promise<Candidate[]> => tx.rows<Candidate>(sql`
  select ${candidateColumns(now)} from incentive_statements s join incentive_programs p on p.id = s.program_id
   where s.partner_id = ${partnerId} and (${payableAt(now)} <> 0 or ${stateAt(now)} = 'CONFIRMED' and s.frozen > 0 and not s.is_negative) order by s.is_negative, s.period, s.number`)

/** @returns these statements of the partner, in the order of the ids; unknown ones are missing. */
export async function readStatements(tx: Tx, now: Date, partnerId: string, ids: readonly string[]): Promise<Candidate[]> {
  const rows = await tx.rows<Candidate>(sql`select ${candidateColumns(now)} from incentive_statements s join incentive_programs p on p.id = s.program_id where s.partner_id = ${partnerId} and s.id = any(${list(ids)}::uuid[])`)
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => byId.get(id.toLowerCase()) ?? [])
}

export type NewRequest = {
  /** Of a request that is sent again; a new one without it. */ id?: string
  statementIds: readonly string[]; option: PayoutOption; quarter: string | null; /** Null: the automatic request. */ operatorId: string | null
  /** What the person saw; null where nobody looked. Minor units. */ expected: bigint | null; locale: Locale
}
export type Requested = { id: string; number: string; total: bigint; payout: bigint; items: { number: string; amount: bigint }[] }

/** Takes the statements, and with them every negative incentive, into a request and writes it down with its first step. The caller has demanded settlement, and looked at the statements for
 *  better words than these. Refuses what is no longer free (rows_refused), a total not above zero, and another total than was expected (stale); nothing is changed then. */
export async function submitRequest(tx: Tx, now: Date, told: Told, business: BusinessRow, asked: NewRequest): Promise<Requested> {
  const { partner } = told
  const { submission } = business
  if (!submission) throw notCertified(business)
  const id = asked.id ?? randomUUID()
  const taken = await takeForPayment(tx, now, told, asked.statementIds, id)
  if ('refused' in taken) throw refusalOf(taken, asked)
  if (asked.expected !== null && taken.total !== asked.expected) throw new Refusal('stale', { sentence: 'payment_stale', facts: { total: fromMinor(taken.total) } })
  if (taken.total > amountMaxMinor) throw new Refusal('invalid_input', { fields: [{ path: 'statementIds', code: 'total_max', message: '' }] })
  const statements = await readStatements(tx, now, partner.id, taken.items.map((item) => item.id))
  const amounts = new Map(taken.items.map((item) => [item.id, item.amount]))
  const noticed = statements.map(({ id: statementId, number, period }) => ({ number, period, amount: amounts.get(statementId) ?? 0n }))
  const payout = asked.option === 'VOUCHER_QUOTA' ? taken.total : deriveInvoice(noticed, { status: submission.taxpayerStatus, rateBasisPoints: submission.rateBasisPoints }).total
  if (payout <= 0n) throw totalRefusal(payout)
  const periods = statements.map(({ period }) => `${period}-01`).toSorted()
  const values = {
    total: taken.total, payout, from: periods[0], to: periods.at(-1), countersigned: statements.some(({ programKind }) => programKind === 'marketplace' || programKind === 'procurement'),
    owed: asked.option === 'TOP_UP' && statements.some(({ isResale, isNegative }) => isResale && !isNegative), due: asked.option === 'VOUCHER_QUOTA' ? new Date(now.getTime() + voucherQuotaWait * 1000) : null,
  }
  const [made] = await tx.rows<{ number: string }>(asked.id === undefined
    ? sql`insert into payment_requests (partner_id, id, number, at, state, state_at, option, quarter, total, payout, period_from, period_to, operator_id, business_id, is_countersigned, is_invoice_owed, due_at)
        values (${partner.id}::uuid, ${id}::uuid, ${nextNumber('PR', 'payment_numbers', dayPart(now, partner.timeZone))}, ${now}::timestamptz, 'SUBMITTED', ${now}::timestamptz, ${asked.option}, ${asked.quarter}, ${values.total}::bigint, ${values.payout}::bigint,
          ${values.from}::date, ${values.to}::date, ${asked.operatorId}::uuid, ${submission.id}::uuid, ${values.countersigned}::boolean, ${values.owed}::boolean, ${values.due}::timestamptz) returning number`
    : sql`update payment_requests set state = 'SUBMITTED', state_at = ${now}::timestamptz, reason = null, option = ${asked.option}, total = ${values.total}::bigint, payout = ${values.payout}::bigint, period_from = ${values.from}::date, period_to = ${values.to}::date,
          operator_id = ${asked.operatorId}::uuid, business_id = ${submission.id}::uuid, is_countersigned = ${values.countersigned}::boolean, is_invoice_owed = ${values.owed}::boolean, due_at = ${values.due}::timestamptz, list_published_at = null
        where partner_id = ${partner.id} and id = ${id}::uuid and state = 'REJECTED' returning number`)
  if (!made) throw new Refusal('conflict', { sentence: 'payment_state' })
  await tx.run(sql`delete from payment_items where partner_id = ${partner.id} and request_id = ${id}::uuid`)
  await tx.run(sql`insert into payment_items (partner_id, request_id, statement_id, amount, is_open)
    select ${partner.id}::uuid, ${id}::uuid, i.statement_id, i.amount, true from unnest(${list(taken.items.map((item) => item.id))}::uuid[], ${list(taken.items.map((item) => item.amount))}::bigint[]) as i(statement_id, amount)`)
  await writeStep(tx, now, partner.id, id, { state: 'SUBMITTED', reason: null, by: asked.operatorId === null ? { kind: 'system' } : { kind: 'member', memberId: asked.operatorId } })
  return { id, number: made.number, total: taken.total, payout, items: noticed.map(({ number, amount }) => ({ number, amount })) }
}

/** @returns the refusal of a total that is not above zero. */
export const totalRefusal = (total: bigint): Refusal => new Refusal('conflict', { sentence: 'payment_total', facts: { total: fromMinor(total) } })

/** What takeForPayment says when somebody was quicker than the look before it. */
function refusalOf({ refused, statementId }: { refused: 'unknown' | 'not_confirmed' | 'frozen' | 'nothing_left' | 'not_above_zero'; statementId: string | null }, { statementIds, locale }: Pick<NewRequest, 'statementIds' | 'locale'>): Refusal {
  if (refused === 'unknown') return new Refusal('not_found')
  if (refused === 'not_above_zero') return totalRefusal(0n)
  const code = refused === 'frozen' ? 'frozen' as const : 'in_request' as const
  return new Refusal('rows_refused', { sentence: 'payments_refused', rows: [{ row: Math.max(0, statementIds.findIndex((id) => id.toLowerCase() === statementId)), code, message: rowSentence(code, locale, {}) }] })
}

export type StepBy = { kind: 'member'; memberId: string } | { kind: 'vendor' } | { kind: 'system' }

/** Appends a step of a request whose row this transaction holds. */
export async function writeStep(tx: Tx, now: Date, partnerId: string, requestId: string, { state, reason, by }: { state: string; reason: string | null; by: StepBy }): Promise<void> {
  await tx.run(sql`insert into payment_steps (partner_id, request_id, seq, state, at, reason, by, member_id)
    select ${partnerId}::uuid, ${requestId}::uuid, coalesce(max(seq), 0) + 1, ${state}, ${now}::timestamptz, ${reason}::text, ${by.kind}, ${by.kind === 'member' ? by.memberId : null}::uuid from payment_steps where partner_id = ${partnerId}::uuid and request_id = ${requestId}::uuid`)
}

