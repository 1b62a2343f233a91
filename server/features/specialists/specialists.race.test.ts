import { afterAll, beforeAll, expect, test } from 'vitest'
import { acceptSpecialistInvite, cancelSpecialist, inviteSpecialist, querySpecialists, resendSpecialist } from '#contract/specialists.ts'
import { features } from '#server/app.ts'
import { sql } from '#server/db/query.ts'
import { createTestApp, type TestApp, type TestPartner } from '#server/testing/app.ts'
import { inviteOne, newPerson } from '#server/testing/specialists.ts'
import { newMobile } from '#server/testing/visitor.ts'

let app: TestApp
let partner: TestPartner
beforeAll(async () => {
  app = await createTestApp(features, { poolMax: 20 })
  partner = await app.newPartner()
})
afterAll(() => app.close())

const invite = (of: TestPartner, value = newMobile()) => of.admin.call(inviteSpecialist, { body: { way: 'MOBILE', value, name: '某人', language: 'zh-CN' } })
const states = async (of: TestPartner) => (await of.admin.call(querySpecialists, { body: { pageSize: 100 } })).body.items.map(({ state }) => state)

test('of two who accept one link at once one is taken, and the other hears that the link is over', async () => {
  for (let round = 0; round < 10; round += 1) {
    const { id, token } = await inviteOne(app, partner)
    const people = [await newPerson(app), await newPerson(app)]
    const answers = await Promise.all(people.map((guest) => guest.call(acceptSpecialistInvite, { body: { token } })))
    expect(answers.map(({ status, problem }) => (status === 200 ? 'taken' : problem.code)).toSorted()).toEqual(['link_closed', 'taken'])
    const [count] = await app.database.inGlobal((tx) => tx.rows<{ n: number }>(sql`select count(*)::int as n from specialist_accounts where specialist_id = ${id}::uuid`))
    expect(count).toEqual({ n: 1 })
  }
})

test('of two partners whose links one account accepts at once one gets it', async () => {
  const rival = await app.newPartner()
  for (let round = 0; round < 10; round += 1) {
    const tokens = [(await inviteOne(app, partner)).token, (await inviteOne(app, rival)).token]
    const guest = await newPerson(app)
    const answers = await Promise.all(tokens.map((token) => guest.call(acceptSpecialistInvite, { body: { token } })))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
  }
})

test('two who send the hundredth and hundred and first invitation at once: one is refused', async () => {
  const busy = await app.newPartner()
  for (let n = 0; n < 99; n += 1) await invite(busy)
  expect((await Promise.all([invite(busy), invite(busy)])).map(({ status }) => status).toSorted()).toEqual([200, 429])
  expect(await states(busy)).toHaveLength(100)
}, 60_000)

test('two who invite one person at once send one message', async () => {
  const shared = await app.newPartner()
  const value = newMobile()
  expect((await Promise.all([invite(shared, value), invite(shared, value)])).map(({ status }) => status).toSorted()).toEqual([200, 409])
  expect(await states(shared)).toEqual(['INVITED'])
})

/** Accepts and does the other thing at once. @returns both answers, and what stands afterwards. */
async function both(endpoint: typeof cancelSpecialist | typeof resendSpecialist) {
  const { id, token } = await inviteOne(app, partner)
  const guest = await newPerson(app)
  app.travel(61)
  const [accepted, other] = await Promise.all([guest.call(acceptSpecialistInvite, { body: { token } }), partner.admin.call(endpoint, { params: { id }, body: {} })])
  const [kept] = await app.inTenant(partner.id, (tx) => tx.rows<{ state: string; active: number; tokens: number }>(sql`select state, (select count(*)::int from specialist_accounts a where a.specialist_id = s.id and a.is_active) as active,
    (select count(*)::int from specialist_tokens t where t.specialist_id = s.id) as tokens from specialists s where s.partner_id = ${partner.id} and s.id = ${id}::uuid`))
  return { accepted: accepted.status, other: other.status, kept }
}

test('a link that is sent again while it is accepted is either, never both', async () => {
  for (let round = 0; round < 8; round += 1) {
    const { accepted, other, kept } = await both(resendSpecialist)
    expect([accepted, other, kept]).toEqual(accepted === 200 ? [200, 409, { state: 'UNDER_REVIEW', active: 1, tokens: 0 }] : [409, 200, { state: 'INVITED', active: 0, tokens: 1 }])
  }
})

test('nobody stays bound to what was cancelled at the same moment', async () => {
  // Whoever is under review can be cancelled, so both may succeed, one after the other.
  for (let round = 0; round < 8; round += 1) expect(await both(cancelSpecialist)).toMatchObject({ other: 200, kept: { state: 'CANCELLED', active: 0, tokens: 0 } })
})
