import type { CouponKind } from '#contract/coupons.ts'
import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { Authorship, Books } from '#server/ledger/post.ts'
import { issueFrom, receiveCoupon, type IssuedCoupon } from '#server/operations/coupon-issue.ts'
import { grantQuota, lockQuotas, withdrawQuota } from '#server/operations/coupon-quotas.ts'
import { redeemCoupon } from '#server/operations/coupon-redeem.ts'
import { lockCoupons, takeBack } from '#server/operations/coupon-takings.ts'
import type { Logged } from './demo-books.ts'
import { uuidFrom } from './demo-ids.ts'
import { randomFrom, type Random } from './demo-random.ts'

const dayMs = 86_400_000
/** A customer that may get coupons. */
export type CouponCustomer = { id: string; associatedAt: Date }
export type CouponStory = { account: string; kind: CouponKind; books: Books; memberIds: ReadonlyMap<string, string>; isClick: boolean; customers: readonly CouponCustomer[]; /** Logins that issue. */ issuers: readonly string[] }

type QuotaPlan = { key: string; amount: bigint; from: number; until: number; source?: 'incentive'; product?: string; inactive?: true; withdrawnAt?: number }
/** Days are counted from the seeding; below zero lies before it. */
const quotaPlans: readonly QuotaPlan[] = [
  { key: 'main', amount: 200_000_00n, from: -300, until: 65 }, { key: 'autumn', amount: 20_000_00n, from: -200, until: -110 }, { key: 'small', amount: 6_000_00n, from: -120, until: 120 },
  { key: 'next', amount: 50_000_00n, from: 10, until: 190 }, { key: 'taken', amount: 15_000_00n, from: -150, until: 200, withdrawnAt: -40 },
  { key: 'incentive', amount: 8_000_00n, from: -360, until: 5, source: 'incentive' }, { key: 'waiting', amount: 5_000_00n, from: -30, until: 150, inactive: true }, { key: 'product', amount: 30_000_00n, from: -90, until: 275, product: '弹性云服务器' },
]
type Fate = 'open' | 'part' | 'used' | 'reclaimed' | 'ends'
/** How many coupons of which fate are issued from which quota, from how many days ago and valid for how long. */
type CouponPlan = { quota: string; count: number; from: number; step: number; days: number; values: readonly bigint[]; fates: readonly Fate[] }
const couponPlans: readonly CouponPlan[] = [
  { quota: 'main', count: 26, from: -280, step: 10, days: 330, values: [500_00n, 1000_00n, 2000_00n, 300_00n], fates: ['part', 'used', 'open', 'reclaimed', 'used'] },
  { quota: 'autumn', count: 8, from: -190, step: 9, days: 30, values: [800_00n, 1200_00n], fates: ['ends', 'used', 'ends'] },
  { quota: 'small', count: 6, from: -110, step: 6, days: 200, values: [1000_00n], fates: ['open', 'part', 'used'] },
  { quota: 'taken', count: 5, from: -140, step: 12, days: 300, values: [600_00n], fates: ['open', 'part', 'reclaimed'] },
  { quota: 'incentive', count: 6, from: -100, step: 13, days: 105, values: [200_00n, 400_00n], fates: ['open', 'used', 'part'] },
  { quota: 'waiting', count: 4, from: -20, step: 5, days: 120, values: [500_00n], fates: ['open'] },
  { quota: 'product', count: 9, from: -80, step: 8, days: 150, values: [1500_00n, 900_00n], fates: ['open', 'part', 'used', 'reclaimed'] },
]
type Event = { day: number; run(at: Date): Promise<void> }
type Desk = {
  tx: Tx; story: CouponStory; random: Random; /** By the key of their plan. */ quotas: Map<string, string>
  ahead(day: number): Date
  by(login: string | null, what: string): Authorship
  log(at: Date, login: string | null, author: Authorship, facts: Logged['facts']): void
}

/** Posts a year of coupons through the same operations as the product, in the order of time. @returns what the operation log should say of it. */
export async function seedCoupons(tx: Tx, now: Date, story: CouponStory): Promise<Logged[]> {
  const { account, memberIds } = story
  const logged: Logged[] = []
  const desk: Desk = {
    tx, story, random: randomFrom(account.length * 7919), quotas: new Map(), ahead: (day) => new Date(now.getTime() + day * dayMs),
    by: (login, what) => ({ actorId: login === null ? null : memberIds.get(login) ?? null, proofId: null, keyHash: null, requestId: uuidFrom(`${account} coupon ${what}`), confirmedBy: login === null ? 'none' : story.isClick ? 'click' : 'sms', reason: 'demo' }),
    log: (at, login, { requestId, confirmedBy }, facts) => void logged.push({ at, by: login, requestId, facts: { ...facts, confirmedBy } }),
  }
  const events = [...quotaPlans.flatMap((plan) => quotaEvents(desk, plan)), ...couponPlans.flatMap((plan) => Array.from({ length: plan.count }, (_, place) => couponEvents(desk, plan, place)).flat())]
  for (const { day, run } of events.map((event, place) => ({ ...event, place })).toSorted((a, b) => a.day - b.day || a.place - b.place)) await run(desk.ahead(day))
  // Nobody is mailed about what ends soon as soon as the demo has begun.
  await tx.run(sql`update coupons set reminded_at = ${now}::timestamptz where partner_id = ${story.books.partnerId} and state = 'ACTIVE' and valid_until <= ${desk.ahead(7)}::timestamptz`)
  await tx.run(sql`update coupon_quotas set reminded_at = ${now}::timestamptz where partner_id = ${story.books.partnerId} and valid_to <= ${desk.ahead(7)}::timestamptz`)
  return logged
}

function quotaEvents({ tx, story: { books, kind }, quotas, ahead, by, log }: Desk, plan: QuotaPlan): Event[] {
  const { withdrawnAt } = plan
  return [
    { day: Math.min(plan.from, -1), run: async (at) => {
      const author = by(null, `grant ${plan.key}`)
      const { id, number } = await grantQuota(tx, at, {
        books, by: author, kind, amount: plan.amount, validFrom: ahead(plan.from), validTo: ahead(plan.until), origin: { source: plan.source ?? 'vendor' }, limits: { products: plan.product === undefined ? [] : [plan.product] }, startsInactive: plan.inactive ?? false,
      })
      quotas.set(plan.key, id)
      log(at, null, author, { operation: 'quota.grant', objectKind: 'quota', objectNumber: number, amount: plan.amount, details: { kind } })
    } },
    ...(withdrawnAt === undefined ? [] : [{ day: withdrawnAt, run: async (at: Date) => {
      const author = by(null, `withdraw ${plan.key}`)
      const { quotas: locked, moment } = await lockQuotas(tx, at, books.partnerId, [quotas.get(plan.key) ?? ''])
      for (const quota of locked.values()) {
        const { amount } = await withdrawQuota(tx, { books, by: author, quota, moment, initiator: 'vendor' })
        log(at, null, author, { operation: 'quota.withdraw', objectKind: 'quota', objectNumber: quota.number, amount })
      }
    } }]),
  ]
}

/** One coupon and what becomes of it. */
function couponEvents(desk: Desk, plan: CouponPlan, place: number): Event[] {
  const { tx, story: { books, kind, customers, issuers }, random, quotas, ahead, by, log } = desk
  const day = plan.from + place * plan.step
  const quotaPlan = quotaPlans.find(({ key }) => key === plan.quota)
  const choices = customers.filter(({ associatedAt }) => associatedAt < ahead(day))
  const [customer, faceValue, login] = [random.pick(choices.length > 0 ? choices : customers), random.pick(plan.values), random.pick(issuers)]
  const fate = plan.fates[place % plan.fates.length] ?? 'open'
  const what = `${plan.quota} ${place}`
  let coupon: IssuedCoupon | undefined
  const issue: Event = { day, run: async (at) => {
    const author = by(login, `issue ${what}`)
    const { quotas: locked } = await lockQuotas(tx, at, books.partnerId, [quotas.get(plan.quota) ?? ''])
    for (const quota of locked.values()) {
      [coupon] = await issueFrom(tx, {
        books, by: author, at, quota, customerIds: [customer.id], remark: place % 3 === 0 ? '季度回馈' : '',
        terms: { faceValue, minOrder: faceValue * 2n, maxShare: kind === 'DELIVERY' ? 50 : null, products: quota.products, orderTypes: [], validUntil: ahead(Math.min(day + plan.days, quotaPlan?.until ?? 0)) },
      })
      log(at, login, author, { operation: 'coupon.issue', objectKind: 'coupon', ...(coupon && { objectNumber: coupon.number }), customerId: customer.id, amount: faceValue, details: { quota: quota.number } })
    }
  } }
  const spends = fate === 'used' ? [faceValue / 4n, faceValue - faceValue / 4n] : fate === 'part' ? [faceValue / 5n * 2n] : []
  const take = (cause: 'reclaimed' | 'returned_expiry') => async (at: Date): Promise<void> => {
    const own = cause === 'reclaimed' ? login : null
    const author = by(own, `${cause} ${what}`)
    const locked = await lockCoupons(tx, at, books.partnerId, coupon ? [coupon.id] : [])
    const taken = await takeBack(tx, { books, by: author, cause, locked, rows: [...locked.coupons.values()].map((one) => ({ coupon: one })) })
    for (const { coupon: one, amount, quota } of taken) log(at, own, author, { operation: own === null ? 'coupon.return' : 'coupon.reclaim', objectKind: 'coupon', objectNumber: one.number, customerId: customer.id, amount, details: { quota: quota?.number ?? null } })
  }
  return [
    issue,
    ...spends.map((amount, turn): Event => ({ day: Math.min(day + 4 + turn * 6, -0.2 + turn / 10), run: async (at) => {
      const author = by(null, `order ${what} ${turn}`)
      const order = `CS${2_600_000 + Math.round((day + 400) * 100) + place * 3 + turn}`
      const used = await redeemCoupon(tx, at, { books, by: author, number: coupon?.number ?? '', amount, order: { number: order, amount: faceValue * 3n, product: quotaPlan?.product } })
      log(at, null, author, { operation: 'coupon.redeem', objectKind: 'coupon', objectNumber: used.coupon.number, customerId: customer.id, amount, details: { order } })
    } })),
    ...(fate === 'reclaimed' ? [{ day: Math.min(day + 20, -0.1), run: take('reclaimed') }] : []), ...(fate === 'ends' ? [{ day: day + plan.days + 0.01, run: take('returned_expiry') }] : []),
  ]
}

/** Delivery coupons that a government-cloud partner gave to resale customers of another partner, who only sees them. */
export async function seedReceived(tx: Tx, now: Date, { account, books }: Pick<CouponStory, 'account' | 'books'>, customerIds: readonly string[], issuerName: string): Promise<void> {
  for (const [place, customerId] of customerIds.entries()) {
    const at = new Date(now.getTime() - (20 + place * 9) * dayMs)
    await receiveCoupon(tx, {
      books, by: { actorId: null, proofId: null, keyHash: null, requestId: uuidFrom(`${account} received ${place}`), confirmedBy: 'none', reason: 'demo' }, at, kind: 'DELIVERY', issuerName, customerId,
      terms: { faceValue: 3000_00n, minOrder: 1000_00n, maxShare: 30, products: [], orderTypes: ['NEW'], validUntil: new Date(now.getTime() + (30 + place * 20) * dayMs) },
    })
  }
}
