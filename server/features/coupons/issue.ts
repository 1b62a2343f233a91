import { issueCoupons, type CouponKind, type IssueBody } from '#contract/coupons.ts'
import type { Reply } from '#contract/endpoint.ts'
import { amountFromMinor, fromMinor, toMinor } from '#contract/money.ts'
import type { Fact, Summary } from '#contract/proofs.ts'
import { boundsOf } from '#server/db/days.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { Confirmed, Context, LogFacts, Operation } from '#server/http/context.ts'
import { Refusal } from '#server/http/refusal.ts'
import { shortage } from '#server/ledger/post.ts'
import { maskCompany } from '#server/masking/mask.ts'
import { issueFrom, type Terms } from '#server/operations/coupon-issue.ts'
import { tellIssued } from '#server/operations/coupon-notices.ts'
import { lockQuotas, quotaStateOf, type LockedQuota } from '#server/operations/coupon-quotas.ts'
import { admitKind, refuseField, refuseRows } from './admit.ts'
import { authorshipOf, booksOf, dayOf, lastDayOf } from './outcome.ts'
import { issueFromOf, lockReceivers, readMasters, type Customer } from './receivers.ts'
import { narrow, refuseIssue, sameId, totalOf } from './rules.ts'

type Endpoint = (typeof issueCoupons)[CouponKind]
type Done = Reply<Endpoint>
type Prepared = { quota: LockedQuota; terms: Terms; /** Who gets a coupon, in the order asked for. */ receivers: Customer[]; total: bigint; moment: Date }

/** Issues coupons of one kind from a quota to at most ten customers, all or nothing. */
export const issueOperation = (kind: CouponKind): Operation<Endpoint, Prepared> => ({
  permission: 'coupon.issue',
  prepare: ({ body }, context) => prepare(kind, body, context),
  summarize: (prepared, { body }) => summarize(kind, prepared, body),
  canonical: ({ body }) => ({ ...body, quotaId: sameId(body.quotaId), customerIds: body.customerIds.map(sameId).toSorted(), products: body.products.toSorted(), orderTypes: body.orderTypes.toSorted() }),
  apply: (prepared, { body }, context) => apply(prepared, body, context),
  log,
  refused: 'coupon.issue',
})

/** Order of the refusals: partner, unknown customers and quota, the quota's time, fields, rows, what is left. Customers and quota stay locked. */
async function prepare(kind: CouponKind, body: IssueBody, { tx, now, actor, request }: Context): Promise<Prepared> {
  admitKind(actor, kind)
  const customers = await lockReceivers(tx, actor, body.customerIds.map(sameId))
  const { quotas, moment } = await lockQuotas(tx, now, actor.partner.id, [sameId(body.quotaId)])
  const quota = quotas.get(sameId(body.quotaId))
  if (quota?.kind !== kind) throw new Refusal('not_found')
  const { timeZone } = actor.partner
  const state = quotaStateOf(quota, moment)
  if (state !== 'ACTIVE' && state !== 'USED_UP') {
    throw new Refusal('conflict', { sentence: 'quota_not_in_force', facts: { state, from: dayOf(quota.validFrom, timeZone), to: lastDayOf(quota.validTo, timeZone) } })
  }
  const terms = await termsOf(tx, kind, body, quota, moment, timeZone)
  refuseRows(refuseIssue(customers, await issueFromOf(tx, actor, quota)), request.locale)
  const total = totalOf(terms.faceValue, customers.length)
  if (total === undefined) throw refuseField('faceValue', 'total_max')
  if (total > quota.left) throw new Refusal('insufficient_funds', { sentence: 'quota_short', facts: shortage(quota.left, total).more.facts ?? {} })
  return { quota, terms, receivers: await readMasters(tx, actor, customers), total, moment }
}

/** @returns what each coupon is. Refuses fields that go beyond the quota. */
async function termsOf(tx: Tx, kind: CouponKind, body: IssueBody, quota: LockedQuota, moment: Date, timeZone: string): Promise<Terms> {
  if (kind === 'DELIVERY' && body.maxShare === undefined) throw refuseField('maxShare', 'share_required')
  if (kind !== 'DELIVERY' && body.maxShare !== undefined) throw refuseField('maxShare', 'share_unknown')
  const { from, to } = await boundsOf(tx, body.validUntil, timeZone)
  if (to <= moment) throw refuseField('validUntil', 'until_past')
  if (from >= quota.validTo) throw refuseField('validUntil', 'until_quota')
  const products = narrow(body.products, quota.products)
  if (!products) throw refuseField('products', 'narrower')
  const orderTypes = narrow(body.orderTypes, quota.orderTypes)
  if (!orderTypes) throw refuseField('orderTypes', 'narrower')
  // The quota may end within its last day.
  return { faceValue: toMinor(body.faceValue), minOrder: toMinor(body.minOrder), maxShare: body.maxShare ?? null, products, orderTypes, validUntil: to < quota.validTo ? to : quota.validTo }
}

function summarize(kind: CouponKind, { quota, terms, receivers, total }: Prepared, body: IssueBody): Summary {
  const sorted = receivers.toSorted((a, b) => (a.number < b.number ? -1 : 1))
  const faceValue = amountFromMinor(terms.faceValue)
  const facts: Fact[] = [
    { kind: 'number', label: 'quota', number: quota.number }, { kind: 'money', label: 'face_value', amount: faceValue }, { kind: 'money', label: 'min_order', amount: amountFromMinor(terms.minOrder) },
    { kind: 'number', label: 'valid_until', number: body.validUntil }, ...(terms.maxShare === null ? [] : [{ kind: 'number' as const, label: 'max_share', number: `${terms.maxShare}%` }]),
    ...(terms.products.length > 0 ? [{ kind: 'number' as const, label: 'products', number: terms.products.join(', ') }] : []), ...terms.orderTypes.map((text): Fact => ({ kind: 'text', label: 'order_types', text })),
  ]
  return {
    operation: issueCoupons[kind].proof, total: amountFromMinor(total), count: receivers.length, largest: faceValue, facts,
    items: sorted.map(({ name, number }) => ({ nameMasked: maskCompany(name), idTail: number.slice(-4), amount: faceValue })),
    notes: [{ kind: 'change', label: 'quota_left', from: fromMinor(quota.left), to: fromMinor(quota.left - total) }, { kind: 'notice', notice: 'fixed_after_issue', count: receivers.length }],
  }
}

async function apply({ quota, terms, receivers, total, moment }: Prepared, { remark }: IssueBody, context: Context & Confirmed): Promise<Done> {
  const { tx, actor } = context
  const coupons = await issueFrom(tx, { books: booksOf(actor), by: authorshipOf(context), at: moment, quota, terms, customerIds: receivers.map(({ id }) => id), remark })
  await tellIssued(tx, context.now, { partner: actor.partner, kind: quota.kind, terms, customers: receivers })
  const faceValue = amountFromMinor(terms.faceValue)
  return {
    items: coupons.flatMap(({ id, number, customerId }, place) => {
      const receiver = receivers[place]
      return receiver ? [{ couponId: id, number, customerId, customerNumber: receiver.number, nameMasked: maskCompany(receiver.name), faceValue }] : []
    }),
    total: amountFromMinor(total), quota: { id: quota.id, number: quota.number, left: amountFromMinor(quota.left - total) },
  }
}

const log = ({ items, quota }: Done, { terms }: Prepared): LogFacts[] =>
  items.map(({ number, customerId }) => ({ operation: 'coupon.issue', objectKind: 'coupon', objectNumber: number, customerId, amount: terms.faceValue, details: { quota: quota.number } }))
