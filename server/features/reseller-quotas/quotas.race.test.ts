import { afterAll, beforeAll, expect, test } from 'vitest'
import { issueQuotas, reclaimQuotas } from '#contract/reseller-quotas.ts'
import { features } from '#server/app.ts'
import { createTestApp, type Client, type TestApp, type TestPartner } from '#server/testing/app.ts'
import { confirm, dayAhead, grant, issued, quotaOf } from '#server/testing/coupons.ts'
import { mismatchesOf, newReseller, share, shareOf } from '#server/testing/resellers.ts'

let app: TestApp
beforeAll(async () => { app = await createTestApp(features) })
afterAll(() => app.close())

const newDistributor = () => app.newPartner({ type: 'DISTRIBUTOR', verificationOn: false })
/** People of one partner, because each has few open confirmations. */
const peopleOf = (partner: TestPartner, count: number): Promise<Client[]> => Promise.all(Array.from({ length: count }, () => partner.addMember({ role: 'administrator' })))
const codeOf = ({ status, problem }: { status: number; problem: { code: string } }): string => (status === 200 ? 'done' : problem.code)
const count = (answers: readonly string[], code: string): number => answers.filter((one) => one === code).length

test('of thirty who give 100.00 each of a quota of 1,000.00 at once exactly ten do, whichever resellers they name', async () => {
  const distributor = await newDistributor()
  const quota = await grant(app, distributor.id)
  const shops = await Promise.all(Array.from({ length: 4 }, () => newReseller(app, distributor.id)))
  const people = await peopleOf(distributor, 30)
  const answers = await Promise.all(people.map(async (client, place) => {
    // Pairs in both orders, so that who locks in the order of the request would deadlock.
    const [one, two] = [shops[place % 4]?.id ?? '', shops[(place * 3 + 1) % 4]?.id ?? '']
    return codeOf(await confirm(client, issueQuotas, shareOf(quota.id, one === two ? [[one, '100.00']] : [[one, '50.00'], [two, '50.00']])))
  }))
  expect([count(answers, 'done'), count(answers, 'done') + count(answers, 'insufficient_funds')]).toEqual([10, 30])
  expect(await quotaOf(app, distributor.id, quota.id)).toMatchObject({ issued: 100000n, left: 0n })
  expect(await mismatchesOf(app, [distributor.id, ...shops.map(({ id }) => id)])).toEqual([])
}, 60_000)

test('of twenty who reclaim one quota at once one does, and the distributor gets it back once', async () => {
  const distributor = await newDistributor()
  const quota = await grant(app, distributor.id)
  const shop = await newReseller(app, distributor.id)
  const [given] = await share(distributor.admin, quota.id, [[shop.id, '300.00']])
  const answers = await Promise.all((await peopleOf(distributor, 20)).map(async (client) => codeOf(await confirm(client, reclaimQuotas, { body: { quotaIds: [given?.id ?? ''] } }))))
  expect([count(answers, 'done'), count(answers, 'rows_refused')]).toEqual([1, 19])
  expect(await quotaOf(app, distributor.id, quota.id)).toMatchObject({ issued: 30000n, returned: 30000n, left: 100000n })
  expect(await mismatchesOf(app, [distributor.id, shop.id])).toEqual([])
}, 60_000)

test('a reclaim against the reseller’s own issues: what customers got and what went back are together what was given', async () => {
  const distributor = await newDistributor()
  const quota = await grant(app, distributor.id, { amount: 10_000_00n })
  const shop = await newReseller(app, distributor.id)
  const validUntil = await dayAhead(app, shop.id, 20)
  const customers = await Promise.all(Array.from({ length: 6 }, () => app.addCustomer(shop.id)))
  const sellers = await peopleOf(shop, 6)
  for (let round = 0; round < 6; round += 1) {
    const [given] = await share(distributor.admin, quota.id, [[shop.id, '100.00']])
    const quotaId = given?.id ?? ''
    const [reclaim, ...issues] = await Promise.all([
      confirm(distributor.admin, reclaimQuotas, { body: { quotaIds: [quotaId] } }),
      ...sellers.map((client, place) => issued(client, { quotaId, validUntil, customerIds: [customers[place]?.id ?? ''], faceValue: '30.00' }).then(() => 'done', () => 'refused')),
    ])
    const figures = await quotaOf(app, shop.id, quotaId)
    expect(figures?.issued).toBe(30_00n * BigInt(count(issues, 'done')))
    expect(figures?.granted).toBe((figures?.issued ?? 0n) + (figures?.withdrawn ?? 0n) + (figures?.left ?? 0n))
    // It waits for what the reseller does: it never fails because that took something of the quota meanwhile. Refused only where nothing was left.
    expect(codeOf(reclaim)).toBe(figures?.left === 0n && figures.withdrawn === 0n ? 'rows_refused' : 'done')
    expect(figures?.withdrawn === 0n).toBe(codeOf(reclaim) !== 'done')
    expect(count(issues, 'done')).toBeLessThanOrEqual(3)
  }
  expect(await mismatchesOf(app, [distributor.id, shop.id])).toEqual([])
}, 60_000)

test('giving and taking back at once, of one quota and many resellers, ends without a deadlock and with books that agree', async () => {
  const distributor = await newDistributor()
  const quota = await grant(app, distributor.id, { amount: 1_000_00n })
  const shops = await Promise.all(Array.from({ length: 5 }, () => newReseller(app, distributor.id)))
  const given = await share(distributor.admin, quota.id, shops.map(({ id }) => [id, '20.00'] as const))
  const people = await peopleOf(distributor, 16)
  const answers = await Promise.all(people.map(async (client, place) => {
    const order = (place % 2 === 0 ? shops : shops.toReversed()).map(({ id }) => [id, '2.00'] as const)
    const ids = (place % 2 === 0 ? given : given.toReversed()).map(({ id }) => id)
    return codeOf(place % 4 < 2 ? await confirm(client, issueQuotas, shareOf(quota.id, order)) : await confirm(client, reclaimQuotas, { body: { quotaIds: ids } }))
  }))
  expect([count(answers, 'done'), count(answers, 'rows_refused')]).toEqual([9, 7])
  expect(await quotaOf(app, distributor.id, quota.id)).toMatchObject({ issued: 180_00n, returned: 100_00n, left: 920_00n })
  expect(await mismatchesOf(app, [distributor.id, ...shops.map(({ id }) => id)])).toEqual([])
}, 60_000)
