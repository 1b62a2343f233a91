import type { createPayment, PaymentDetail, resendPayment, withdrawPayment } from '#contract/incentive-payments.ts'
import type { Parsed } from '#contract/endpoint.ts'
import { fromMinor, toMinor } from '#contract/money.ts'
import type { Context, Operation } from '#server/http/context.ts'
import type { Deps } from '#server/http/deps.ts'
import { Refusal } from '#server/http/refusal.ts'
import { rowSentence } from '#server/http/sentences.ts'
import { lockBusiness, type BusinessRow } from '#server/operations/business.ts'
import { holdRequest, withdrawRequest, type StepRow } from '#server/operations/payment-steps.ts'
import { demandSettlement, readCandidates, readStatements, submitRequest, totalRefusal, type Candidate, type NewRequest } from '#server/operations/payments.ts'
import { presentDetail } from './present.ts'
import { whyNotRequested } from './rules.ts'
import { readBank, readItems, readPayment, readSteps } from './store.ts'

type Asked = Parsed<typeof createPayment>['body']
type Prepared = { business: BusinessRow; request: NewRequest }

/** Every rule of a request, each statement with its own reason. Refuses an unknown or foreign one with not_found, without naming it. */
async function prepare({ statementIds, option, total }: Asked, { tx, now, actor: { partner, member }, request: { locale } }: Context): Promise<Prepared> {
  const business = await demandSettlement(tx, now, partner.id)
  const ids = [...new Set(statementIds.map((id) => id.toLowerCase()))]
  const statements = await readStatements(tx, now, partner.id, ids)
  if (statements.length < ids.length) throw new Refusal('not_found')
  const rows = statements.flatMap((statement) => {
    const code = whyNotRequested(statement, option)
    return code === undefined ? [] : [{ row: statementIds.findIndex((id) => id.toLowerCase() === statement.id), code, message: rowSentence(code, locale, {}) }]
  })
  if (rows.length > 0) throw new Refusal('rows_refused', { sentence: 'payments_refused', rows })
  const sum = await totalWith(statements, { tx, now, partnerId: partner.id })
  if (sum <= 0n) throw totalRefusal(sum)
  if (sum !== toMinor(total)) throw new Refusal('stale', { sentence: 'payment_stale', facts: { total: fromMinor(sum) } })
  return { business, request: { statementIds: ids, option, quarter: null, operatorId: member.id, expected: sum, locale } }
}

/** What the chosen ones come to, with every negative incentive. */
async function totalWith(chosen: readonly Candidate[], { tx, now, partnerId }: { tx: Context['tx']; now: Date; partnerId: string }): Promise<bigint> {
  const negative = (await readCandidates(tx, now, partnerId)).filter(({ isNegative, id }) => isNegative && !chosen.some((one) => one.id === id))
  return [...chosen, ...negative].reduce((sum, { payable }) => sum + payable, 0n)
}

/** Requests any of the requestable statements. */
export const createOperation = (deps: Deps): Operation<typeof createPayment, Prepared> => ({
  permission: 'incentive.request', refused: 'payment.requested',
  prepare: ({ body }, context) => prepare(body, context),
  async apply({ business, request }, _input, context) {
    const { id } = await submitRequest(context.tx, context.now, toldOf(context, deps), business, request)
    return await detailOf(context, id)
  },
  log: ({ number, items, option }, { request: { expected } }) => ({ operation: 'payment.requested', objectKind: 'payment', objectNumber: number, amount: expected ?? 0n, details: { count: items.length, type: option } }),
})

/** Sends a rejected request again, with statements and option chosen anew. */
export const resendOperation = (deps: Deps): Operation<typeof resendPayment, Prepared> => ({
  permission: 'incentive.request', refused: 'payment.resent',
  async prepare({ params: { id }, body }, context) {
    const { tx, actor: { partner } } = context
    // In the order of everybody: the certification, then the request, then its statements.
    await lockBusiness(tx, partner.id, 'use')
    const held = await holdRequest(tx, partner.id, { id })
    if (!held) throw new Refusal('not_found')
    if (held.quarter !== null) throw new Refusal('conflict', { sentence: 'payment_quarterly' })
    if (held.state !== 'REJECTED') throw new Refusal('conflict', { sentence: 'payment_state' })
    const prepared = await prepare(body, context)
    return { ...prepared, request: { ...prepared.request, id } }
  },
  async apply({ business, request }, { params: { id } }, context) {
    await submitRequest(context.tx, context.now, toldOf(context, deps), business, request)
    return await detailOf(context, id)
  },
  log: ({ number, items, option }, { request: { expected } }) => ({ operation: 'payment.resent', objectKind: 'payment', objectNumber: number, amount: expected ?? 0n, details: { count: items.length, type: option } }),
})

/** Gives a request up whose payment failed. Of this and whatever lets it go on, one happens. */
export const withdrawOperation: Operation<typeof withdrawPayment, StepRow> = {
  permission: 'incentive.request', refused: 'payment.withdrawn',
  async prepare({ params: { id } }, { tx, actor: { partner } }) {
    await lockBusiness(tx, partner.id, 'use')
    const held = await holdRequest(tx, partner.id, { id })
    if (!held) throw new Refusal('not_found')
    if (held.state !== 'PAYMENT_FAILED') throw new Refusal('conflict', { sentence: 'payment_state' })
    return held
  },
  async apply({ id }, _input, context) {
    if (!await withdrawRequest(context.tx, context.now, context.actor.partner.id, id, context.actor.member.id)) throw new Refusal('conflict', { sentence: 'payment_state' })
    return await detailOf(context, id)
  },
  log: ({ number, items, option, quarter }, { total }) => ({ operation: 'payment.withdrawn', objectKind: 'payment', objectNumber: number, amount: total, details: { count: items.length, type: option, ...(quarter !== null && { content: quarter }) } }),
}

/** @returns who is told of what happens to requests. */
export const toldOf = ({ actor: { partner } }: Pick<Context, 'actor'>, { settings: { publicUrl } }: Pick<Deps, 'settings'>) => ({ partner: { id: partner.id, timeZone: partner.timeZone }, publicUrl })

/** @returns one request of the partner with everything in it. Refuses with not_found. */
export async function detailOf({ tx, actor: { partner, permissions }, request: { locale } }: Context, id: string): Promise<PaymentDetail> {
  const row = await readPayment(tx, partner.id, id)
  if (!row) throw new Refusal('not_found')
  const [items, steps, bank] = [await readItems(tx, partner.id, id), await readSteps(tx, partner.id, id), await readBank(tx, partner.id, row.paidToId)]
  return presentDetail(row, { items, steps, bank }, { permissions, locale })
}
