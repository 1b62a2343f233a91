import { afterAll, beforeAll, expect, test } from 'vitest'
import { changePassword, checkIdentityCode, putTimeZone, resetPassword, sendResetCode } from '#contract/security.ts'
import { getSession, setUpPassword, signIn } from '#contract/session.ts'
import { open } from '#server/auth/seal.ts'
import { createSetUp } from '#server/auth/set-up.ts'
import { sql } from '#server/db/query.ts'
import { createTestApp, testPassword, type TestApp, type TestPartner } from '#server/testing/app.ts'
import { newestCode, wrong } from '#server/testing/confirm.ts'
import { timeApart } from '#server/testing/timing.ts'
import { newGuest, type Guest } from '#server/testing/visitor.ts'
import { mountSecurity } from './routes.ts'
import { identityCode, openForm } from './testing-security.ts'

let app: TestApp
let guest: Guest
beforeAll(async () => {
  app = await createTestApp([mountSecurity])
  guest = newGuest(app)
})
afterAll(() => app.close())

const newPassword = 'an entirely new password'
const loginOf = async (partnerId: string, memberId: string) => (await app.inTenant(partnerId, (tx) => tx.rows<{ login: string }>(sql`select login from members where id = ${memberId}`)))[0]?.login ?? ''
async function person(options: { mobile?: string | null; email?: string | null } = {}) {
  const partner = await app.newPartner()
  const client = await partner.addMember({ role: 'manager', ...options })
  const member = await loginOf(partner.id, client.memberId)
  return { partner, client, who: { account: partner.account, member }, signsIn: async (password: string) => (await guest.call(signIn, { body: { account: partner.account, member, password } })).status }
}
const notices = (partner: TestPartner) => app.inTenant(partner.id, async (tx) => (await tx.rows<{ kind: string; channel: string; sealed: Uint8Array }>(sql`select kind, channel, sealed from messages where partner_id = ${partner.id} order by kind, channel`))
  .map(({ kind, channel, sealed }) => ({ kind, channel, ...JSON.parse(open(sealed)) })))
const logged = (partner: TestPartner, operation: string) => app.inTenant(partner.id, (tx) => tx.rows<{ result: string }>(sql`select result from log_entries where partner_id = ${partner.id} and operation = ${operation} order by seq`))
/** Asks for a reset a good while after whatever was asked before. @returns the code that was sent, or undefined. */
async function resetCode(who: { account: string; member: string }, channel: 'sms' | 'email' = 'sms') {
  app.travel(3601)
  const before = app[channel].sent.length
  const { status, text } = await guest.call(sendResetCode, { body: { ...who, channel } })
  expect([status, text]).toEqual([200, text])
  return app[channel].sent.length === before ? undefined : newestCode(app, channel)
}
const reset = (who: { account: string; member: string }, code: string, password = newPassword) => guest.call(resetPassword, { body: { ...who, code, password } })

test('a person changes the password: rules hold, the form stays open for a better one, other sign-ins end, and mobile and mail are told', async () => {
  const { partner, client, signsIn } = await person()
  const other = await app.signIn(partner.id, client.memberId)
  await openForm(app, client, 'password')
  for (const [password, code] of [['password1', 'password'], ['aaaaaaaaaa', 'password'], [testPassword, 'same_password']] as const) {
    const { status, problem } = await client.call(changePassword, { body: { password } })
    expect([password, status, problem.fields?.[0]]).toMatchObject([password, 400, { path: 'password', code }])
  }
  const done = await client.call(changePassword, { body: { password: newPassword } })
  expect([done.status, done.body]).toEqual([200, { endedSignIns: 1 }])
  expect([(await other.call(getSession, {})).status, (await client.call(getSession, {})).status]).toEqual([401, 200])
  expect([await signsIn(testPassword), await signsIn(newPassword)]).toEqual([401, 200])
  expect(await notices(partner)).toMatchObject([{ kind: 'PR-03', channel: 'email', subject: 'Password changed' }, { kind: 'PR-03', channel: 'sms', text: expect.stringContaining('Your password was changed on') }])
  expect(await logged(partner, 'profile.password')).toEqual([{ result: 'success' }])
  expect((await client.call(changePassword, { body: { password: 'yet another password' } })).problem.code).toBe('conflict')
})

test('a forgotten password is set with a code, once; it signs nobody in, ends every sign-in and is told', async () => {
  const { partner, client, who, signsIn } = await person()
  const code = await resetCode(who) ?? ''
  expect(app.sms.sent.at(-1)?.text).toMatch(/You are about to reset your password\. Code \d{6}/)
  const fresh = await app.signIn(partner.id, client.memberId)
  const weak = await reset(who, code, 'password1')
  expect([weak.status, weak.problem.fields?.[0]?.code]).toEqual([400, 'password'])
  const done = await reset({ account: ` ${who.account.toUpperCase()} `, member: who.member.toUpperCase() }, code)
  expect([done.status, done.body, done.headers.get('set-cookie')]).toEqual([200, {}, null])
  expect((await fresh.call(getSession, {})).status).toBe(401)
  expect((await reset(who, code, 'one more new password')).problem.code).toBe('code_expired')
  expect([await signsIn(testPassword), await signsIn(newPassword)]).toEqual([401, 200])
  expect((await notices(partner)).map(({ kind, channel }) => [kind, channel])).toEqual([['PR-03', 'email'], ['PR-03', 'sms']])
  expect([await logged(partner, 'profile.reset_code'), await logged(partner, 'profile.reset')]).toEqual([[{ result: 'success' }], [{ result: 'success' }]])
})

test('the answers are the same for an unknown account, a disabled member, one without such a contact, an unproven one and a locked person, and no code leaves', async () => {
  const known = await person()
  const [disabled, bare, unproven, locked] = [await person(), await person({ mobile: null }), await person(), await person()]
  await app.inTenant(disabled.partner.id, (tx) => tx.run(sql`update members set state = 'DISABLED' where id = ${disabled.client.memberId}`))
  await app.inTenant(unproven.partner.id, (tx) => tx.run(sql`update members set mobile_verified = false where id = ${unproven.client.memberId}`))
  await app.inTenant(locked.partner.id, (tx, now) => tx.run(sql`insert into verification_guards (partner_id, member_id, guesses, hour_from, day_from, locked_until)
    values (${locked.partner.id}, ${locked.client.memberId}, '{}', ${now}, ${now}, ${new Date(now.getTime() + 30 * 24 * 3600_000)})`))
  const nobodies = [{ account: 'nobody', member: '' }, { account: known.partner.account, member: 'nobody' }, disabled.who, bare.who, unproven.who, locked.who]
  const seen = async (who: { account: string; member: string }) => {
    app.travel(3601)
    const sent = app.sms.sent.length
    const first = await guest.call(sendResetCode, { body: { ...who, channel: 'sms' } })
    const left = app.sms.sent.length - sent
    const again = await guest.call(sendResetCode, { body: { ...who, channel: 'email' } })
    const code = left > 0 ? newestCode(app) : '000000'
    const guesses = []
    for (let guess = 0; guess < 6; guess += 1) guesses.push(await reset(who, wrong(code)))
    const plain = ({ status, text }: { status: number; text: string }) => `${status} ${text.replace(/"(?:reference|resendAt|expiresAt|now|requestId|until|detail)":"[^"]*"/g, '')}`
    return { left, answers: [first, again, ...guesses].map(plain) }
  }
  const usual = await seen(known.who)
  expect([usual.left, usual.answers.map((answer) => answer.slice(0, 3))]).toEqual([1, ['200', '429', '422', '422', '422', '422', '422', '422']])
  for (const who of nobodies) expect([who, await seen(who)]).toEqual([who, { ...usual, left: 0 }])
  expect(app.logged.join()).not.toContain('nobody')
})

test('the time of the answer does not tell whether there is such an account', async () => {
  const { who } = await person()
  const tried = (account: string) => async () => {
    await guest.call(sendResetCode, { body: { ...who, account, channel: 'sms' } })
    await reset({ ...who, account }, '000000')
  }
  expect(await timeApart(30, tried(who.account), tried('nobody'), () => app.travel(24 * 3600 + 1))).toBeLessThan(10)
})

test('an answer does not wait for the provider, nor tell that it failed', async () => {
  const { who } = await person()
  app.travel(3601)
  const { send } = app.sms
  app.sms.send = () => new Promise(() => undefined)
  expect((await guest.call(sendResetCode, { body: { ...who, channel: 'sms' } })).status).toBe(200)
  app.sms.send = send
  app.sms.failing = true
  app.travel(3601)
  expect((await guest.call(sendResetCode, { body: { ...who, channel: 'sms' } })).status).toBe(200)
  app.sms.failing = false
})

test('a minute apart, five an hour and ten a day per name, whatever the network, and thirty an hour per network', async () => {
  const { who } = await person()
  app.travel(24 * 3600 + 1)
  const ask = async (name = who) => (await guest.call(sendResetCode, { body: { ...name, channel: 'sms' } })).status
  expect([await ask(), await ask()]).toEqual([200, 429])
  const hour: number[] = []
  for (let send = 0; send < 5; send += 1) {
    app.travel(61)
    hour.push(await ask())
  }
  expect(hour).toEqual([200, 200, 200, 200, 429])
  app.travel(3601)
  const network: number[] = []
  for (let other = 0; other < 31; other += 1) network.push(await ask({ account: `other${other}`, member: '' }))
  expect(network).toEqual([...Array(30).fill(200), 429])
})

test('wrong codes without a sign-in lock nobody', async () => {
  const { client, who } = await person()
  for (let round = 0; round < 3; round += 1) {
    const code = await resetCode(who) ?? ''
    for (let guess = 0; guess < 5; guess += 1) expect((await reset(who, wrong(code))).problem.code).toBe('code_wrong')
    expect((await reset(who, code)).problem.code).toBe('code_expired')
  }
  await app.inTenant((await partnerOf(client.sessionId)), (tx, now) => tx.run(sql`update sessions set started_at = ${now}, seen_at = ${now} where id = ${client.sessionId}`))
  expect(await identityCode(app, client, 'password')).toMatch(/^\d{6}$/)
})
const partnerOf = async (session: string) => (await app.database.inGlobal((tx) => tx.rows<{ id: string }>(sql`select partner_id as id from sessions where id = ${session}`)))[0]?.id ?? ''

test('a new reset code gives no wrong guess back: five in half an hour, thirty a day, known or not, and a good while later it goes on', async () => {
  for (const who of [(await person()).who, { account: 'nobody-has-this', member: '' }]) {
    app.travel(24 * 3600)
    const again = (channel: 'sms' | 'email' = 'sms') => guest.call(sendResetCode, { body: { ...who, channel } })
    await resetCode(who)
    for (let guess = 0; guess < 3; guess += 1) expect((await reset(who, '000000')).problem).toMatchObject({ code: 'code_wrong', attemptsLeft: 4 - guess })
    app.travel(61)
    expect((await again('email')).status).toBe(200)
    for (let guess = 0; guess < 2; guess += 1) expect((await reset(who, '000000')).problem).toMatchObject({ code: 'code_wrong', attemptsLeft: 1 - guess })
    expect((await reset(who, '000000')).problem).toMatchObject({ code: 'code_expired', attemptsLeft: 0, detail: expect.stringMatching(/^Too many wrong codes/) })
    app.travel(61)
    expect((await again()).problem).toMatchObject({ code: 'too_many_requests', detail: expect.stringMatching(/^Too many wrong codes/) })
    for (let round = 0; round < 5; round += 1) {
      await resetCode(who)
      for (let guess = 0; guess < 5; guess += 1) expect((await reset(who, '000000')).problem.code).toBe('code_wrong')
    }
    app.travel(3601)
    expect((await again()).problem).toMatchObject({ code: 'too_many_requests', detail: expect.stringMatching(/^Too many wrong codes/) })
  }
  const { who } = await person()
  for (let guess = 0, code = await resetCode(who) ?? ''; guess < 4; guess += 1) await reset(who, wrong(code))
  expect((await reset(who, await resetCode(who) ?? '')).status).toBe(200)
})

test('a reset code opens no form, a form\'s code resets nothing, and a code of one person is none of another', async () => {
  const [one, two] = [await person(), await person()]
  const code = await resetCode(one.who) ?? ''
  const twos = await resetCode(two.who) ?? ''
  expect((await reset(two.who, code)).problem.code).toBe('code_wrong')
  await app.inTenant(one.partner.id, (tx, now) => tx.run(sql`update sessions set seen_at = ${now} where id = ${one.client.sessionId}`))
  expect((await one.client.call(checkIdentityCode, { body: { change: 'password', code: twos } })).problem.code).toBe('code_expired')
  const identity = await identityCode(app, one.client, 'password')
  expect((await reset(one.who, identity)).status).not.toBe(200)
  expect(await one.signsIn(testPassword)).toBe(200)
})

test('whoever changes the password makes a waiting reset code worthless', async () => {
  const { partner, client, who } = await person()
  const code = await resetCode(who) ?? ''
  await app.inTenant(partner.id, (tx, now) => tx.run(sql`update sessions set seen_at = ${now} where id = ${client.sessionId}`))
  await openForm(app, client, 'password')
  expect((await client.call(changePassword, { body: { password: newPassword } })).status).toBe(200)
  expect((await reset(who, code, 'the password of a thief')).problem.code).toBe('code_expired')
})

test('whose password is set behind a link hears of it at every verified contact, because the link may have gone through other hands; the first password of an invited person is no change', async () => {
  const setBehindLink = async ({ partner, client }: Awaited<ReturnType<typeof person>>) => {
    const token = await app.inTenant(partner.id, (tx, now) => createSetUp(tx, now, partner.id, client.memberId, 1800))
    expect((await guest.call(setUpPassword, { body: { token, password: newPassword } })).status).toBe(200)
    return (await notices(partner)).map(({ kind, channel, text }) => [kind, channel, String(text).includes('Your password was reset on')])
  }
  expect(await setBehindLink(await person())).toEqual([['PR-03', 'email', true], ['PR-03', 'sms', true]])
  const unproven = await person()
  await app.inTenant(unproven.partner.id, (tx) => tx.run(sql`update members set email_verified = false where id = ${unproven.client.memberId}`))
  expect(await setBehindLink(unproven)).toEqual([['PR-03', 'sms', true]])
  const invited = await person()
  await app.inTenant(invited.partner.id, (tx) => tx.run(sql`update members set awaits_password = true where id = ${invited.client.memberId}`))
  expect(await setBehindLink(invited)).toEqual([])
})

test('a code that went out before a contact or the password was changed elsewhere opens nothing: by the vendor, or behind a link', async () => {
  const changes: ((partnerId: string, memberId: string) => Promise<unknown>)[] = [
    (partnerId, memberId) => app.inTenant(partnerId, (tx) => tx.run(sql`update members set mobile = '+8613912345678' where partner_id = ${partnerId} and id = ${memberId}`)),
    (partnerId, memberId) => app.inTenant(partnerId, (tx) => tx.run(sql`update members set mobile_verified = false where partner_id = ${partnerId} and id = ${memberId}`)),
    async (partnerId, memberId) => {
      const token = await app.inTenant(partnerId, (tx, now) => createSetUp(tx, now, partnerId, memberId, 1800))
      expect((await guest.call(setUpPassword, { body: { token, password: 'the password of its owner' } })).status).toBe(200)
    },
  ]
  for (const change of changes) {
    const { partner, client, who, signsIn } = await person()
    const code = await resetCode(who) ?? ''
    await change(partner.id, client.memberId)
    expect((await reset(who, code, 'the password of a thief')).problem.code).toBe('code_wrong')
    expect(await signsIn('the password of a thief')).toBe(401)
  }
})

test('administrators choose a time zone that exists, and the next answer is told in it', async () => {
  const partner = await app.newPartner()
  expect((await partner.admin.call(putTimeZone, { body: { timeZone: 'Europe/Berlin' } })).body).toEqual({ timeZone: 'Europe/Berlin' })
  expect((await partner.admin.call(getSession, {})).body.partner.timeZone).toBe('Europe/Berlin')
  for (const timeZone of ['Mars/Base', '+08:00', 'Etc', '', "Asia/Shanghai'; --", 'Asia/../UTC']) {
    const { status, problem } = await partner.admin.call(putTimeZone, { body: { timeZone } })
    expect([timeZone, status, problem.fields?.[0]?.code]).toEqual([timeZone, 400, 'time_zone'])
  }
  for (const timeZone of ['UTC', 'America/Argentina/Buenos_Aires', 'Asia/Kolkata', 'Asia/Shanghai']) expect([timeZone, (await partner.admin.call(putTimeZone, { body: { timeZone } })).status]).toEqual([timeZone, 200])
  expect(await logged(partner, 'partner.time_zone')).toHaveLength(5)
  expect((await (await partner.addMember({ role: 'operator' })).call(putTimeZone, { body: { timeZone: 'UTC' } })).problem.code).toBe('no_permission')
})
