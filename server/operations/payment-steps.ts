import type { PaymentState } from '#contract/incentive-payments.ts'
import type { PayoutOption } from '#contract/incentives.ts'
import { amountFromMinor } from '#contract/money.ts'
import { list, sql, type SQL } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { LogFacts } from '#server/http/context.ts'
import { readAccounts } from '#server/ledger/accounts.ts'
import { post } from '#server/ledger/post.ts'
import { voucherQuotaYears } from '#server/limits.ts'
import { isSettlementPossible, readBusiness } from './business.ts'
import { grantQuota } from './coupon-quotas.ts'
import type { Told } from './incentive-notices.ts'
import { completePayment, payableAt, returnFromPayment, takeForPayment } from './incentive-payable.ts'
import { writeStep, type StepBy } from './payments.ts'
import { tellOfPayout } from './payout-notices.ts'

// The steps of a payment request after it was made. Each is one conditional update of its row: of two that begin in the same state one happens.

export type StepRow = { id: string; number: string; state: PaymentState; option: PayoutOption; quarter: string | null; total: bigint; payout: bigint; isCountersigned: boolean; listPublishedAt: Date | null }
const columns = sql`id, number, state, option, quarter, total, payout, is_countersigned as "isCountersigned", list_published_at as "listPublishedAt"`

/** @param key its id, or its number. @returns the partner's request, held to the end of the transaction. The certification is locked before it. */
export async function holdRequest(tx: Tx, partnerId: string, key: { id: string } | { number: string }): Promise<StepRow | undefined> {
  const [row] = await tx.rows<StepRow>(sql`select ${columns} from payment_requests where partner_id = ${partnerId} and ${'id' in key ? sql`id = ${key.id}::uuid` : sql`number = ${key.number}`} for no key update`)
  return row
}

type Step = { from: readonly PaymentState[]; to: PaymentState; by: StepBy; reason?: string }
/** @returns whether the request was in one of these states and has moved on. */
export async function stepRequest(tx: Tx, now: Date, partnerId: string, id: string, { from, to, by, reason }: Step): Promise<boolean> {
  const moved = await tx.run(sql`update payment_requests set state = ${to}, state_at = ${now}::timestamptz, reason = ${reason ?? null}::text where partner_id = ${partnerId} and id = ${id}::uuid and state = any(${list(from)}::text[])`)
  if (moved === 0) return false
  await writeStep(tx, now, partnerId, id, { state: to, reason: reason ?? null, by })
  return true
}

/** What the log says of a step. */
export const stepLog = ({ number, payout }: Pick<StepRow, 'number' | 'payout'>, to: PaymentState): LogFacts => ({ operation: 'payment.step', objectKind: 'payment', objectNumber: number, amount: payout, details: { after: to } })

const factsOf = ({ number, payout }: Pick<StepRow, 'number' | 'payout'>) => ({ number, amount: amountFromMinor(payout) })
const close = (tx: Tx, partnerId: string, id: string) => tx.run(sql`update payment_items set is_open = false where partner_id = ${partnerId} and request_id = ${id}::uuid and is_open`)

/** A decision about a request (IC-06), or about a quarterly one (IC-13). */
async function tellDecision(tx: Tx, now: Date, told: Told, row: StepRow, reason: string | null): Promise<void> {
  const facts = { ...factsOf(row), ...(reason === null ? { result: 'approved' as const } : { result: 'rejected' as const, reason }) }
  if (row.quarter === null) await tellOfPayout(tx, now, told, 'IC-06', facts, row.id)
  else await tellOfPayout(tx, now, told, 'IC-13', { ...facts, quarter: row.quarter }, row.id)
}

/** The vendor approves: an invoice is needed now. Where both sides sign first, the invoice list follows. @returns whether the request was under review, and not for voucher quota, which arrives by itself. */
export async function approveRequest(tx: Tx, now: Date, told: Told, row: StepRow): Promise<boolean> {
  const partnerId = told.partner.id
  if (row.option === 'VOUCHER_QUOTA' || !await stepRequest(tx, now, partnerId, row.id, { from: ['UNDER_REVIEW'], to: 'AWAITING_INVOICE', by: { kind: 'vendor' } })) return false
  await tellDecision(tx, now, told, row, null)
  if (!row.isCountersigned) await publishList(tx, now, told, row)
  return true
}

/** The invoice list is there from now on, and whoever invoices is told (IC-07). @returns false where it was there already. */
export async function publishList(tx: Tx, now: Date, told: Told, row: StepRow): Promise<boolean> {
  const published = await tx.run(sql`update payment_requests set list_published_at = ${now}::timestamptz where partner_id = ${told.partner.id} and id = ${row.id}::uuid and state = 'AWAITING_INVOICE' and list_published_at is null`)
  if (published === 0) return false
  await tellOfPayout(tx, now, told, 'IC-07', factsOf(row), row.id)
  return true
}

/** The vendor rejects: every statement is confirmed again, exactly as it was. @returns whether the request was under review. */
export async function rejectRequest(tx: Tx, now: Date, told: Told, row: StepRow, reason: string): Promise<boolean> {
  if (!await stepRequest(tx, now, told.partner.id, row.id, { from: ['UNDER_REVIEW'], to: 'REJECTED', by: { kind: 'vendor' }, reason })) return false
  await returnFromPayment(tx, told.partner.id, row.id)
  await close(tx, told.partner.id, row.id)
  await tellDecision(tx, now, told, row, reason)
  return true
}

/** The invoice is right: payment begins, and nothing is owed. */
export async function approveInvoice(tx: Tx, now: Date, told: Told, row: StepRow): Promise<boolean> {
  if (!await stepRequest(tx, now, told.partner.id, row.id, { from: ['INVOICE_REVIEW'], to: 'PAYING', by: { kind: 'vendor' } })) return false
  await tx.run(sql`update payment_requests set is_invoice_owed = false where partner_id = ${told.partner.id} and id = ${row.id}::uuid`)
  return true
}

/** The invoice goes back, to be corrected (IC-08). */
export async function returnInvoice(tx: Tx, now: Date, told: Told, row: StepRow, reason: string): Promise<boolean> {
  if (!await stepRequest(tx, now, told.partner.id, row.id, { from: ['INVOICE_REVIEW'], to: 'INVOICE_REJECTED', by: { kind: 'vendor' }, reason })) return false
  await tellOfPayout(tx, now, told, 'IC-08', { ...factsOf(row), reason }, row.id)
  return true
}

/** Payment failed: the statements are confirmed again, and a bank transfer goes on by itself once new bank data are certified, a top-up once the vendor pays it again (IC-10). */
export async function failPayment(tx: Tx, now: Date, told: Told, row: StepRow, reason: string): Promise<boolean> {
  if (!await stepRequest(tx, now, told.partner.id, row.id, { from: ['PAYING'], to: 'PAYMENT_FAILED', by: { kind: 'vendor' }, reason })) return false
  await returnFromPayment(tx, told.partner.id, row.id)
  await close(tx, told.partner.id, row.id)
  await tellOfPayout(tx, now, told, 'IC-10', { ...factsOf(row), reason, way: row.option }, row.id)
  return true
}

type Payer = { by: StepBy; requestId: string; reason: string }
/** `settlement`: the certification does not stand, so nothing is settled meanwhile. */
export type NotPaid = 'state' | 'settlement'

/** Paid: a top-up is posted to the top-up account, a voucher quota is granted for a year, a bank transfer leaves the program. The statements are issued (IC-09). The books are posted to last.
 *  The caller holds the certification before the request. @returns why not, else undefined. */
export async function payRequest(tx: Tx, now: Date, told: Told, row: StepRow, { by, requestId, reason }: Payer): Promise<NotPaid | undefined> {
  const { id: partnerId, timeZone } = told.partner
  const business = await readBusiness(tx, partnerId)
  if (!isSettlementPossible(business)) return 'settlement'
  const from = row.option === 'VOUCHER_QUOTA' ? 'UNDER_REVIEW' as const : 'PAYING' as const
  if (!await stepRequest(tx, now, partnerId, row.id, { from: [from], to: 'COMPLETED', by })) return 'state'
  await completePayment(tx, now, partnerId, row.id)
  await close(tx, partnerId, row.id)
  await tellOfPayout(tx, now, told, 'IC-09', { ...factsOf(row), way: row.option }, row.id)
  const posting = { books: { partnerId, timeZone }, by: { actorId: null, proofId: null, keyHash: null, requestId, confirmedBy: 'none' as const, reason } }
  const arrivedAs = await arrive(tx, now, row, posting)
  await tx.run(sql`update payment_requests set arrived_as = ${arrivedAs}::text, paid_to_id = case when option = 'BANK_TRANSFER' then ${business.certifiedId}::uuid end where partner_id = ${partnerId} and id = ${row.id}::uuid`)
  return undefined
}

async function arrive(tx: Tx, now: Date, { option, payout }: StepRow, { books, by }: { books: { partnerId: string; timeZone: string }; by: Parameters<typeof post>[1]['by'] }): Promise<string | null> {
  switch (option) {
    case 'BANK_TRANSFER': return null
    case 'TOP_UP': {
      const accounts = await readAccounts(tx, books.partnerId, ['outside', 'top-up'], [])
      return (await post(tx, { books, by, at: now, kind: 'incentive', isBatch: false, accounts, moves: [{ accountId: accounts.partner('outside').id, amount: -payout }, { accountId: accounts.partner('top-up').id, amount: payout }] })).number
    }
    case 'VOUCHER_QUOTA': {
      const validTo = new Date(now)
      validTo.setUTCFullYear(validTo.getUTCFullYear() + voucherQuotaYears)
      return (await grantQuota(tx, now, { books, by, kind: 'VOUCHER', amount: payout, validFrom: now, validTo, origin: { source: 'incentive' } })).number
    }
  }
}

/** Gives a request up whose payment failed: it never goes on, and what it held, which was given back when it failed, can be requested anew, of a quarter, too. @returns whether it had failed and nobody was quicker. */
export const withdrawRequest = (tx: Tx, now: Date, partnerId: string, id: string, memberId: string): Promise<boolean> =>
  stepRequest(tx, now, partnerId, id, { from: ['PAYMENT_FAILED'], to: 'WITHDRAWN', by: { kind: 'member', memberId } })

class Changed extends Error {}

/** Payment goes on: the request takes its statements again, exactly as before and as they were invoiced. @returns false where it has not failed, or where a statement brings another amount by now or is in another
 *  request: then it stays failed, and a new request is made of what is free. */
export async function resumePayment(tx: Tx, now: Date, told: Told, row: StepRow, by: StepBy): Promise<boolean> {
  const partnerId = told.partner.id
  const items = await tx.rows<{ statementId: string; amount: bigint }>(sql`select statement_id as "statementId", amount from payment_items where partner_id = ${partnerId} and request_id = ${row.id}::uuid`)
  const before = new Map(items.map(({ statementId, amount }) => [statementId, amount]))
  try {
    return await tx.savepoint(async () => {
      if (!await stepRequest(tx, now, partnerId, row.id, { from: ['PAYMENT_FAILED'], to: 'PAYING', by })) return false
      const taken = await takeForPayment(tx, now, told, [...before.keys()], row.id, true)
      if ('refused' in taken || taken.items.length !== before.size || taken.items.some(({ id, amount }) => before.get(id) !== amount)) throw new Changed()
      await tx.run(sql`update payment_items set is_open = true where partner_id = ${partnerId} and request_id = ${row.id}::uuid`)
      return true
    })
  } catch (error) {
    if (error instanceof Changed) return false
    throw error
  }
}

/** @returns a condition on `payment_requests r`: a bank transfer that failed, whose partner has certified bank data since, and whose statements bring the same as before. */
export const canGoOn = (now: Date): SQL => sql`r.state = 'PAYMENT_FAILED' and r.option = 'BANK_TRANSFER' and exists (select 1 from businesses b where b.partner_id = r.partner_id and b.state = 'CERTIFIED' and b.certified_at > r.state_at)
  and not exists (select 1 from payment_items i join incentive_statements s on s.partner_id = i.partner_id and s.id = i.statement_id join incentive_programs p on p.id = s.program_id
    where i.partner_id = r.partner_id and i.request_id = r.id and ${payableAt(now)} <> i.amount)`

/** Bank transfers that failed go on, oldest first: once new bank data are certified, and where something stood in the way then, as a freeze, once that is gone. The caller holds the certification. @returns those that go on. */
export async function resumeFailed(tx: Tx, now: Date, told: Told): Promise<StepRow[]> {
  if (!isSettlementPossible(await readBusiness(tx, told.partner.id))) return []
  const failed = await tx.rows<StepRow>(sql`select ${columns} from payment_requests r where partner_id = ${told.partner.id} and ${canGoOn(now)} order by at, id for no key update`)
  const resumed: StepRow[] = []
  for (const row of failed) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other: they may want the same statement
    if (await resumePayment(tx, now, told, row, { kind: 'system' })) resumed.push(row)
  }
  return resumed
}

/** Requests that were submitted are under review from now on. @returns how many. */
export async function takeUp(tx: Tx, now: Date, partnerId: string): Promise<number> {
  const waiting = await tx.rows<{ id: string }>(sql`select id from payment_requests where partner_id = ${partnerId} and state = 'SUBMITTED' order by at, id for no key update`)
  for (const { id } of waiting) {
    // oxlint-disable-next-line no-await-in-loop -- few, each with its step
    await stepRequest(tx, now, partnerId, id, { from: ['SUBMITTED'], to: 'UNDER_REVIEW', by: { kind: 'system' } })
  }
  return waiting.length
}
