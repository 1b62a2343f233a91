import { afterAll, beforeAll, expect, test } from 'vitest'
import { changeContact, changePassword, checkIdentityCode, resetPassword, sendIdentityCode, sendResetCode } from '#contract/security.ts'
import { getSession, signIn } from '#contract/session.ts'
import { sql } from '#server/db/query.ts'
import { createTestApp, testPassword, type Client, type TestApp } from '#server/testing/app.ts'
import { newestCode, wrong } from '#server/testing/confirm.ts'
import { newGuest, newMobile } from '#server/testing/visitor.ts'
import { mountSecurity } from './routes.ts'
import { contactCode, identityCode, openForm } from './testing-security.ts'

let app: TestApp
beforeAll(async () => { app = await createTestApp([mountSecurity], { poolMax: 20 }) })
afterAll(() => app.close())

const many = <T>(count: number, work: (index: number) => Promise<T>): Promise<T[]> => Promise.all(Array.from({ length: count }, (_, index) => work(index)))
const mobileOf = async (partnerId: string, id: string) => (await app.inTenant(partnerId, (tx) => tx.rows<{ mobile: string }>(sql`select mobile from members where id = ${id}`)))[0]?.mobile
const counted = async (partnerId: string, operation: string) => (await app.inTenant(partnerId, (tx) => tx.rows(sql`select 1 from log_entries where partner_id = ${partnerId} and operation = ${operation}`))).length
const change = (person: Client, code: string) => person.call(changeContact, { body: { change: 'mobile', code } })

test('two changes of one person from two sign-ins at once: one wins, and the other\'s sign-in has ended', async () => {
  for (let round = 0; round < 5; round += 1) {
    const partner = await app.newPartner()
    const second = await app.signIn(partner.id, partner.admin.memberId)
    const people = [partner.admin, second]
    const numbers = [newMobile(), newMobile()]
    const codes: string[] = []
    for (const [index, person] of people.entries()) {
      await openForm(app, person, 'mobile')
      codes.push(await contactCode(app, person, 'mobile', numbers[index] ?? ''))
    }
    const answers = await Promise.all(people.map((person, index) => change(person, codes[index] ?? '')))
    const won = answers.findIndex(({ status }) => status === 200)
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(await mobileOf(partner.id, partner.admin.memberId)).toBe(numbers[won])
    expect(await Promise.all(people.map(async (person) => (await person.call(getSession, {})).status))).toEqual(won === 0 ? [200, 401] : [401, 200])
    expect(await counted(partner.id, 'profile.contact')).toBe(1)
  }
})

test('of twenty requests with the right code one changes the contact', async () => {
  const partner = await app.newPartner()
  await openForm(app, partner.admin, 'mobile')
  const code = await contactCode(app, partner.admin, 'mobile', newMobile())
  const answers = await many(20, () => change(partner.admin, code))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  expect(answers.filter(({ status }) => status >= 500)).toEqual([])
  expect(await counted(partner.id, 'profile.contact')).toBe(1)
})

test('two members who take one number at once: one has it', async () => {
  for (let round = 0; round < 3; round += 1) {
    const partner = await app.newPartner()
    const colleague = await partner.addMember({ role: 'operator' })
    const mobile = newMobile()
    const codes: string[] = []
    for (const person of [partner.admin, colleague]) {
      await openForm(app, person, 'mobile')
      codes.push(await contactCode(app, person, 'mobile', mobile))
    }
    const answers = await Promise.all([partner.admin, colleague].map((person, index) => change(person, codes[index] ?? '')))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 400])
    expect(await app.inTenant(partner.id, (tx) => tx.rows(sql`select 1 from members where partner_id = ${partner.id} and mobile = ${mobile}`))).toHaveLength(1)
  }
})

test('of a hundred guesses at once five are compared, and the right code is then too late', async () => {
  const partner = await app.newPartner()
  const code = await identityCode(app, partner.admin, 'mobile')
  const answers = await many(100, () => partner.admin.call(checkIdentityCode, { body: { change: 'mobile', code: wrong(code) } }))
  expect(answers.filter(({ problem }) => problem.code === 'code_wrong')).toHaveLength(5)
  expect((await partner.admin.call(checkIdentityCode, { body: { change: 'mobile', code } })).problem.code).toBe('code_expired')
  expect(await counted(partner.id, 'profile.identity_wrong')).toBe(5)
})

test('of thirty requests for a code at once one is sent', async () => {
  const partner = await app.newPartner()
  const before = app.sms.sent.length
  await many(30, (index) => partner.admin.call(sendIdentityCode, { body: { change: index % 2 === 0 ? 'mobile' : 'email', channel: 'sms' } }))
  expect(app.sms.sent).toHaveLength(before + 1)
})

test('an opened form takes one password of many', async () => {
  const partner = await app.newPartner()
  await openForm(app, partner.admin, 'password')
  const answers = await many(5, (index) => partner.admin.call(changePassword, { body: { password: `a new password ${index}` } }))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  expect(await counted(partner.id, 'profile.password')).toBe(1)
})

test('a reset code sets one password of many, and whoever signs in with the old one meanwhile is not left signed in', async () => {
  for (let round = 0; round < 3; round += 1) {
    const partner = await app.newPartner()
    const [row] = await app.inTenant(partner.id, (tx) => tx.rows<{ login: string }>(sql`select login from members where id = ${partner.admin.memberId}`))
    const who = { account: partner.account, member: row?.login ?? '' }
    app.travel(3601)
    await newGuest(app).call(sendResetCode, { body: { ...who, channel: 'sms' } })
    const code = newestCode(app)
    const [resets] = await Promise.all([
      many(5, (index) => newGuest(app).call(resetPassword, { body: { ...who, code, password: `a new password ${index}` } })),
      many(3, () => newGuest(app).call(signIn, { body: { ...who, password: testPassword } })),
    ])
    expect(resets.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(await counted(partner.id, 'profile.reset')).toBe(1)
    expect(await app.database.inGlobal((tx) => tx.rows(sql`select 1 from sessions where partner_id = ${partner.id}`))).toEqual([])
  }
})
