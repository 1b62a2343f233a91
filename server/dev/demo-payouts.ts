import type { PaymentState } from '#contract/incentive-payments.ts'
import type { PayoutOption, ProgramKind } from '#contract/incentives.ts'
import { seal } from '#server/auth/seal.ts'
import { list, sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { dayPart, nextNumber } from '#server/ledger/numbers.ts'
import { voucherQuotaWait } from '#server/limits.ts'
import { maskAccountNumber } from '#server/masking/mask.ts'
import { grantQuota } from '#server/operations/coupon-quotas.ts'
import { insertFile } from '#server/operations/documents.ts'
import { takeDocument } from '#server/operations/document-type.ts'
import { addLines, createProgram, createStatement } from '#server/operations/incentive-entry.ts'
import { deriveInvoice } from '#server/operations/invoice-amount.ts'
import { pdf, png } from '#server/testing/files.ts'
import type { Logged } from './demo-books.ts'
import { dayMs } from './demo-customers.ts'
import { uuidFrom } from './demo-ids.ts'
import type { DemoPartner } from './demo-people.ts'

type Desk = { partner: DemoPartner; partnerId: string; timeZone: string; memberIds: ReadonlyMap<string, string> }
const tax = { status: 'SMALL', rateBasisPoints: 300 } as const

type Business = { state: 'CERTIFIED' | 'UNDER_REVIEW' | 'TEST_PAYMENT'; creditCode: string; address: string; contact: string; mobile: string; account: string; bank: string; branch: string }
/** One partner is certified, one is under review, and one types the amount of its test payment: 0.37. */
const businesses: Record<string, Business> = {
  demo: { state: 'CERTIFIED', creditCode: '91330108MA2QYHK8XB', address: '浙江省杭州市西湖区旧桥巷9号', contact: '陈屿安', mobile: '+8610080010001', account: '571908866100308', bank: '招商银行', branch: '杭州西湖支行' },
  beacon: { state: 'UNDER_REVIEW', creditCode: '91310115MA1DTYL6NH', address: '上海市浦东新区灯塔路128号', contact: '何书遥', mobile: '+8610080020001', account: '310066726018800', bank: '交通银行', branch: '上海浦东分行' },
  harbor: { state: 'TEST_PAYMENT', creditCode: '91440300MA5BGXY7HG', address: '广东省深圳市盐田区泊港大道5号', contact: '梁见深', mobile: '+8610080030001', account: '755912345610308', bank: '招商银行', branch: '深圳盐田支行' },
}

/** A request of its own with one statement: `months` back, or of a period before 2019. */
type Story = { months: number; amount: bigint; state: PaymentState; option: PayoutOption; kind?: ProgramKind; period?: string; reason?: string }
const stories: readonly Story[] = [
  { months: 2, amount: 8_640_00n, state: 'SUBMITTED', option: 'TOP_UP' }, { months: 3, amount: 5_200_00n, state: 'UNDER_REVIEW', option: 'VOUCHER_QUOTA' }, { months: 4, amount: 3_180_00n, state: 'REJECTED', option: 'BANK_TRANSFER', reason: '收款信息与合同不一致，请核对后重新提交。' },
  { months: 5, amount: 12_500_50n, state: 'AWAITING_INVOICE', option: 'BANK_TRANSFER' }, { months: 6, amount: 9_999_99n, state: 'INVOICE_REVIEW', option: 'BANK_TRANSFER' }, { months: 7, amount: 7_421_00n, state: 'INVOICE_REJECTED', option: 'TOP_UP', reason: '发票章不清晰，请重新开具。' },
  { months: 8, amount: 15_060_00n, state: 'PAYING', option: 'BANK_TRANSFER' }, { months: 9, amount: 4_300_00n, state: 'PAYMENT_FAILED', option: 'BANK_TRANSFER', reason: '收款账户状态异常，请更正银行信息。' },
  { months: 5, amount: 23_700_00n, state: 'AWAITING_INVOICE', option: 'TOP_UP', kind: 'procurement' }, { months: 0, amount: 10_600_00n, state: 'AWAITING_INVOICE', option: 'BANK_TRANSFER', period: '2018-11' },
  { months: 10, amount: 2_860_00n, state: 'WITHDRAWN', option: 'BANK_TRANSFER', reason: '收款账户已销户，请更正银行信息。' },
]
const programs = {
  sales: { code: 'DEMO-REFERRAL', nameZh: '顾问销售激励', nameEn: 'Referral sales incentive', payoutOptions: ['BANK_TRANSFER', 'TOP_UP', 'VOUCHER_QUOTA'] }, procurement: { code: 'DEMO-PROCUREMENT', nameZh: '采购结算激励', nameEn: 'Procurement incentive', payoutOptions: ['BANK_TRANSFER', 'TOP_UP'] },
} as const satisfies Partial<Record<ProgramKind, object>>

/** Business information of three partners, and payment requests of `demo` in every state, for what its statements say was requested or paid and for statements of their own. Runs after the
 *  incentives. @returns what the operation log should say of it. */
export async function seedPayouts(tx: Tx, now: Date, desk: Desk): Promise<Logged[]> {
  const business = businesses[desk.partner.account]
  if (!business) return []
  const submissionId = await seedBusiness(tx, now, desk, business)
  if (business.state !== 'CERTIFIED') return []
  await tx.run(sql`insert into payout_settings (partner_id, automatic_option, changed_at, changed_by_id, version) values (${desk.partnerId}::uuid, 'VOUCHER_QUOTA', ${new Date(now.getTime() - 60 * dayMs)}::timestamptz, ${desk.memberIds.get('') ?? null}::uuid, 1)`)
  const logged = await seedPaid(tx, desk, submissionId)
  for (const kind of ['sales', 'procurement'] as const) await createProgram(tx, new Date(now.getTime() - 600 * dayMs), { ...programs[kind], kind, associationType: 'REFERRAL', onDeadline: 'AUTO_CONFIRM', workingDays: 40, taxBasisPoints: 0 }, uuidFrom(`incentive program ${programs[kind].code}`))
  for (const [place, story] of stories.entries()) logged.push(...await seedStory(tx, now, desk, submissionId, story, place))
  return logged
}

async function seedBusiness(tx: Tx, now: Date, { partner, partnerId, memberIds }: Desk, { state, creditCode, address, contact, mobile, account, bank, branch }: Business): Promise<string> {
  const id = uuidFrom(`business ${partner.account}`)
  const at = new Date(now.getTime() - (state === 'CERTIFIED' ? 400 : 3) * dayMs)
  const document = takeDocument(png(480, 320))
  if (typeof document === 'string') throw new Error(document)
  const byId = memberIds.get('') ?? null
  const certificateId = await insertFile(tx, at, { partnerId, kind: 'certificate', name: '纳税人证明.png', document, byId, isKept: true })
  await tx.run(sql`insert into business_submissions (partner_id, id, company_name, credit_code, address, contact_name, contact_mobile, account_name, bank_sealed, bank_masked, bank_name, branch, taxpayer_status, rate_basis_points, certificate_id, by_id, at, decided_at)
    values (${partnerId}::uuid, ${id}::uuid, ${partner.name}, ${creditCode}, ${address}, ${contact}, ${mobile}, ${partner.name}, ${seal(account)}, ${maskAccountNumber(account)}, ${bank}, ${branch}, ${tax.status}, ${tax.rateBasisPoints}::int, ${certificateId}::uuid,
      ${byId}::uuid, ${at}::timestamptz, ${state === 'UNDER_REVIEW' ? null : new Date(at.getTime() + dayMs)}::timestamptz)`)
  await tx.run(sql`insert into businesses (partner_id, state, submission_id, certified_id, certified_at, test_amount, test_sent_at, test_attempts)
    values (${partnerId}::uuid, ${state}, ${id}::uuid, ${state === 'CERTIFIED' ? id : null}::uuid, ${state === 'CERTIFIED' ? new Date(at.getTime() + 3 * dayMs) : null}::timestamptz, ${state === 'TEST_PAYMENT' ? 37n : null}::bigint, ${state === 'TEST_PAYMENT' ? new Date(at.getTime() + dayMs) : null}::timestamptz, 0)`)
  return id
}

type Item = { statementId: string; number: string; period: string; amount: bigint }
type Request = { id: string; at: Date; state: PaymentState; option: PayoutOption; items: readonly Item[]; quarter?: string; reason?: string; isCountersigned?: boolean; submissionId: string }

/** The statements that were paid, or are in a request, get the request that did it. */
async function seedPaid(tx: Tx, desk: Desk, submissionId: string): Promise<Logged[]> {
  type Row = Item & { programId: string; kind: ProgramKind; options: PayoutOption[]; state: string; requestId: string | null; confirmedAt: Date }
  const rows = await tx.rows<Row>(sql`select s.id as "statementId", s.number, to_char(s.period, 'YYYY-MM') as period, case when s.paid <> 0 then s.paid else s.requested end as amount, s.program_id as "programId", p.kind, p.payout_options as options, s.state, s.payment_request_id as "requestId",
    s.confirmed_at as "confirmedAt" from incentive_statements s join incentive_programs p on p.id = s.program_id where s.partner_id = ${desk.partnerId}::uuid and s.state in ('ISSUED', 'ISSUING') order by s.confirmed_at, s.number`)
  const logged: Logged[] = []
  for (const [key, items] of Map.groupBy(rows, ({ programId, period }) => `${programId} ${period}`)) {
    const [first] = items
    if (!first) continue
    const option = first.options.includes('BANK_TRANSFER') ? 'BANK_TRANSFER' : 'VOUCHER_QUOTA'
    const quarter = first.kind === 'project' ? `${first.period.slice(0, 4)}-Q${Math.ceil(Number(first.period.slice(5)) / 3)}` : undefined
    logged.push(...await seedRequest(tx, desk, { id: first.requestId ?? uuidFrom(`payment ${key}`), at: new Date(first.confirmedAt.getTime() + dayMs), state: first.state === 'ISSUED' ? 'COMPLETED' : 'UNDER_REVIEW', option, items, submissionId, ...(quarter !== undefined && { quarter }) }))
  }
  return logged
}

async function seedStory(tx: Tx, now: Date, desk: Desk, submissionId: string, { months, amount, state, option, kind = 'sales', period, reason }: Story, place: number): Promise<Logged[]> {
  const { partnerId, timeZone, memberIds } = desk
  const month = period ?? new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 1)).toISOString().slice(0, 7)
  const at = new Date(now.getTime() - (state === 'SUBMITTED' || option === 'VOUCHER_QUOTA' ? 0 : place + 1) * dayMs)
  const confirmedAt = new Date(at.getTime() - dayMs)
  const made = await createStatement(tx, new Date(at.getTime() - 9 * dayMs), { id: partnerId, timeZone }, { programId: uuidFrom(`incentive program ${programs[kind === 'procurement' ? 'procurement' : 'sales'].code}`), period: month, isNegative: false, id: uuidFrom(`payout statement ${place}`) })
  await addLines(tx, partnerId, { ...made, isNegative: false, lines: 0, taxBasisPoints: 0 }, [{ customerId: null, noCustomer: 'PARTNER_LEVEL', order: null, dataNumber: `P${place}`, productType: '顾问销售服务', billingMode: 'ONE_TIME', associationType: 'REFERRAL', baseAmount: amount * 20n, rate: 50_000, incentive: amount, reseller: null, id: uuidFrom(`payout line ${place}`) }])
  const only = sql`partner_id = ${partnerId}::uuid and id = ${made.id}::uuid`
  await tx.run(sql`update incentive_statements set state = 'PENDING_CONFIRMATION', published_at = ${new Date(at.getTime() - 8 * dayMs)}::timestamptz, confirm_day = ${new Date(at.getTime() + 50 * dayMs).toISOString().slice(0, 10)}::date, confirm_until = ${new Date(at.getTime() + 50 * dayMs)}::timestamptz where ${only}`)
  await tx.run(sql`update incentive_statements set state = 'CONFIRMED', confirmed_at = ${confirmedAt}::timestamptz, confirmed_by_id = ${memberIds.get('') ?? null}::uuid, confirmed_amount = net where ${only}`)
  const id = uuidFrom(`payment story ${place}`)
  if (state !== 'REJECTED' && state !== 'PAYMENT_FAILED' && state !== 'WITHDRAWN') await tx.run(sql`update incentive_statements set state = 'ISSUING', requested = net, payment_request_id = ${id}::uuid where ${only}`)
  return await seedRequest(tx, desk, { id, at, state, option, items: [{ statementId: made.id, number: made.number, period: month, amount }], submissionId, isCountersigned: kind === 'procurement', ...(reason !== undefined && { reason }) })
}

const path: readonly PaymentState[] = ['SUBMITTED', 'UNDER_REVIEW', 'AWAITING_INVOICE', 'INVOICE_REVIEW', 'PAYING', 'COMPLETED']
/** The states a request went through, up to where it is. */
function pathTo(state: PaymentState, option: PayoutOption): PaymentState[] {
  if (option === 'VOUCHER_QUOTA' && state === 'COMPLETED') return ['SUBMITTED', 'UNDER_REVIEW', 'COMPLETED']
  if (state === 'REJECTED') return ['SUBMITTED', 'UNDER_REVIEW', 'REJECTED']
  if (state === 'INVOICE_REJECTED' || state === 'PAYMENT_FAILED') return [...path.slice(0, state === 'INVOICE_REJECTED' ? 4 : 5), state]
  if (state === 'WITHDRAWN') return [...path.slice(0, 5), 'PAYMENT_FAILED', state]
  return path.slice(0, path.indexOf(state) + 1)
}

/** Writes a request as it would stand after its steps, with its invoice where it has one. They are an hour apart; a voucher quota is under review at once. */
async function seedRequest(tx: Tx, desk: Desk, { id, at, state, option, items, quarter, reason, isCountersigned = false, submissionId }: Request): Promise<Logged[]> {
  const { partnerId, timeZone, memberIds } = desk
  const steps = pathTo(state, option).map((step, place) => ({ state: step, at: new Date(at.getTime() + place * (option === 'VOUCHER_QUOTA' && state !== 'COMPLETED' ? 0 : 3_600_000)) }))
  const total = items.reduce((sum, { amount }) => sum + amount, 0n)
  const payout = option === 'VOUCHER_QUOTA' ? total : deriveInvoice(items, tax).total
  const periods = items.map(({ period }) => `${period}-01`).toSorted()
  const byId = memberIds.get('') ?? null
  const listAt = !isCountersigned && steps.find((step) => step.state === 'AWAITING_INVOICE')?.at
  const [made] = await tx.rows<{ number: string }>(sql`insert into payment_requests (partner_id, id, number, at, state, state_at, option, quarter, total, payout, period_from, period_to, operator_id, reason, business_id, paid_to_id, is_countersigned, is_invoice_owed, list_published_at, due_at)
    values (${partnerId}::uuid, ${id}::uuid, ${nextNumber('PR', 'payment_numbers', dayPart(at, timeZone))}, ${at}::timestamptz, ${state}, ${steps.at(-1)?.at ?? at}::timestamptz, ${option}, ${quarter ?? null}::text, ${total}::bigint, ${payout}::bigint, ${periods[0]}::date, ${periods.at(-1)}::date,
      ${byId}::uuid, ${state === 'WITHDRAWN' ? null : reason ?? null}::text, ${submissionId}::uuid, ${state === 'COMPLETED' && option === 'BANK_TRANSFER' ? submissionId : null}::uuid, ${isCountersigned}::boolean, false, ${listAt || null}::timestamptz, ${option === 'VOUCHER_QUOTA' ? new Date(at.getTime() + voucherQuotaWait * 1000) : null}::timestamptz) returning number`)
  if (!made) throw new Error('no request was made')
  await tx.run(sql`insert into payment_items (partner_id, request_id, statement_id, amount, is_open) select ${partnerId}::uuid, ${id}::uuid, i.statement_id, i.amount, ${!['REJECTED', 'PAYMENT_FAILED', 'WITHDRAWN', 'COMPLETED'].includes(state)}::boolean
    from unnest(${list(items.map(({ statementId }) => statementId))}::uuid[], ${list(items.map(({ amount }) => amount))}::bigint[]) as i(statement_id, amount)`)
  for (const [place, step] of steps.entries()) {
    const isMember = step.state === 'SUBMITTED' || step.state === 'INVOICE_REVIEW' || step.state === 'WITHDRAWN'
    await tx.run(sql`insert into payment_steps (partner_id, request_id, seq, state, at, reason, by, member_id) values (${partnerId}::uuid, ${id}::uuid, ${place + 1}::int, ${step.state}, ${step.at}::timestamptz, ${step.state === (state === 'WITHDRAWN' ? 'PAYMENT_FAILED' : state) ? reason ?? null : null}::text, ${isMember ? 'member' : 'vendor'}, ${isMember ? byId : null}::uuid)`)
  }
  const invoicedAt = steps.find((step) => step.state === 'INVOICE_REVIEW')?.at
  if (invoicedAt) await seedInvoice(tx, desk, { id, payout, at: invoicedAt, isElectronic: state === 'INVOICE_REVIEW' })
  if (state === 'COMPLETED' && option === 'VOUCHER_QUOTA') await seedQuota(tx, desk, { id, payout, at: steps.at(-1)?.at ?? at, number: made.number })
  const entry = (when: Date, by: string | null, operation: 'payment.requested' | 'payment.step', details: Record<string, string | number>): Logged => ({ at: when, by, requestId: uuidFrom(`${operation} ${id}`), facts: { operation, objectKind: 'payment', objectNumber: made.number, amount: operation === 'payment.step' ? payout : total, details } })
  const last = steps.at(-1)
  return [entry(at, '', 'payment.requested', { count: items.length, type: option }), ...(last && steps.length > 1 ? [entry(last.at, null, 'payment.step', { after: state })] : [])]
}

async function seedInvoice(tx: Tx, { partnerId, memberIds }: Desk, { id, payout, at, isElectronic }: { id: string; payout: bigint; at: Date; isElectronic: boolean }): Promise<void> {
  const net = (payout * 100n + 51n) / 103n
  const digits = BigInt(`0x${id.replaceAll('-', '').slice(0, 15)}`)
  const number = isElectronic ? String(digits).padStart(20, '2').slice(0, 20) : String(10_000_000n + (digits % 90_000_000n))
  const byId = memberIds.get('') ?? null
  const document = isElectronic ? takeDocument(pdf(['电子发票', number])) : undefined
  const fileId = typeof document === 'object' ? await insertFile(tx, at, { partnerId, kind: 'invoice', name: '电子发票.pdf', document, byId, isKept: true }) : null
  const code = isElectronic ? '' : '3300201130'
  await tx.run(sql`insert into incentive_invoices (partner_id, request_id, kind, number, code, day, net, tax, total, carrier, tracking_number, file_id, by_id, at)
    values (${partnerId}::uuid, ${id}::uuid, ${isElectronic ? 'ELECTRONIC_SPECIAL' : 'SPECIAL'}, ${number}, ${code}, ${at.toISOString().slice(0, 10)}::date, ${net}::bigint, ${payout - net}::bigint, ${payout}::bigint, ${isElectronic ? '' : '顺丰速运'}, ${isElectronic ? '' : `SF${number}01`}, ${fileId}::uuid, ${byId}::uuid, ${at}::timestamptz)`)
  await tx.run(sql`insert into invoice_numbers (partner_id, code, number, request_id, at) values (${partnerId}::uuid, ${code}, ${number}, ${id}::uuid, ${at}::timestamptz)`)
}

async function seedQuota(tx: Tx, { partnerId, timeZone }: Desk, { id, payout, at, number }: { id: string; payout: bigint; at: Date; number: string }): Promise<void> {
  const validTo = new Date(at)
  validTo.setUTCFullYear(validTo.getUTCFullYear() + 1)
  const by = { actorId: null, proofId: null, keyHash: null, requestId: uuidFrom(`quota ${id}`), confirmedBy: 'none', reason: number } as const
  const quota = await grantQuota(tx, at, { books: { partnerId, timeZone }, by, kind: 'VOUCHER', amount: payout, validFrom: at, validTo, origin: { source: 'incentive' } })
  await tx.run(sql`update payment_requests set arrived_as = ${quota.number} where partner_id = ${partnerId}::uuid and id = ${id}::uuid`)
}
