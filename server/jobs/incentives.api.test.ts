import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { open } from '#server/auth/seal.ts'
import { sql } from '#server/db/query.ts'
import { freezeUnpaid, notePaid } from '#server/operations/incentive-freezes.ts'
import { dueReminder, settleDeadlines } from '#server/operations/incentive-deadlines.ts'
import { createTestApp, type TestApp, type TestPartner } from '#server/testing/app.ts'
import { confirmNow, newStatement, payments, toldOf } from '#server/testing/incentives.ts'
import { runIncentives } from './incentives.ts'

let app: TestApp
beforeAll(async () => { app = await createTestApp([]) })
afterAll(() => app.close())
beforeEach(() => travelTo('2026-03-02T02:00:00Z'))

async function travelTo(instant: string): Promise<void> {
  const now = await app.database.inGlobal(async (_tx, at) => at.getTime())
  app.travel((Date.parse(instant) - now) / 1000)
}
const run = () => runIncentives(app.database, { onError: (error) => { throw error }, publicUrl: 'https://console.test' })
const told = async ({ id }: TestPartner) => (await app.inTenant(id, (tx) => tx.rows<{ kind: string; channel: string; due: Date; sealed: Uint8Array }>(sql`select kind, channel, due_at as due, sealed from messages where partner_id = ${id} and kind <> 'IC-01' order by at, kind, channel`)))
  .map(({ kind, channel, due, sealed }) => ({ kind, channel, due: due.toISOString(), text: String(JSON.parse(open(sealed)).text) }))
const statement = async ({ id: partnerId }: TestPartner, id: string) => (await app.inTenant(partnerId, (tx) => tx.rows<Record<string, unknown>>(sql`select state, confirm_day::text as day, confirmed_at as "confirmedAt", confirmed_by_id as by, confirmed_amount as amount, lapsed_at as "lapsedAt", frozen, is_provisional as "isProvisional"
  from incentive_statements where id = ${id}`)))[0]
const systemLog = ({ id }: TestPartner) => app.inTenant(id, (tx) => tx.rows<{ operation: string; number: string }>(sql`select operation, object_number as number from log_entries where partner_id = ${id} and source = 'system' order by seq`))

test('generated on 2 March 2026, a statement ends at midnight after 28 April: across Qingming, and the last second is in time', async () => {
  const partner = await app.newPartner()
  const { id, number } = await newStatement(app, partner)
  expect((await statement(partner, id))?.['day']).toBe('2026-04-28')
  const settledAt = (at: string) => app.inTenant(partner.id, (tx) => settleDeadlines(tx, new Date(at), toldOf(partner)))
  expect(await settledAt('2026-04-28T15:59:59.999Z')).toBe(0)
  await travelTo('2026-04-28T16:00:00Z')
  await run()
  await run()
  expect(await statement(partner, id)).toMatchObject({ state: 'LAPSED', lapsedAt: new Date('2026-04-28T16:00:00Z'), confirmedAt: null })
  const lapsed = (await told(partner)).filter(({ kind }) => kind === 'IC-04')
  // At once, also at midnight, by mail and SMS; and with the figure.
  expect(lapsed.map(({ channel, due }) => [channel, due.slice(0, 17)])).toEqual([['email', '2026-04-28T16:00:'], ['sms', '2026-04-28T16:00:']])
  expect(lapsed[1]?.text).toBe(`[Partner Center] Incentive statement ${number} (2026-10, 100.00 CNY) was not confirmed in time and has lapsed.`)
  expect(await systemLog(partner)).toEqual([{ operation: 'incentive.lapsed', number }])
})

test('a sales statement that nobody confirms is confirmed by the system, as of its deadline, and people read it in working hours', async () => {
  const partner = await app.newPartner()
  const { id, number } = await newStatement(app, partner, { onDeadline: 'AUTO_CONFIRM', lines: [{ incentive: 12_34n }] })
  await travelTo('2026-05-03T04:00:00Z')
  await run()
  expect(await statement(partner, id)).toMatchObject({ state: 'CONFIRMED', confirmedAt: new Date('2026-04-28T16:00:00Z'), by: null, amount: 12_34n })
  // Labour Day is over on the sixth; nobody has read a reminder that is too late.
  expect((await told(partner)).map(({ kind, channel, due }) => [kind, channel, due])).toEqual([['IC-03', 'email', '2026-05-06T01:00:00.000Z']])
  expect(await systemLog(partner)).toEqual([{ operation: 'incentive.auto_confirmed', number }])
})

test('whoever may confirm is reminded at 10, 5 and 1 working days, once each, by mail and SMS, in working hours', async () => {
  const partner = await app.newPartner()
  await partner.addMember({ role: 'operator', extra: ['incentive.view', 'incentive.confirm'], mobile: null })
  await partner.addMember({ role: 'manager' })
  const { number } = await newStatement(app, partner)
  const sent = async () => (await told(partner)).map(({ channel, due }) => `${channel} ${due.slice(0, 13)}`)
  await travelTo('2026-04-13T15:00:00Z')
  await run()
  expect(await sent()).toEqual([])
  // The tenth working day before the last begins at midnight; the message waits for nine.
  await travelTo('2026-04-13T16:00:01Z')
  await run()
  await run()
  expect(await sent()).toEqual(['email 2026-04-14T01', 'email 2026-04-14T01', 'sms 2026-04-14T01'])
  await travelTo('2026-04-20T20:00:00Z')
  await run()
  await travelTo('2026-04-24T03:00:00Z')
  await run()
  expect(await sent()).toHaveLength(6)
  await travelTo('2026-04-27T03:00:00Z')
  await run()
  await travelTo('2026-04-28T03:00:00Z')
  await run()
  expect(await sent()).toHaveLength(9)
  const [last] = (await told(partner)).filter(({ channel }) => channel === 'sms').slice(-1)
  expect(last?.text).toBe(`[Partner Center] Incentive statement ${number} (2026-10, 100.00 CNY) lapses on 2026-04-28 24:00 GMT+08:00. Sign in to confirm it.`)
  const [mail] = (await told(partner)).filter(({ channel }) => channel === 'email').slice(-1)
  expect(mail?.text).toContain('1 working day is left after today.')
  expect(mail?.text).toMatch(/https:\/\/console\.test\/incentives\/[0-9a-f-]{36}/)
})

test('a server that slept over two reminders sends the newest only, and one that slept over the deadline none', async () => {
  const partner = await app.newPartner()
  const { id } = await newStatement(app, partner)
  await travelTo('2026-04-22T03:00:00Z')
  await run()
  await run()
  expect((await told(partner)).map(({ kind, channel }) => [kind, channel])).toEqual([['IC-02', 'email'], ['IC-02', 'sms']])
  expect(await app.inTenant(partner.id, (tx) => tx.rows(sql`select days_left as step, is_sent as sent from incentive_reminders where statement_id = ${id} order by 1 desc`))).toEqual([{ step: 10, sent: false }, { step: 5, sent: true }])
  const other = await app.newPartner()
  await newStatement(app, other)
  await travelTo('2026-07-01T03:00:00Z')
  await run()
  expect((await told(other)).map(({ kind }) => kind)).toEqual(['IC-04', 'IC-04'])
})

test('nobody is reminded of what is confirmed, and a short time to confirm is not reminded of on its first day', async () => {
  const partner = await app.newPartner()
  const [done, short] = [await newStatement(app, partner), await newStatement(app, partner, { workingDays: 5, period: '2026-09' })]
  await confirmNow(app, partner, done.id)
  await run()
  expect(await told(partner)).toEqual([])
  await travelTo('2026-03-06T03:00:00Z')
  await run()
  expect((await told(partner)).map(({ kind, channel }) => [kind, channel])).toEqual([['IC-02', 'email'], ['IC-02', 'sms']])
  expect((await told(partner))[0]?.text).toContain(short.number)
})

test.each([
  ['far away', 20, [], undefined, []], ['ten left', 10, [], 10, [10]], ['seven left, told at ten', 7, [10], undefined, []], ['five left', 5, [10], 5, [5]], ['three left, slept over two', 3, [], 5, [10, 5]],
  ['the last day, slept over all', 0, [], 1, [10, 5, 1]], ['the last day, told at one', 0, [10, 5, 1], undefined, []], ['two left, told at five only', 2, [5], undefined, [10]],
] as const)('the reminder that is due: %s', (_case, left, done, send, pass) => expect(dueReminder(left, done)).toEqual({ send, pass: [...pass] }))

test('a provisional deadline moves later once the holidays are known, and never earlier', async () => {
  const partner = await app.newPartner()
  const [early, late] = [await newStatement(app, partner), await newStatement(app, partner, { period: '2026-09' })]
  // As they were counted before the year's notice.
  for (const [{ id }, day] of [[early, '2026-04-24'], [late, '2026-04-30']] as const) await app.inTenant(partner.id, (tx) => tx.run(sql`update incentive_statements set is_provisional = true, confirm_day = ${day}::date, confirm_until = ((${day}::date + 1)::timestamp at time zone 'Asia/Shanghai') where id = ${id}`))
  await run()
  expect([await statement(partner, early.id), await statement(partner, late.id)]).toMatchObject([{ day: '2026-04-28', isProvisional: false }, { day: '2026-04-30', isProvisional: false }])
  expect(await systemLog(partner)).toEqual([{ operation: 'incentive.deadline_moved', number: early.number }])
})

test('what a customer has not paid is frozen and released the day after it has, also while a payment of the rest is over', async () => {
  const partner = await app.newPartner()
  const customer = await app.addCustomer(partner.id)
  const { id, number } = await newStatement(app, partner, { period: '2026-02', lines: [{ customerId: customer.id, incentive: 40_00n }, { incentive: 60_00n }] })
  const about = { customerId: customer.id, period: '2026-02' }
  const held = await app.inTenant(partner.id, (tx, now) => freezeUnpaid(tx, now, toldOf(partner), { ...about, explanation: '客户消费未支付' }))
  expect(held).toMatchObject([{ number, lines: 1, amount: 40_00n }])
  expect(await app.inTenant(partner.id, (tx, now) => freezeUnpaid(tx, now, toldOf(partner), { ...about, explanation: '再次' }))).toEqual([])
  await confirmNow(app, partner, id)
  const pay = payments(app, partner)
  const { requestId } = await pay.take([id])
  expect(await app.inTenant(partner.id, (tx, now) => notePaid(tx, now, partner.id, about))).toEqual({ day: '2026-03-03', freezes: 1 })
  await travelTo('2026-03-02T15:59:00Z')
  await run()
  expect((await statement(partner, id))?.['frozen']).toBe(40_00n)
  await travelTo('2026-03-02T16:00:00Z')
  await run()
  // What is being paid stays as it was counted.
  expect((await statement(partner, id))?.['frozen']).toBe(40_00n)
  await pay.pay(requestId)
  await run()
  expect(await statement(partner, id)).toMatchObject({ frozen: 0n, state: 'CONFIRMED' })
  expect((await told(partner)).map(({ kind, text }) => [kind, /were (\w+)/.exec(text)?.[1]])).toEqual([['IC-11', 'frozen'], ['IC-11', 'released']])
  expect((await pay.take([id])).taken).toMatchObject({ total: 40_00n })
  expect((await systemLog(partner)).map(({ operation }) => operation)).toEqual(['incentive.released'])
})
