import { afterAll, beforeAll, expect, test } from 'vitest'
import { customerSignIn } from '#contract/acceptance.ts'
import { getInviteDesk } from '#contract/invites.ts'
import { features } from '#server/app.ts'
import { sql } from '#server/db/query.ts'
import { createTestApp, type TestApp } from '#server/testing/app.ts'
import { newGuest } from '#server/testing/visitor.ts'
import { runCommand } from './run.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp(features)
})
afterAll(() => app.close())

const by = ['--operator', 'ops.lin', '--reason', 'ticket 4712']
async function admin(words: readonly string[], input = '') {
  const [out, errors]: [string[], string[]] = [[], []]
  const code = await runCommand(words, {
    open: async () => ({ ...app.engine, close: async () => undefined }),
    publicUrl: 'https://console.test', print: (line) => out.push(line), printError: (line) => errors.push(line), readInput: async () => input, prepareMessages: () => undefined,
  })
  return { code, out: out.join('\n'), errors: errors.join('\n') }
}
const account = async (name: string) => (await app.database.inGlobal((tx) => tx.rows<Record<string, unknown>>(sql`select name, mobile, facts, registered_at, password_hash is not null as "canSignIn" from cloud_accounts where name = ${name}`)))[0]

test('the operator makes an account with its facts and a password that never stands on the command line', async () => {
  const words = ['account:create', '--name', 'river.soft', '--mobile', '100 2000 3000', '--registered', '2026-01-15', '--fact', 'UNPAID_BILLS', '--fact', 'CASH_SPEND', '--password-stdin']
  expect(await admin(words, 'a long river password')).toMatchObject({ code: 0, errors: '' })
  expect(await account('river.soft')).toEqual({ name: 'river.soft', mobile: '+8610020003000', facts: ['UNPAID_BILLS', 'CASH_SPEND'], registered_at: new Date('2026-01-15T00:00:00+08:00'), canSignIn: true })
  expect((await newGuest(app).call(customerSignIn, { body: { account: 'river.soft', password: 'a long river password' } })).status).toBe(200)
  expect((await admin(words, 'a long river password')).errors).toContain('There is an account river.soft already.')
  expect((await admin(['account:create', '--name', 'x', '--fact', 'RICH'])).errors).toMatch(/--name: [\s\S]*--fact/)
  expect((await admin(['account:create', '--name', 'weak.pass', '--password-stdin'], 'password1')).code).toBe(1)
})

test('facts come and go one by one; of a partner\'s customer the change stands in that partner\'s log', async () => {
  await admin(['account:create', '--name', 'lake.soft', '--fact', 'UNPAID_BILLS'])
  expect(await admin(['account:set', '--name', 'lake.soft', '--fact', 'SPECIAL_CONTRACT', '--no-fact', 'UNPAID_BILLS', ...by])).toMatchObject({ code: 0 })
  expect(await account('lake.soft')).toMatchObject({ facts: ['SPECIAL_CONTRACT'], canSignIn: false })
  const partner = await app.newPartner()
  const customer = await app.addCustomer(partner.id, { accountName: 'pond.soft' })
  expect(await admin(['account:set', '--name', 'pond.soft', '--mobile', '100 2000 3001', ...by])).toMatchObject({ code: 0 })
  expect(await app.inTenant(partner.id, (tx) => tx.rows(sql`select c.mobile, e.details ->> 'operator' as operator, e.details ->> 'changed' as changed from customers c join log_entries e on e.customer_id = c.id where c.partner_id = ${partner.id} and c.id = ${customer.id}`)))
    .toEqual([{ mobile: '+8610020003001', operator: 'ops.lin', changed: 'mobile' }])
  expect((await admin(['account:set', '--name', 'nobody.here', '--no-fact', 'CASH_SPEND', ...by])).errors).toContain('There is no account nobody.here.')
})

test('an enterprise has a name and members, on one level; a member is let go by naming itself', async () => {
  const belongs = async (name: string) => (await app.database.inGlobal((tx) => tx.rows<Record<string, unknown>>(sql`select a.company, m.name as master from cloud_accounts a left join cloud_accounts m on m.id = a.master_id where a.name = ${name}`)))[0]
  expect(await admin(['account:create', '--name', 'group.head', '--company', '霁川集团有限公司'])).toMatchObject({ code: 0, errors: '' })
  expect(await admin(['account:create', '--name', 'group.north', '--company', '霁川北方有限公司', '--member-of', 'Group.Head'])).toMatchObject({ code: 0, errors: '' })
  expect(await belongs('group.north')).toEqual({ company: '霁川北方有限公司', master: 'group.head' })
  await admin(['account:create', '--name', 'group.south'])
  expect(await admin(['account:set', '--name', 'group.south', '--company', '霁川南方有限公司', '--member-of', 'group.head', ...by])).toMatchObject({ code: 0, errors: '' })
  expect(await belongs('group.south')).toEqual({ company: '霁川南方有限公司', master: 'group.head' })
  const refused = async (name: string, master: string) => (await admin(['account:set', '--name', name, '--member-of', master, ...by])).errors
  expect(await refused('group.south', 'group.north')).toContain('group.north is a member of an enterprise itself')
  await admin(['account:create', '--name', 'group.other'])
  expect(await refused('group.head', 'group.other')).toContain('group.head is a master account with members')
  expect(await refused('group.south', 'group.none')).toContain('There is no account group.none.')
  expect(await belongs('group.south')).toMatchObject({ master: 'group.head' })
  expect(await admin(['account:set', '--name', 'group.south', '--member-of', 'group.south', ...by])).toMatchObject({ code: 0, errors: '' })
  expect(await belongs('group.south')).toEqual({ company: '霁川南方有限公司', master: null })
})

test('an activity runs from the first to the last day in mainland China; grants of a partner count at once and are logged', async () => {
  expect(await admin(['activity:create', '--name', '冬季上云', '--type', 'RESALE', '--from', '2026-12-01', '--to', '2099-12-31'])).toMatchObject({ code: 0, errors: '' })
  const partner = await app.newPartner()
  expect((await partner.admin.call(getInviteDesk, {})).body.activities).toMatchObject([{ name: '冬季上云', from: '2026-11-30T16:00:00.000Z', to: '2099-12-31T16:00:00.000Z' }])
  expect((await admin(['activity:create', '--name', '反了', '--type', 'RESALE', '--from', '2026-12-02', '--to', '2026-12-01'])).code).toBe(1)
  expect(await admin(['partner:set', '--partner', partner.account, '--may-resell', 'off', '--may-develop', 'off', ...by])).toMatchObject({ code: 0, errors: '' })
  expect((await partner.admin.call(getInviteDesk, {})).body).toMatchObject({ blocked: 'no_development', types: ['REFERRAL'] })
  expect(await app.inTenant(partner.id, (tx) => tx.rows(sql`select details ->> 'changed' as changed from log_entries where partner_id = ${partner.id} and operation = 'partner.changed'`))).toEqual([{ changed: 'may-develop off, may-resell off' }])
  expect(await admin(['partner:set', '--partner', partner.account, '--may-develop', 'on', ...by])).toMatchObject({ code: 0 })
  expect((await partner.admin.call(getInviteDesk, {})).body.blocked).toBe(null)
})
