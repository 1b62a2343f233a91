import type { PaymentBlock, QuarterRow, requestQuarter } from '#contract/incentive-payments.ts'
import { PayoutOption } from '#contract/incentives.ts'
import { fromMinor, toMinor } from '#contract/money.ts'
import type { Context, Operation } from '#server/http/context.ts'
import type { Deps } from '#server/http/deps.ts'
import { Refusal } from '#server/http/refusal.ts'
import { chinaDayOf } from '#server/messages/working-days.ts'
import { lockBusiness, readBusiness, type BusinessRow } from '#server/operations/business.ts'
import { payableAt, stateAt } from '#server/operations/incentive-payable.ts'
import { blocksOf, demandSettlement, readCandidates, readSettings, submitRequest, type Candidate, type NewRequest } from '#server/operations/payments.ts'
import { holdRequest } from '#server/operations/payment-steps.ts'
import { presentStatement } from './present.ts'
import { detailOf, toldOf } from './request.ts'
import { monthsOf, quarterBlocks, quarterOf } from './rules.ts'
import { readProjects, readQuarterRequests, type ProjectRow } from './store.ts'

/** A quarter as it is judged: what a request would hold, and what stands in the way. */
type Judged = { quarter: string; statements: ProjectRow[]; held: Candidate[]; total: bigint; row: QuarterRow }

/** @param only one quarter; all that have project incentives without it. @returns the quarters, newest first, each with its blocks. */
export async function judgeQuarters({ tx, now, actor: { partner }, request: { locale } }: Context, only?: string): Promise<Judged[]> {
  const projects = await readProjects(tx, partner.id, { stateAt: stateAt(now), payableAt: payableAt(now) })
  const candidates = await readCandidates(tx, now, partner.id)
  const requests = await readQuarterRequests(tx, partner.id)
  const general = blocksOf(now, await readBusiness(tx, partner.id), await readSettings(tx, partner.id))
  const quarters = [...new Set(projects.map(({ period }) => quarterOf(period)))].filter((quarter) => only === undefined || quarter === only)
  return quarters.map((quarter) => {
    const months = monthsOf(quarter)
    const statements = projects.filter(({ period }) => months.includes(period))
    const own = candidates.filter(({ id, payable }) => payable > 0n && statements.some((one) => one.id === id))
    const held = own.length === 0 ? [] : [...own, ...candidates.filter(({ isNegative }) => isNegative)]
    const total = held.reduce((sum, { payable }) => sum + payable, 0n)
    const frozen = own.reduce((sum, { id, payable }) => sum + (statements.find((one) => one.id === id)?.net ?? payable) - payable, 0n)
    const blocks = [...quarterBlocks(quarter, statements, total, chinaDayOf(now).slice(0, 7)), ...general.map((block: PaymentBlock) => ({ block, month: null }))]
    const request = requests.find((one) => one.quarter === quarter)
    return {
      quarter, statements, held, total,
      row: {
        quarter, months: months.map((month) => monthSum(month, statements)), items: held.map((one) => presentStatement(one, one.payable, locale)), frozen: fromMinor(frozen), total: fromMinor(total),
        options: PayoutOption.options.filter((option) => own.every(({ options }) => options.includes(option))), blocks, isRequestable: blocks.length === 0,
        request: request ? { id: request.id, number: request.number, state: request.state, option: request.option } : null,
      },
    }
  })
}

function monthSum(month: string, statements: readonly ProjectRow[]): QuarterRow['months'][number] {
  const here = statements.filter(({ period }) => period === month)
  return { month, statements: here.length, amount: fromMinor(here.reduce((sum, { net }) => sum + net, 0n)), isLapsed: here.length > 0 && here.every(({ state }) => state === 'LAPSED') }
}

type Prepared = { business: BusinessRow; request: NewRequest }

/** Requests what is confirmed of one quarter. One that was rejected goes on under its number. */
export const quarterOperation = (deps: Deps): Operation<typeof requestQuarter, Prepared> => ({
  permission: 'incentive.request', refused: 'payment.requested',
  async prepare({ body: { quarter, option, total } }, context) {
    const { tx, now, actor: { partner, member }, request: { locale } } = context
    await lockBusiness(tx, partner.id, 'use')
    const [found] = await judgeQuarters(context, quarter)
    if (!found) throw new Refusal('not_found')
    const business = await demandSettlement(tx, now, partner.id)
    const { row, held } = found
    if (row.blocks.length > 0) throw new Refusal('conflict', { sentence: 'quarter_blocked', facts: { blocks: row.blocks.map(({ block, month }) => (month === null ? block : `${block}:${month}`)).join(' ') } })
    if (!row.options.includes(option)) throw new Refusal('conflict', { sentence: 'payment_option' })
    if (found.total !== toMinor(total)) throw new Refusal('stale', { sentence: 'payment_stale', facts: { total: fromMinor(found.total) } })
    const again = row.request?.state === 'REJECTED' ? await holdRequest(tx, partner.id, { id: row.request.id }) : undefined
    return { business, request: { ...(again?.state === 'REJECTED' && { id: again.id }), statementIds: held.map(({ id }) => id), option, quarter, operatorId: member.id, expected: found.total, locale } }
  },
  async apply({ business, request }, _input, context) {
    const { id } = await submitRequest(context.tx, context.now, toldOf(context, deps), business, request)
    return await detailOf(context, id)
  },
  log: ({ number, items, option, quarter }, { request: { expected } }) => ({ operation: 'payment.requested', objectKind: 'payment', objectNumber: number, amount: expected ?? 0n, details: { count: items.length, type: option, ...(quarter !== null && { content: quarter }) } }),
})
