import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { issueCoupons } from '#contract/coupons.ts'
import { issueQuotas, reclaimQuotas } from '#contract/reseller-quotas.ts'
import { features } from '#server/app.ts'
import { list, sql } from '#server/db/query.ts'
import { fromMinor } from '#contract/money.ts'
import { createTestApp, type TestApp, type TestPartner } from '#server/testing/app.ts'
import { confirm, dayAhead, grant, issueOf, reclaimed, spend } from '#server/testing/coupons.ts'
import { mismatchesOf, newReseller, shareOf } from '#server/testing/resellers.ts'

let app: TestApp
beforeAll(async () => { app = await createTestApp(features) })
afterAll(() => app.close())

type House = { distributor: TestPartner; shops: { partner: TestPartner; customerId: string; validUntil: string }[]; quotaId: string; /** What is there by now, for the next step to choose from. */ quotas: { shop: number; id: string }[]; coupons: { shop: number; id: string; number: string }[] }

async function newHouse(): Promise<House> {
  const distributor = await app.newPartner({ type: 'DISTRIBUTOR', verificationOn: false })
  const quota = await grant(app, distributor.id, { amount: 500_00n })
  const shops: House['shops'] = []
  for (let shop = 0; shop < 2; shop += 1) {
    const partner = await newReseller(app, distributor.id)
    shops.push({ partner, customerId: (await app.addCustomer(partner.id)).id, validUntil: await dayAhead(app, partner.id, 9) })
  }
  return { distributor, shops, quotaId: quota.id, quotas: [], coupons: [] }
}

/** What people do; a step that is refused is one that changes nothing. */
const steps: Record<'share' | 'issue' | 'spend' | 'take' | 'reclaim', (house: House, choice: number, minor: bigint) => Promise<unknown>> = {
  async share(house, choice, minor) {
    const shop = choice % house.shops.length
    const { status, body } = await confirm(house.distributor.admin, issueQuotas, shareOf(house.quotaId, [[house.shops[shop]?.partner.id ?? '', fromMinor(minor)]]))
    if (status === 200) house.quotas.push({ shop, id: body.items[0]?.quotaId ?? '' })
  },
  async issue(house, choice, minor) {
    const quota = house.quotas[choice % Math.max(1, house.quotas.length)]
    const shop = house.shops[quota?.shop ?? 0]
    if (!quota || !shop) return
    const { status, body } = await confirm(shop.partner.admin, issueCoupons.VOUCHER, issueOf({ quotaId: quota.id, validUntil: shop.validUntil, customerIds: [shop.customerId], faceValue: fromMinor(minor) }))
    if (status === 200) house.coupons.push({ shop: quota.shop, id: body.items[0]?.couponId ?? '', number: body.items[0]?.number ?? '' })
  },
  async spend(house, choice, minor) {
    const coupon = house.coupons[choice % Math.max(1, house.coupons.length)]
    if (coupon) await spend(app, house.shops[coupon.shop]?.partner.id ?? '', coupon.number, minor).catch(() => undefined)
  },
  async take(house, choice) {
    const coupon = house.coupons[choice % Math.max(1, house.coupons.length)]
    const admin = house.shops[coupon?.shop ?? 0]?.partner.admin
    if (coupon && admin) await reclaimed(admin, [coupon.id])
  },
  async reclaim(house, choice) {
    const quota = house.quotas[choice % Math.max(1, house.quotas.length)]
    if (quota) await confirm(house.distributor.admin, reclaimQuotas, { body: { quotaIds: [quota.id] } })
  },
}

/** Everything that the vendor granted is somewhere: left at the distributor, left at a reseller, on a voucher, used, or lapsed. */
async function sumOf({ distributor, shops }: House): Promise<bigint> {
  const ids = [distributor.id, ...shops.map(({ partner }) => partner.id)]
  const [row] = await app.database.inTenant(ids, (tx) => tx.rows<{ sum: bigint }>(sql`
    select ((select coalesce(sum(left_over), 0) from coupon_quotas where partner_id = any(${list(ids)}::uuid[])) + (select coalesce(sum(balance + used + lapsed), 0) from coupons where partner_id = any(${list(ids)}::uuid[])))::bigint as sum`))
  return row?.sum ?? 0n
}

test('whatever distributor, resellers and customers do, what was granted is neither more nor less, and the books of both sides agree', async () => {
  const step = fc.record({ what: fc.constantFrom('share', 'issue', 'spend', 'take', 'reclaim'), choice: fc.nat(5), minor: fc.bigInt({ min: 1n, max: 200_00n }) })
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (plan) => {
    const house = await newHouse()
    await steps.share(house, 0, 150_00n)
    for (const { what, choice, minor } of plan) await steps[what](house, choice, minor)
    expect(await sumOf(house)).toBe(500_00n)
    expect(await mismatchesOf(app, [house.distributor.id, ...house.shops.map(({ partner }) => partner.id)])).toEqual([])
  }), { numRuns: 10 })
}, 120_000)
