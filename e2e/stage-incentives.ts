import { randomUUID } from 'node:crypto'
import * as z from 'zod/mini'
import { AssociationType } from '#contract/customers.ts'
import { OnDeadline, Period, ProgramKind } from '#contract/incentives.ts'
import { Figure, toMinor } from '#contract/money.ts'
import { sql } from '#server/db/query.ts'
import type { Database, Tx } from '#server/db/transaction.ts'
import { adjustLine, excludeLine, settleFeedback } from '#server/operations/incentive-corrections.ts'
import { addLines, createProgram, createStatement, publishStatement } from '#server/operations/incentive-entry.ts'
import { freeze } from '#server/operations/incentive-freezes.ts'

const Uuid = z.uuid()
const ofPartner = { partnerId: Uuid }

/** A line; without a customer it is of the partner as a whole. */
const Line = z.strictObject({ customerId: z._default(z.nullable(Uuid), null), incentive: z._default(Figure, Figure.parse('100.00')), productType: z._default(z.string(), '弹性云服务器'), reseller: z._default(z.nullable(z.string()), null) })

/** What the vendor enters about incentives. */
export const incentiveRequests = {
  /** A statement of a program of its own; it waits for confirmation unless it is to stay estimated. */
  statement: z.strictObject({
    ...ofPartner, period: z._default(Period, '2026-10'), kind: z._default(ProgramKind, 'sales'), onDeadline: z._default(OnDeadline, 'AUTO_CONFIRM'), associationType: z._default(z.nullable(AssociationType), 'RESALE'), workingDays: z._default(z.int(), 10), taxPercent: z._default(z.int(), 0),
    isNegative: z._default(z.boolean(), false), isEstimated: z._default(z.boolean(), false), name: z._default(z.string(), '销售激励'), nameEn: z._default(z.string(), 'Sales incentive'), lines: z._default(z.array(Line), [Line.parse({})]),
  }),
  /** The vendor holds every line of the statement back. */
  frozenStatement: z.strictObject({ ...ofPartner, statementId: Uuid, explanation: z.string() }),
  /** The vendor adds to a line, or takes it out. */
  correctedLine: z.strictObject({ ...ofPartner, line: z.string(), /** Left out: excluded. */ amount: z.optional(Figure), reason: z.string() }),
  /** The vendor answers what was said about a line. */
  answeredFeedback: z.strictObject({ ...ofPartner, line: z.string(), answer: z.string() }),
}
type Given<K extends keyof typeof incentiveRequests> = z.output<(typeof incentiveRequests)[K]>

const toldOf = (partnerId: string) => ({ partner: { id: partnerId, timeZone: 'Asia/Shanghai' }, publicUrl: 'http://console.test' })
let rows = 0

/** @returns what answers incentiveRequests, by the functions that the operator's commands use. */
export function incentives(database: Database) {
  return {
    async statement(given: Given<'statement'>) {
      const { partnerId, period, isNegative, isEstimated, taxPercent } = given
      const programId = await database.inGlobal((tx, now) => createProgram(tx, now, {
        code: `P-${randomUUID().slice(0, 8)}`, nameZh: given.name, nameEn: given.nameEn, kind: given.kind, associationType: given.associationType, onDeadline: given.onDeadline, workingDays: given.workingDays,
        payoutOptions: ['TOP_UP', 'VOUCHER_QUOTA'], taxBasisPoints: taxPercent * 100,
      }))
      if (programId === undefined) throw new Error('the program exists')
      return await database.inTenant(partnerId, async (tx, now) => {
        const made = await createStatement(tx, now, toldOf(partnerId).partner, { programId, period, isNegative })
        await addLines(tx, partnerId, { ...made, isNegative, lines: 0, taxBasisPoints: taxPercent * 100 }, given.lines.map((line) => newLine(line, given.associationType ?? 'RESALE')))
        if (!isEstimated) await publishStatement(tx, now, toldOf(partnerId), made.id)
        return { ...made, lines: await numbersOf(tx, partnerId, made.id) }
      })
    },
    frozenStatement: ({ partnerId, statementId, explanation }: Given<'frozenStatement'>) =>
      expectDone(database.inTenant(partnerId, (tx, now) => freeze(tx, now, toldOf(partnerId), { statementId, which: sql`true`, cause: 'VENDOR_DECISION', explanation, customerId: null }))),
    correctedLine: ({ partnerId, line, amount, reason }: Given<'correctedLine'>) => expectDone(database.inTenant(partnerId, (tx, now) => (amount === undefined
      ? excludeLine(tx, now, partnerId, { number: line, reason }) : adjustLine(tx, now, partnerId, { number: line, amount: toMinor(amount), reason, operator: 'vendor.li' })))),
    answeredFeedback: ({ partnerId, line, answer }: Given<'answeredFeedback'>) =>
      expectDone(database.inTenant(partnerId, (tx, now) => settleFeedback(tx, now, toldOf(partnerId), { line, answer }))),
  }
}

function newLine({ customerId, incentive, productType, reseller }: z.output<typeof Line>, associationType: AssociationType) {
  rows += 1
  const minor = toMinor(incentive)
  return {
    customerId, noCustomer: customerId === null ? 'PARTNER_LEVEL' as const : null, order: `CS2611${String(rows).padStart(6, '0')}`, dataNumber: `D${randomUUID().slice(0, 8).toUpperCase()}`, productType, billingMode: 'PAY_PER_USE' as const, associationType,
    baseAmount: (minor < 0n ? -minor : minor) * 10n, rate: 100_000, incentive: minor, reseller,
  }
}

/** Refuses by throwing when the vendor was told why not. Amounts in minor units do not travel. */
async function expectDone(done: Promise<unknown>): Promise<void> {
  const answer = await done
  if (answer === undefined || typeof answer === 'string') throw new Error(`the vendor could not do it: ${answer ?? 'unknown'}`)
}

async function numbersOf(tx: Tx, partnerId: string, statementId: string): Promise<string[]> {
  const found = await tx.rows<{ number: string }>(sql`select number from incentive_lines where partner_id = ${partnerId} and statement_id = ${statementId} order by seq`)
  return found.map(({ number }) => number)
}
