import { randomUUID } from 'node:crypto'
import type { OnDeadline, ProgramKind } from '#contract/incentives.ts'
import { list, sql } from '#server/db/query.ts'
import { addLines, createProgram, createStatement, publishStatement, type NewLine } from '#server/operations/incentive-entry.ts'
import { completePayment, returnFromPayment, takeForPayment } from '#server/operations/incentive-payable.ts'
import type { TestApp, TestPartner } from './app.ts'

export type TestStatement = { id: string; number: string; programId: string; lineIds: string[]; lineNumbers: string[] }
type Wish = { onDeadline?: OnDeadline; kind?: ProgramKind; workingDays?: number; taxBasisPoints?: number; period?: string; isNegative?: boolean; programId?: string; isEstimated?: boolean; lines?: readonly Partial<NewLine>[] }

export const toldOf = (partner: Pick<TestPartner, 'id'>) => ({ partner: { id: partner.id, timeZone: 'Asia/Shanghai' }, publicUrl: 'http://console.test' })

let programs = 0
/** @returns a program of its own; by default it lapses after 40 working days and has no tax. */
export async function newProgram(app: TestApp, { onDeadline = 'LAPSE', kind = 'project', workingDays = 40, taxBasisPoints = 0 }: Wish = {}): Promise<string> {
  programs += 1
  const id = await app.database.inGlobal((tx, now) => createProgram(tx, now, { code: `P${programs}-${randomUUID().slice(0, 8)}`, nameZh: `激励计划${programs}`, nameEn: `Program ${programs}`, kind, associationType: null, onDeadline, workingDays, payoutOptions: ['BANK_TRANSFER', 'TOP_UP', 'VOUCHER_QUOTA'], taxBasisPoints }))
  if (id === undefined) throw new Error('the program exists')
  return id
}

let rows = 0
/** @param partial what matters about the line. @returns one of 100.00 without customer. */
function newLine(partial: Partial<NewLine> = {}): NewLine {
  rows += 1
  const { customerId = null } = partial
  return {
    customerId, noCustomer: customerId === null ? 'PARTNER_LEVEL' : null, order: `CS${rows}`, dataNumber: `D${rows}`, productType: '弹性云服务器', billingMode: 'PAY_PER_USE', associationType: 'RESALE',
    baseAmount: 1_000_00n, rate: 100_000, incentive: 100_00n, reseller: null, ...partial,
  }
}

/** A statement of a program of its own, waiting for confirmation unless it is to stay estimated. */
export async function newStatement(app: TestApp, partner: Pick<TestPartner, 'id'>, wish: Wish = {}): Promise<TestStatement> {
  const { period = '2026-10', isNegative = false, lines = [isNegative ? { incentive: -100_00n } : {}], taxBasisPoints = 0 } = wish
  const programId = wish.programId ?? await newProgram(app, wish)
  return await app.inTenant(partner.id, async (tx, now) => {
    const made = await createStatement(tx, now, toldOf(partner).partner, { programId, period, isNegative })
    await addLines(tx, partner.id, { ...made, isNegative, lines: 0, taxBasisPoints }, lines.map(newLine))
    if (wish.isEstimated !== true) await publishStatement(tx, now, toldOf(partner), made.id)
    const stored = await tx.rows<{ id: string; number: string }>(sql`select id, number from incentive_lines where partner_id = ${partner.id} and statement_id = ${made.id} order by seq`)
    return { ...made, programId, lineIds: stored.map(({ id }) => id), lineNumbers: stored.map(({ number }) => number) }
  })
}

/** Confirms as the partner's first administrator would have, without asking the API. */
export const confirmNow = (app: TestApp, partner: Pick<TestPartner, 'id'>, ...ids: string[]) => app.inTenant(partner.id, (tx, now) =>
  tx.run(sql`update incentive_statements set state = 'CONFIRMED', confirmed_at = ${now}, confirmed_amount = net where partner_id = ${partner.id} and id = any(${list(ids)}::uuid[])`))

/** Takes statements into a payment, and pays or returns it. */
export const payments = (app: TestApp, partner: Pick<TestPartner, 'id'>) => ({
  take: (ids: readonly string[], requestId: string = randomUUID()) => app.inTenant(partner.id, async (tx, now) => ({ requestId, taken: await takeForPayment(tx, now, toldOf(partner), ids, requestId) })),
  pay: (requestId: string) => app.inTenant(partner.id, (tx, now) => completePayment(tx, now, partner.id, requestId)),
  giveBack: (requestId: string) => app.inTenant(partner.id, (tx) => returnFromPayment(tx, partner.id, requestId)),
})
