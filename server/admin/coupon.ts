import * as z from 'zod/mini'
import { CouponKind, InvoiceRecipient, mayIssueKinds, maySeeKinds, OrderType, Product } from '#contract/coupons.ts'
import { AssociationType } from '#contract/customers.ts'
import { PartnerType } from '#contract/people.ts'
import { sql } from '#server/db/query.ts'
import { boundsOf } from '#server/db/days.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { Authorship } from '#server/ledger/post.ts'
import { tellQuota } from '#server/operations/coupon-notices.ts'
import { receiveCoupon } from '#server/operations/coupon-issue.ts'
import { grantQuota, lockQuotas, withdrawQuota } from '#server/operations/coupon-quotas.ts'
import { activateCoupon, redeemCoupon } from '#server/operations/coupon-redeem.ts'
import { returnCouponsOf } from '#server/operations/coupon-returns.ts'
import { command, CommandRefused } from './command.ts'
import { change, findCustomer, findPartner, type Desk, type PartnerRow } from './desk.ts'
import { Account, CompanyName, CustomerNumber, Money, MoneyOrNone, oneOf, shown } from './fields.ts'
import { PostingInput, postingOptions, postOnce } from './posting.ts'

const partnerOption = { partner: { value: '<account>', hint: 'which partner' } }
const customerOption = { customer: { value: '<ID>', hint: 'ten digits' } }
const couponOption = { coupon: { value: '<number>', hint: 'the whole coupon number' } }
const Day = z.iso.date('is a day as YYYY-MM-DD')
const Number = z.string('is needed').check(z.trim(), z.regex(/^C[PQ]\d{12,24}$/i, 'is a whole number such as CP261130000001'))
const Order = z.string('is needed').check(z.trim(), z.regex(/^[\w-]{1,40}$/, 'has 1 to 40 letters, digits, hyphens or underscores'))
const limitOptions = { product: { value: '<product>', hint: 'only for these; as often as needed', isList: true as const }, 'order-type': { value: '<type>', hint: `only for these: ${OrderType.options.join(', ')}`, isList: true as const } }
const LimitInput = { product: z.optional(z.array(Product)), 'order-type': z.optional(z.array(oneOf(OrderType.options))) }

const by = ({ requestId, reason }: Desk): Authorship => ({ actorId: null, proofId: null, keyHash: null, requestId, confirmedBy: 'none', reason })
const booksOf = ({ id, timeZone }: PartnerRow) => ({ partnerId: id, timeZone })

/** Refuses a kind that the partner's type does not have. */
function admit(kinds: Record<PartnerType, readonly CouponKind[]>, partner: PartnerRow, kind: CouponKind): void {
  if (!kinds[PartnerType.parse(partner.type)].includes(kind)) throw new CommandRefused(`A partner of type ${partner.type} has no ${kind} coupons of this sort.`)
}

const grant = command({
  name: 'quota:grant',
  summary: 'Grants a partner quota to issue coupons from, and tells its administrators.',
  options: {
    ...partnerOption, kind: { value: '<kind>', hint: CouponKind.options.join(', ') }, amount: { value: '<amount>', hint: 'more than zero' }, from: { value: '<day>', hint: 'first day in force (today)' }, until: { value: '<day>', hint: 'last day in force' },
    source: { value: '<source>', hint: 'vendor or incentive (vendor)' }, ...limitOptions, customer: { value: '<ID>', hint: 'only for these customers; as often as needed', isList: true }, association: { value: '<type>', hint: 'only for RESALE or REFERRAL customers' },
    'only-for': { value: '<ID>', hint: 'came back from this customer of the partner, and is for nobody else' }, invoice: { value: '<recipient>', hint: `who gets the invoice: ${InvoiceRecipient.options.join(', ')} (PARTNER)` }, inactive: { hint: 'its coupons wait for coupon:activate' }, ...postingOptions,
  },
  input: z.strictObject({
    partner: Account, kind: oneOf(CouponKind.options), amount: Money, from: z.optional(Day), until: Day, source: z.optional(oneOf(['vendor', 'incentive'])), ...LimitInput, customer: z.optional(z.array(CustomerNumber)), association: z.optional(oneOf(AssociationType.options)),
    'only-for': z.optional(CustomerNumber), invoice: z.optional(oneOf(InvoiceRecipient.options)), inactive: z.optional(z.boolean()), ...PostingInput,
  }),
  async run(given, desk) {
    const { partner: account, kind, amount, from, until, ...input } = given
    const partner = await findPartner(desk, account)
    admit(mayIssueKinds, partner, kind)
    await postOnce(desk, partner.id, { command: 'quota:grant', given }, async (tx, now) => {
      const validTo = (await boundsOf(tx, until, partner.timeZone)).to
      const validFrom = from === undefined ? now : (await boundsOf(tx, from, partner.timeZone)).from
      if (validTo <= now || validTo <= validFrom) throw new CommandRefused('--until lies before --from or today.')
      const only = input['only-for'] === undefined ? null : await findCustomer(tx, partner, input['only-for'])
      const { number } = await grantQuota(tx, now, {
        books: booksOf(partner), by: by(desk), kind, amount, validFrom, validTo, invoiceRecipient: input.invoice ?? 'PARTNER', onlyCustomerId: only?.id ?? null, startsInactive: input.inactive ?? false, origin: { source: input.source ?? 'vendor' },
        limits: { products: input.product ?? [], orderTypes: input['order-type'] ?? [], customerNumbers: input.customer ?? [], associationType: input.association ?? null },
      })
      await tellQuota(tx, now, partner, { what: 'granted', kind, number, amount, until: validTo, publicUrl: desk.publicUrl })
      return { log: [{ operation: 'quota.grant', objectKind: 'quota', objectNumber: number, amount, details: { kind } }], say: `Granted ${shown(amount)} of ${kind} quota to ${account}: ${number}.` }
    })
  },
})

const withdraw = command({
  name: 'quota:withdraw',
  summary: 'Takes back what is left of a quota and ends it. Coupons issued from it stay with the customers.',
  options: { ...partnerOption, quota: { value: '<number>', hint: 'the whole quota number' }, ...postingOptions },
  input: z.strictObject({ partner: Account, quota: Number, ...PostingInput }),
  async run(given, desk) {
    const { partner: account, quota: number } = given
    const partner = await findPartner(desk, account)
    await postOnce(desk, partner.id, { command: 'quota:withdraw', given }, async (tx, now) => {
      const [found] = await tx.rows<{ id: string }>(sql`select id from coupon_quotas where partner_id = ${partner.id} and number = ${number.toUpperCase()}`)
      const { quotas, moment } = await lockQuotas(tx, now, partner.id, found ? [found.id] : [])
      const quota = found && quotas.get(found.id)
      if (!quota) throw new CommandRefused(`${account} has no quota ${number}.`)
      // It stands in two books, and only its distributor can take it back in both.
      if (quota.source === 'distributor') throw new CommandRefused(`${number} was issued by the distributor of ${account}, who alone can reclaim it.`)
      const { amount } = await withdrawQuota(tx, { books: booksOf(partner), by: by(desk), quota, moment, initiator: 'vendor' })
      await tellQuota(tx, now, partner, { what: 'withdrawn', kind: quota.kind, number: quota.number, amount, until: quota.validTo, publicUrl: desk.publicUrl })
      return { log: [{ operation: 'quota.withdraw', objectKind: 'quota', objectNumber: quota.number, amount }], say: `Withdrew ${shown(amount)} from ${quota.number}.` }
    })
  },
})

const redeem = command({
  name: 'coupon:redeem',
  summary: "Posts that a customer paid part of an order with a coupon. Refused beyond the coupon's limits.",
  options: {
    ...partnerOption, ...couponOption, amount: { value: '<amount>', hint: 'paid with the coupon' }, order: { value: '<number>', hint: 'of the order' }, 'order-amount': { value: '<amount>', hint: 'of the whole order' },
    'order-type': { value: '<type>', hint: `${OrderType.options.join(', ')}; needed where the coupon is limited` }, product: { value: '<product>', hint: 'needed where the coupon is limited' }, ...postingOptions,
  },
  input: z.strictObject({ partner: Account, coupon: Number, amount: Money, order: Order, 'order-amount': Money, 'order-type': z.optional(oneOf(OrderType.options)), product: z.optional(Product), ...PostingInput }),
  async run(given, desk) {
    const { partner: account, coupon: number, amount, order, ...input } = given
    const partner = await findPartner(desk, account)
    await postOnce(desk, partner.id, { command: 'coupon:redeem', given }, async (tx, now) => {
      const { coupon, left } = await redeemCoupon(tx, now, { books: booksOf(partner), by: by(desk), number: number.toUpperCase(), amount, order: { number: order, amount: input['order-amount'], type: input['order-type'], product: input.product } })
      return {
        log: [{ operation: 'coupon.redeem', objectKind: 'coupon', objectNumber: coupon.number, customerId: coupon.customerId, amount, details: { order, balance: shown(left) } }],
        say: `Used ${shown(amount)} of ${coupon.number} for order ${order}; ${shown(left)} left.`,
      }
    })
  },
})

const activate = command({
  name: 'coupon:activate',
  summary: 'Makes a coupon usable that waits for its activation.',
  options: { ...partnerOption, ...couponOption },
  input: z.strictObject({ partner: Account, coupon: Number }),
  async run({ partner: account, coupon: number }, desk) {
    const partner = await findPartner(desk, account)
    await change(desk, partner.id, async (tx, now) => {
      const { number: found, customerId } = await activateCoupon(tx, now, partner.id, number.toUpperCase())
      return { log: [{ operation: 'coupon.activate', objectKind: 'coupon', objectNumber: found, customerId }], say: `Activated ${found}.` }
    })
  },
})

const giveBack = command({
  name: 'coupon:return',
  summary: 'Takes back all coupons of a customer that withdrew everything it had. What is left goes to the quotas that are still in force.',
  options: { ...partnerOption, ...customerOption, ...postingOptions },
  input: z.strictObject({ partner: Account, customer: CustomerNumber, ...PostingInput }),
  async run(given, desk) {
    const { partner: account, customer: number } = given
    const partner = await findPartner(desk, account)
    await postOnce(desk, partner.id, { command: 'coupon:return', given }, async (tx: Tx, now) => {
      const customer = await findCustomer(tx, partner, number)
      const taken = await returnCouponsOf(tx, now, partner, customer.id, 'returned_withdrawal', desk.requestId)
      const total = taken.reduce((sum, { amount }) => sum + amount, 0n)
      return { log: [{ operation: 'coupon.return', objectKind: 'customer', objectNumber: number, customerId: customer.id, amount: total, details: { count: taken.length } }], say: `Took back ${taken.length} coupons of customer ${number}, ${shown(total)} in total.` }
    })
  },
})

const receive = command({
  name: 'coupon:receive',
  summary: 'Enters a coupon that another partner issued to a resale customer. The partner only sees it.',
  options: {
    ...partnerOption, ...customerOption, kind: { value: '<kind>', hint: 'DELIVERY' }, amount: { value: '<amount>', hint: 'face value' }, until: { value: '<day>', hint: 'last day in force' }, issuer: { value: '<name>', hint: 'who issued it' },
    share: { value: '<percent>', hint: 'largest share of an order (100)' }, 'min-order': { value: '<amount>', hint: 'smallest order (0)' }, ...limitOptions, ...postingOptions,
  },
  input: z.strictObject({
    partner: Account, customer: CustomerNumber, kind: oneOf(['DELIVERY']), amount: Money, until: Day, issuer: CompanyName, share: z.optional(z.string().check(z.regex(/^([1-9]\d?|100)$/, 'is a whole number from 1 to 100'))), 'min-order': z.optional(MoneyOrNone), ...LimitInput, ...PostingInput,
  }),
  async run(given, desk) {
    const { partner: account, customer: number, kind, amount, until, issuer, ...input } = given
    const partner = await findPartner(desk, account)
    admit(maySeeKinds, partner, kind)
    if (mayIssueKinds[PartnerType.parse(partner.type)].includes(kind)) throw new CommandRefused('This partner issues such coupons itself.')
    await postOnce(desk, partner.id, { command: 'coupon:receive', given }, async (tx, now) => {
      const customer = await findCustomer(tx, partner, number)
      if (customer.associationType !== 'RESALE') throw new CommandRefused(`Customer ${number} is no resale customer.`)
      const validUntil = (await boundsOf(tx, until, partner.timeZone)).to
      const coupon = await receiveCoupon(tx, {
        books: booksOf(partner), by: by(desk), at: now, kind, issuerName: issuer, customerId: customer.id,
        terms: { faceValue: amount, minOrder: input['min-order'] ?? 0n, maxShare: +(input.share ?? '100'), products: input.product ?? [], orderTypes: input['order-type'] ?? [], validUntil },
      })
      return { log: [{ operation: 'coupon.receive', objectKind: 'coupon', objectNumber: coupon.number, customerId: customer.id, amount, details: { issuer } }], say: `Entered ${coupon.number} of ${shown(amount)} for customer ${number}.` }
    })
  },
})

export const couponCommands = [grant, withdraw, redeem, activate, giveBack, receive]
