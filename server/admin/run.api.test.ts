import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isPassword } from '#server/auth/password.ts'
import { findBrokenChains } from '#server/audit/verify.ts'
import { sql } from '#server/db/query.ts'
import { createTestApp, type TestApp } from '#server/testing/app.ts'
import { runCommand } from './run.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp([])
})
afterAll(() => app.close())

/** Runs a command as a person would type it; the operator and the reason are added. */
async function admin(words: readonly string[], { input = '', by = ['--operator', 'ops.lin', '--reason', 'ticket 4711'] } = {}) {
  const [out, errors]: [string[], string[]] = [[], []]
  const code = await runCommand([...words, ...by], {
    open: async () => ({ ...app.engine, close: async () => undefined }),
    publicUrl: 'https://console.test', print: (line) => out.push(line), printError: (line) => errors.push(line), readInput: async () => input, prepareMessages: () => undefined,
  })
  return { code, out: out.join('\n'), errors: errors.join('\n') }
}

let places = 0
async function newPartner() {
  places += 1
  const account = `vendor-test-${places}`
  expect(await admin(['partner:create', '--account', account, '--name', '云汐数科'])).toMatchObject({ code: 0 })
  const [partner] = await app.database.inGlobal((tx) => tx.rows<{ id: string }>(sql`select id from partners where account = ${account}`))
  if (!partner) throw new Error('no partner was made')
  return { account, id: partner.id }
}

async function newCustomer(account: string, number: string, ...more: string[]) {
  expect(await admin(['customer:create', '--partner', account, '--name', '岚州青禾科技有限公司', '--account-name', `qinghe${number.slice(-2)}`, '--number', number, ...more])).toMatchObject({ code: 0, errors: '' })
}

const logOf = (partnerId: string) => app.inTenant(partnerId, (tx) => tx.rows<{ operation: string; source: string; amount: bigint | null; details: Record<string, string> }>(sql`select operation, source, amount, details from log_entries where partner_id = ${partnerId} order by seq`))
const accountsOf = (partnerId: string) => app.inTenant(partnerId, (tx) => tx.rows<{ kind: string; balance: bigint; overdraft: bigint | null }>(sql`select kind, balance, overdraft from accounts where partner_id = ${partnerId} order by kind`))

test('the operator makes a partner with an administrator who can sign in, and the log says who did it and why', async () => {
  const { account, id } = await newPartner()
  const made = await admin(['member:create', '--partner', account, '--name', '林知夏', '--role', 'administrator', '--mobile', '100 1234 5678', '--verified-mobile', '--email', 'LIN@yunxi.example'])
  expect(made).toMatchObject({ code: 0, errors: '' })
  const token = /valid 30 minutes: https:\/\/console\.test\/set-up#([\w-]{43})$/.exec(made.out)?.[1] ?? ''
  const password = 'correct horse battery'
  const setUp = (chosen: string) => app.request('/api/set-up', { method: 'POST', headers: { origin: 'http://console.test', 'content-type': 'application/json' }, body: JSON.stringify({ token, password: chosen }) })
  expect((await setUp('password1')).status).toBe(400)
  expect(await (await setUp(password)).json()).toEqual({ account, member: '' })
  expect((await setUp('another horse battery')).status).toBe(404)
  const [login] = await app.database.inGlobal((tx) => tx.rows<{ login: string; password_hash: string }>(sql`select login, password_hash from logins where account = ${account}`))
  expect(login?.login).toBe('')
  expect(await isPassword(password, login?.password_hash)).toBe(true)
  const [member] = await app.inTenant(id, (tx) => tx.rows(sql`select mobile, email, mobile_verified, email_verified, roles, state from members where partner_id = ${id}`))
  expect(member).toEqual({ mobile: '+8610012345678', email: 'lin@yunxi.example', mobile_verified: true, email_verified: false, roles: ['administrator'], state: 'ACTIVE' })
  const log = await logOf(id)
  expect(log.map(({ operation, source }) => [operation, source])).toEqual([['partner.created', 'vendor'], ['member.created', 'vendor'], ['member.changed', 'console']])
  expect(log[1]?.details).toMatchObject({ operator: 'ops.lin', reason: 'ticket 4711' })
  expect(JSON.stringify(log)).not.toContain('林知夏')
  expect(JSON.stringify(log)).not.toContain(password)
  expect(await accountsOf(id)).toEqual([
    { kind: 'coupon-outside', balance: 0n, overdraft: null }, { kind: 'credit', balance: 0n, overdraft: 0n }, { kind: 'outside', balance: 0n, overdraft: null }, { kind: 'rebate', balance: 0n, overdraft: 0n }, { kind: 'top-up', balance: 0n, overdraft: 0n },
  ])
})

test('nothing happens without operator and reason, and nothing half understood is carried out', async () => {
  const { account, id } = await newPartner()
  const before = await logOf(id)
  const words = ['post:top-up', '--partner', account, '--amount', '5']
  expect(await admin(words, { by: [] })).toMatchObject({ code: 1, errors: expect.stringContaining('--operator') })
  expect(await admin(words, { by: ['--operator', 'ops.lin', '--reason', ' '] })).toMatchObject({ code: 1, errors: expect.stringContaining('--reason') })
  expect(await admin([...words, '--amount-cents', '5'])).toMatchObject({ code: 2, errors: expect.stringContaining('--amount-cents') })
  expect(await admin(['post:top-up', '--partner', account, '--amount', '1e5'])).toMatchObject({ code: 1, errors: expect.stringMatching(/--amount: is an amount/) })
  expect(await admin(['post:top-up', '--partner', account, '--amount', '0.00'])).toMatchObject({ code: 1 })
  expect(await admin(['post:top-up', '--partner', account])).toMatchObject({ code: 1, errors: '--amount: is needed' })
  expect(await admin(['post:top-up', '--partner', 'nobody', '--amount', '5'])).toMatchObject({ code: 1, errors: 'There is no partner nobody.' })
  expect(await admin(['post:nothing'])).toMatchObject({ code: 2 })
  expect(await logOf(id)).toEqual(before)
})

test('money arrives, a limit is set and a customer spends what it has, down to the last cent and not below', async () => {
  const { account, id } = await newPartner()
  const [number, foreign] = ['2081450001', '2081450002']
  await newCustomer(account, number)
  await newCustomer((await newPartner()).account, foreign)
  const post = (what: string, amount: string, ...more: string[]) => admin([`post:${what}`, '--partner', account, '--amount', amount, ...more])
  expect(await post('top-up', '12,300.5')).toMatchObject({ code: 0, out: expect.stringMatching(/^Posted 12,300\.50 CNY for .*: TX\d{12}\.$/) })
  expect(await post('rebate', '80')).toMatchObject({ code: 0 })
  expect(await post('credit-limit', '5000')).toMatchObject({ code: 0, out: expect.stringContaining('0.00 CNY before, 5,000.00 CNY now') })
  expect(await post('own', '200.00', '--customer', number)).toMatchObject({ code: 0 })
  expect(await post('consumption', '150.25', '--customer', number)).toMatchObject({ code: 0 })
  expect(await post('consumption', '49.76', '--customer', number)).toMatchObject({ code: 1, errors: expect.stringContaining('Available 49.75, needed 49.76, short 0.01') })
  expect(await post('consumption', '1', '--customer', foreign)).toMatchObject({ code: 1, errors: expect.stringContaining(`no customer ${foreign}`) })
  expect(await post('held', '10.00', '--customer', number)).toMatchObject({ code: 0 })
  expect(await post('unsettled', '1.5', '--customer', number)).toMatchObject({ code: 0 })
  expect(await post('arrears', '0', '--customer', number)).toMatchObject({ code: 0 })
  expect(Object.fromEntries((await accountsOf(id)).map(({ kind, balance }) => [kind, balance]))).toMatchObject({ 'top-up': 12_300_50n, rebate: 80_00n, own: 49_75n, customer: 0n })
  const [customer] = await app.inTenant(id, (tx) => tx.rows(sql`select held, unsettled, arrears, month_expenditure from customers where partner_id = ${id}`))
  expect(customer).toEqual({ held: 10_00n, unsettled: 1_50n, arrears: 0n, month_expenditure: 150_25n })
  expect((await logOf(id)).filter(({ amount }) => amount !== null).map(({ operation, amount }) => [operation, amount])).toEqual([
    ['funds.top_up', 12_300_50n], ['funds.rebate', 80_00n], ['funds.credit_limit', 5_000_00n], ['funds.own_top_up', 200_00n], ['funds.consume', 150_25n], ['funds.hold', 10_00n], ['funds.hold', 1_50n], ['funds.arrears', 0n],
  ])
  expect(await admin(['invariants', '--partner', account], { by: [] })).toMatchObject({ code: 0, out: expect.stringContaining('the books balance and the operation logs are whole') })
})

test('a member is disabled and signed out at once; the master account and the last administrator are not', async () => {
  const { id, account } = await app.newPartner()
  const manager = await app.database.inTenant(id, async (tx) => (await tx.rows<{ login: string }>(sql`select login from members where partner_id = ${id}`))[0]?.login ?? '')
  // The partner of the tests has one administrator with a login name.
  expect(await admin(['member:set', '--partner', account, '--member', 'nobody-here', '--state', 'DISABLED'])).toMatchObject({ code: 1, errors: expect.stringContaining('has no member') })
  const login = 'second.admin'
  expect(await admin(['member:create', '--partner', account, '--member', login, '--name', '宋清和', '--role', 'administrator', '--email', 'song@yunxi.example', '--password-stdin'], { input: 'correct horse battery' })).toMatchObject({ code: 0, out: expect.not.stringContaining('Password') })
  await app.inTenant(id, (tx) => tx.run(sql`update members set state = 'DISABLED' where partner_id = ${id} and login = ${manager}`))
  expect(await admin(['member:set', '--partner', account, '--member', login, '--role', 'operator'])).toMatchObject({ code: 1, errors: 'This is the last administrator.' })
  expect(await admin(['member:set', '--partner', account, '--member', login, '--state', 'DISABLED'])).toMatchObject({ code: 1 })
  await app.inTenant(id, (tx) => tx.run(sql`update members set state = 'ACTIVE' where partner_id = ${id} and login = ${manager}`))
  const [second] = await app.inTenant(id, (tx) => tx.rows<{ id: string }>(sql`select id from members where partner_id = ${id} and login = ${login}`))
  await app.signIn(id, second?.id ?? '')
  expect(await admin(['member:set', '--partner', account, '--member', login, '--state', 'DISABLED'])).toMatchObject({ code: 0 })
  expect(await app.database.inGlobal((tx) => tx.rows(sql`select 1 from sessions where member_id = ${second?.id ?? ''}::uuid`))).toEqual([])
})

test('a role decides which rights a member can be given, and a changed contact is no longer verified', async () => {
  const { account, id } = await newPartner()
  const create = (...words: string[]) => admin(['member:create', '--partner', account, '--name', '何书遥', ...words])
  expect(await create('--role', 'manager')).toMatchObject({ code: 1, errors: expect.stringContaining('--mobile or --email') })
  expect(await create('--role', 'manager', '--email', 'he@yunxi.example')).toMatchObject({ code: 1, errors: 'The master account is an administrator.' })
  expect(await create('--member', 'director.he', '--role', 'director', '--email', 'he@yunxi.example', '--permission', 'funds.allocate')).toMatchObject({ code: 1, errors: expect.stringContaining('cannot get funds.allocate') })
  expect(await create('--member', 'director.he', '--role', 'director', '--email', 'he@yunxi.example')).toMatchObject({ code: 0 })
  expect(await create('--member', 'manager.he', '--role', 'manager', '--mobile', '123', '--director', 'director.he')).toMatchObject({ code: 1, errors: expect.stringContaining('--mobile: is not a mobile number') })
  expect(await create('--member', 'manager.he', '--role', 'manager', '--mobile', '10012345678', '--verified-mobile', '--director', 'director.he', '--permission', 'funds.allocate', '--permission', 'funds.reclaim')).toMatchObject({ code: 0 })
  expect(await create('--member', 'manager.he', '--role', 'manager', '--mobile', '10012345679')).toMatchObject({ code: 1, errors: expect.stringContaining('exists already') })
  expect(await admin(['member:set', '--partner', account, '--member', 'manager.he', '--mobile', '10012345670', '--remove-permission', 'funds.reclaim'])).toMatchObject({ code: 0, errors: '' })
  const [manager] = await app.inTenant(id, (tx) => tx.rows(sql`select mobile, mobile_verified, extra_permissions, director_id is not null as directed from members where partner_id = ${id} and login = 'manager.he'`))
  expect(manager).toEqual({ mobile: '+8610012345670', mobile_verified: false, extra_permissions: ['funds.allocate'], directed: true })
})

test('a locked verification is unlocked, and person and administrators are told', async () => {
  const { account, id } = await newPartner()
  await admin(['member:create', '--partner', account, '--name', '林知夏', '--role', 'administrator', '--email', 'lin@yunxi.example', '--verified-email'])
  expect(await admin(['member:unlock', '--partner', account])).toMatchObject({ code: 1, errors: expect.stringContaining('is not locked') })
  await app.inTenant(id, (tx, now) => tx.run(sql`insert into verification_guards (partner_id, member_id, guesses, hour_from, day_from, locked_until)
    select partner_id, id, '{}', ${now}::timestamptz, ${now}::timestamptz, ${now}::timestamptz + interval '1 hour' from members where partner_id = ${id}`))
  expect(await admin(['member:unlock', '--partner', account])).toMatchObject({ code: 0, errors: '' })
  expect(await app.inTenant(id, (tx) => tx.rows(sql`select kind, state from messages where partner_id = ${id}`))).toEqual([{ kind: 'PR-05', state: 'queued' }])
  expect(await app.inTenant(id, (tx) => tx.rows(sql`select locked_until from verification_guards where partner_id = ${id}`))).toEqual([{ locked_until: null }])
})

test('a person who lost every authenticator is freed of them, signed out and told by every contact', async () => {
  const { account, id } = await newPartner()
  await admin(['member:create', '--partner', account, '--name', '林知夏', '--role', 'administrator', '--mobile', '10012345678', '--verified-mobile', '--email', 'lin@yunxi.example', '--verified-email'])
  expect(await admin(['member:authenticators:remove', '--partner', account])).toMatchObject({ code: 1, errors: expect.stringContaining('has no authenticator') })
  await app.inTenant(id, async (tx, now) => {
    for (const name of ['Phone', 'Key']) {
      await tx.run(sql`insert into authenticators (partner_id, id, member_id, kind, name, credential_id, public_key, counter, created_at) select partner_id, ${randomUUID()}::uuid, id, 'passkey', ${name}, ${name}, '', 0, ${now}::timestamptz from members where partner_id = ${id}`)
    }
    await tx.run(sql`insert into sessions (id, token_hash, partner_id, member_id, started_at, seen_at, address, agent) select ${randomUUID()}::uuid, 'x', partner_id, id, ${now}::timestamptz, ${now}::timestamptz, '', '' from members where partner_id = ${id}`)
  })
  expect(await admin(['member:authenticators:remove', '--partner', account])).toMatchObject({ code: 0, errors: '', out: `${account} has no authenticator any more (2 removed) and is signed out.` })
  const left = await app.inTenant(id, (tx) => tx.rows(sql`select (select count(*)::int from authenticators where partner_id = ${id}) as authenticators, (select count(*)::int from sessions where partner_id = ${id}) as sessions,
    (select array_agg(kind || ' ' || channel order by channel) from messages where partner_id = ${id}) as messages`))
  expect(left).toEqual([{ authenticators: 0, sessions: 0, messages: ['PR-09 email', 'PR-09 sms'] }])
  expect((await logOf(id)).at(-1)).toMatchObject({ operation: 'member.authenticators_removed', source: 'vendor', details: { removed: 2, operator: 'ops.lin' } })
})

test('the verification switch is turned, told and logged once', async () => {
  const { account, id } = await newPartner()
  await admin(['member:create', '--partner', account, '--name', '林知夏', '--role', 'administrator', '--email', 'lin@yunxi.example', '--verified-email'])
  for (const turn of ['off', 'off']) expect(await admin(['partner:set', '--partner', account, '--verification', turn])).toMatchObject({ code: 0, errors: '' })
  expect(await admin(['partner:set', '--partner', account, '--state', 'RESTRICTED', '--time-zone', 'Asia/Singapore'])).toMatchObject({ code: 0, errors: '' })
  expect(await admin(['partner:set', '--partner', account, '--time-zone', 'Moon/Base'])).toMatchObject({ code: 1, errors: expect.stringContaining('--time-zone') })
  expect(await app.database.inGlobal((tx) => tx.rows(sql`select state, verification_on, time_zone from partners where id = ${id}::uuid`))).toEqual([{ state: 'RESTRICTED', verification_on: false, time_zone: 'Asia/Singapore' }])
  expect((await logOf(id)).map(({ operation }) => operation).filter((operation) => operation.startsWith('verification'))).toEqual(['verification.off'])
  expect(await app.inTenant(id, (tx) => tx.rows(sql`select kind from messages where partner_id = ${id}`))).toEqual([{ kind: 'PR-04' }])
})

test('a customer is made, assigned, frozen and given a budget; what does not fit its type is refused', async () => {
  const { account, id } = await newPartner()
  await admin(['member:create', '--partner', account, '--member', 'manager.he', '--name', '何书遥', '--role', 'manager', '--email', 'he@yunxi.example'])
  await newCustomer(account, '2081450011', '--manager', 'manager.he', '--mobile', '10012345678')
  await newCustomer(account, '2081450012', '--type', 'REFERRAL')
  const set = (number: string, ...words: string[]) => admin(['customer:set', '--partner', account, '--customer', number, ...words])
  expect(await set('2081450011', '--state', 'RESOURCES_FROZEN', '--unassign', '--next-expiry', '2027-01-31', '--budget', '500', '--when-used-up', 'FREEZE_ACCOUNT')).toMatchObject({ code: 0, errors: '' })
  expect(await set('2081450012', '--budget', '500')).toMatchObject({ code: 1, errors: expect.stringContaining('referral') })
  expect(await set('2081450011', '--manager', 'nobody')).toMatchObject({ code: 1 })
  expect(await set('2081450011', '--cause', 'MANUAL')).toMatchObject({ code: 1 })
  const [first, second] = await app.inTenant(id, (tx) => tx.rows<Record<string, unknown>>(sql`select state, freeze_cause, manager_id, mobile, budget_amount, budget_when_used_up, next_expiry from customers where partner_id = ${id} order by number`))
  expect(await app.inTenant(id, (tx) => tx.rows(sql`select how, ended_how from assignments where partner_id = ${id}`))).toEqual([{ how: 'vendor', ended_how: 'vendor' }])
  expect(first).toEqual({ state: 'RESOURCES_FROZEN', freeze_cause: 'PARTNER_STATE', manager_id: null, mobile: '+8610012345678', budget_amount: 500_00n, budget_when_used_up: 'FREEZE_ACCOUNT', next_expiry: new Date('2027-01-31T15:59:59Z') })
  expect(second).toMatchObject({ state: 'NORMAL', freeze_cause: null })
  expect(await app.inTenant(id, findBrokenChains)).toEqual([])
})

test('a reseller gets quotas, and the budgets of its customers stay within them; other partners get none', async () => {
  const account = `reseller-${randomUUID().slice(0, 8)}`
  expect(await admin(['partner:create', '--account', account, '--name', '云桥经销', '--type', 'RESELLER'])).toMatchObject({ code: 0, errors: '' })
  await newCustomer(account, '2081450021')
  await newCustomer(account, '2081450022')
  expect(await admin(['partner:set', '--partner', account, '--monthly-quota', '800.00'])).toMatchObject({ code: 0, errors: '' })
  const budget = (number: string, amount: string, ...more: string[]) => admin(['customer:set', '--partner', account, '--customer', number, '--budget', amount, ...more])
  expect(await budget('2081450021', '500')).toMatchObject({ code: 0, errors: '' })
  expect(await budget('2081450022', '300.01')).toMatchObject({ code: 1, errors: expect.stringContaining('leaves 300.00') })
  expect(await budget('2081450022', '300')).toMatchObject({ code: 0, errors: '' })
  // A new budget of the same customer takes the place of the old one; one of the other kind has no quota.
  expect(await budget('2081450021', '400')).toMatchObject({ code: 0, errors: '' })
  expect(await budget('2081450022', '9000', '--budget-type', 'ONE_TIME')).toMatchObject({ code: 0, errors: '' })
  const { account: provider } = await newPartner()
  expect(await admin(['partner:set', '--partner', provider, '--one-time-quota', '1.00'])).toMatchObject({ code: 1, errors: expect.stringContaining('no reseller') })
})

test('a reseller gets its distributor, another one and none; whoever is no reseller has none, and nobody but a distributor is one', async () => {
  const names = ['reseller', 'delta', 'other'].map((name) => `${name}-${randomUUID().slice(0, 8)}`)
  const [reseller = '', distributor = '', other = ''] = names
  for (const [place, type] of ['RESELLER', 'DISTRIBUTOR', 'DISTRIBUTOR'].entries()) expect(await admin(['partner:create', '--account', names[place] ?? '', '--name', '云桥渠道', '--type', type])).toMatchObject({ code: 0, errors: '' })
  const { account: provider } = await newPartner()
  const set = (account: string, to: string) => admin(['partner:set', '--partner', account, '--distributor', to])
  const distributorOf = async () => (await app.database.inGlobal((tx) => tx.rows<{ account: string | null }>(sql`select d.account from partners r left join partners d on d.id = r.distributor_id where r.account = ${reseller}`)))[0]?.account
  expect(await set(reseller, distributor)).toMatchObject({ code: 0, errors: '' })
  expect(await distributorOf()).toBe(distributor)
  expect(await set(reseller, other)).toMatchObject({ code: 0, errors: '' })
  expect(await distributorOf()).toBe(other)
  expect(await set(reseller, provider)).toMatchObject({ code: 1, errors: `${provider} is no distributor.` })
  expect(await set(reseller, 'nobody-at-all')).toMatchObject({ code: 1 })
  expect(await set(provider, distributor)).toMatchObject({ code: 1, errors: expect.stringContaining('only resellers have a distributor') })
  expect(await distributorOf()).toBe(other)
  expect(await set(reseller, 'none')).toMatchObject({ code: 0, errors: '' })
  expect(await distributorOf()).toBe(null)
})

test('books that do not balance are told and stay closed until they do', async () => {
  const { account, id } = await newPartner()
  await admin(['post:top-up', '--partner', account, '--amount', '100'])
  expect(await admin(['books:open'])).toMatchObject({ code: 1, errors: 'The books are not closed.' })
  await app.engine.script(`update accounts set balance = balance + 1 where partner_id = '${id}' and kind = 'top-up'; insert into installation values ('books_closed', 'closed', now()) on conflict (key) do update set value = 'closed'`)
  expect(await admin(['invariants'], { by: [] })).toMatchObject({ code: 1, out: expect.stringContaining('differs by 0.01 CNY'), errors: '1 place does not agree.' })
  expect(await admin(['books:open'])).toMatchObject({ code: 1, errors: expect.stringContaining('do not balance') })
  await app.engine.script(`update accounts set balance = balance - 1 where partner_id = '${id}' and kind = 'top-up'`)
  expect(await admin(['books:open'])).toMatchObject({ code: 0, out: 'Money may move again.' })
})

test('help names every command and its options', async () => {
  const all = await admin(['help'], { by: [] })
  const names = [...all.out.matchAll(/^ {2}([a-z]+(?::[a-z-]+)?) {2,}/gm)].map(([, name = '']) => name)
  expect(names.length).toBeGreaterThan(15)
  for (const name of names) expect(await admin([name, '--help'], { by: [] })).toMatchObject({ code: 0, out: expect.stringContaining(`npm run admin -- ${name}`) })
})

test('somebody gets several roles by the commands, also one that the partner made, and together only what goes together', async () => {
  const { account, id } = await newPartner()
  await admin(['member:create', '--partner', account, '--name', '林知夏', '--role', 'administrator', '--email', 'lin@yunxi.example', '--verified-email'])
  expect(await admin(['role:create', '--partner', account, '--name', '财务专员', '--permission', 'org.role'])).toMatchObject({ code: 1, errors: expect.stringContaining('--permission') })
  expect(await admin(['role:create', '--partner', account, '--name', 'Operator'])).toMatchObject({ code: 1, errors: 'There is a role Operator already.' })
  expect(await admin(['role:create', '--partner', account, '--name', '财务专员', '--permission', 'funds.allocate'])).toMatchObject({ code: 0 })
  expect((await admin(['role:list', '--partner', account], { by: [] })).out).toContain('财务专员: home.view, funds.view, funds.allocate')
  const create = (...words: string[]) => admin(['member:create', '--partner', account, '--member', 'he.shuyao', '--name', '何书遥', '--email', 'he@yunxi.example', ...words])
  expect(await create('--role', 'director', '--role', 'manager')).toMatchObject({ code: 1, errors: 'An account director is no account manager.' })
  expect(await create('--role', 'administrator', '--custom-role', '财务专员')).toMatchObject({ code: 1, errors: 'An administrator has no other role.' })
  expect(await create()).toMatchObject({ code: 1, errors: 'A member has one to three roles.' })
  expect(await create('--custom-role', '客服')).toMatchObject({ code: 1, errors: `${account} has no role 客服.` })
  expect(await create('--role', 'manager', '--custom-role', '财务专员')).toMatchObject({ code: 0 })
  const roles = () => app.inTenant(id, (tx) => tx.rows(sql`select roles, member_custom_roles(partner_id, custom_role_ids) -> 0 ->> 'name' as custom from members where partner_id = ${id} and login = 'he.shuyao'`))
  expect(await roles()).toEqual([{ roles: ['manager'], custom: '财务专员' }])
  expect(await admin(['member:set', '--partner', account, '--member', 'he.shuyao', '--name', '何书'])).toMatchObject({ code: 0 })
  expect(await roles()).toEqual([{ roles: ['manager'], custom: '财务专员' }])
  expect(await admin(['member:set', '--partner', account, '--member', 'he.shuyao', '--role', 'operator', '--role', 'manager'])).toMatchObject({ code: 0 })
  expect(await roles()).toEqual([{ roles: ['operator', 'manager'], custom: null }])
})
