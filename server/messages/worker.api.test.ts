import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { Amount } from '#contract/money.ts'
import { sql } from '#server/db/query.ts'
import { maskEmail, maskMobile } from '#server/masking/mask.ts'
import { createTestApp, type TestApp } from '#server/testing/app.ts'
import { SendFailed } from './channel.ts'
import { enqueueNotices, type Notice } from './enqueue.ts'
import { sendWaiting } from './worker.ts'

let app: TestApp
beforeAll(async () => { app = await createTestApp([]) })
afterAll(() => app.close())
beforeEach(() => {
  for (const channel of [app.sms, app.email]) {
    channel.sent.length = 0
    channel.failing = false
  }
  app.jobs.length = 0
})

const at = new Date('2026-11-20T13:03:05.000Z')
const notices = (partnerId: string, customers: number): Notice[] => Array.from({ length: customers }, (_, place) => {
  const [mobile, email] = [`+86138001380${String(place).padStart(2, '0')}`, `buyer${place}@customer.example`]
  const notice = { partnerId, kind: 'FU-04' as const, locale: 'zh-CN' as const, params: { partner: '云海科技', amount: Amount.parse('200.00'), at } }
  return [{ ...notice, channel: 'sms' as const, to: mobile, toMasked: maskMobile(mobile) }, { ...notice, channel: 'email' as const, to: email, toMasked: maskEmail(email) }]
}).flat()

const deps = () => ({ database: app.database, channels: app.deps.channels, onError: () => undefined })
const states = async (partnerId: string) => await app.inTenant(partnerId, (tx) => tx.rows<{ state: string; reason: string | null; sealed: Uint8Array | null }>(sql`select state, reason, sealed from messages where partner_id = ${partnerId}`))

test('a batch of customers is told by one job, each over both channels, once', async () => {
  const { id } = await app.newPartner()
  await app.inTenant(id, (tx, now) => enqueueNotices(tx, now, notices(id, 30)))
  expect(app.jobs).toEqual([{ name: 'message.send', data: { partnerId: id } }])

  await sendWaiting(deps(), [id])
  await sendWaiting(deps(), [id])
  expect(app.sms.sent).toHaveLength(30)
  expect(app.email.sent).toHaveLength(30)
  expect(new Set([...app.sms.sent, ...app.email.sent].map((message) => message.id)).size).toBe(60)
  expect(app.sms.sent[0]).toMatchObject({ to: expect.stringMatching(/^\+86138/), template: { kind: 'notice', locale: 'zh-CN' } })
  expect(app.email.sent[0]?.subject).toBeTruthy()
  expect((await states(id)).every(({ state, sealed }) => state === 'sent' && sealed === null)).toBe(true)
})

test('a message that waits cannot be read in the database', async () => {
  const { id } = await app.newPartner()
  await app.inTenant(id, (tx, now) => enqueueNotices(tx, now, notices(id, 1)))
  const rows = await app.inTenant(id, (tx) => tx.rows(sql`select to_masked, encode(sealed, 'escape') as text from messages where partner_id = ${id}`))
  expect(JSON.stringify(rows)).not.toMatch(/13800138000|buyer0@|云海|200\.00/)
  await sendWaiting(deps(), [id])
})

test('nothing is told of an effect that was undone', async () => {
  const { id } = await app.newPartner()
  await expect(app.inTenant(id, async (tx, now) => {
    await enqueueNotices(tx, now, notices(id, 1))
    throw new Error('undone')
  })).rejects.toThrow('undone')
  await sendWaiting(deps(), [id])
  expect(app.sms.sent).toEqual([])
  expect(await states(id)).toEqual([])
})

test('ten workers at once send each message once', async () => {
  const { id } = await app.newPartner()
  await app.inTenant(id, (tx, now) => enqueueNotices(tx, now, notices(id, 40)))
  await Promise.all(Array.from({ length: 10 }, () => sendWaiting(deps(), [id])))
  expect(app.sms.sent.map(({ to }) => to).toSorted()).toEqual(notices(id, 40).filter(({ channel }) => channel === 'sms').map(({ to }) => to).toSorted())
  expect(app.email.sent).toHaveLength(40)
})

test('while the provider is away a message waits, and later leaves once, under the id of the first attempt', async () => {
  const { id } = await app.newPartner()
  await app.inTenant(id, (tx, now) => enqueueNotices(tx, now, notices(id, 1)))
  const tried: string[] = []
  const away = { send: async (message: { id: string }) => {
    tried.push(message.id)
    throw new SendFailed('unreachable')
  } }
  await sendWaiting({ ...deps(), channels: { sms: away, email: away } }, [id])
  await sendWaiting(deps(), [id])
  expect(app.sms.sent).toEqual([])
  expect((await states(id)).map(({ state, reason }) => [state, reason])).toEqual([['queued', 'unreachable'], ['queued', 'unreachable']])

  app.travel(61)
  await sendWaiting(deps(), undefined)
  expect([...app.sms.sent, ...app.email.sent].map((message) => message.id).toSorted()).toEqual(tried.toSorted())
})

test('a worker that died leaves its messages to the next one after a while', async () => {
  const { id } = await app.newPartner()
  await app.inTenant(id, (tx, now) => enqueueNotices(tx, now, notices(id, 1)))
  const hangs = { send: () => new Promise<void>(() => undefined) }
  void sendWaiting({ ...deps(), channels: { sms: hangs, email: hangs } }, [id]).catch(() => undefined)
  await expect.poll(async () => (await app.inTenant(id, (tx) => tx.rows<{ attempts: number }>(sql`select attempts from messages where partner_id = ${id}`))).map(({ attempts }) => attempts)).toEqual([1, 1])

  await sendWaiting(deps(), [id])
  expect(app.sms.sent).toEqual([])
  app.travel(121)
  await sendWaiting(deps(), [id])
  expect(app.sms.sent).toHaveLength(1)
})

test('a message that is a day old is dropped instead of surprising somebody', async () => {
  const { id } = await app.newPartner()
  await app.inTenant(id, (tx, now) => enqueueNotices(tx, now, notices(id, 1)))
  app.travel(24 * 3600 + 1)
  await sendWaiting(deps(), [id])
  expect(app.sms.sent).toEqual([])
  expect((await states(id)).map(({ state, reason, sealed }) => [state, reason, sealed])).toEqual([['dropped', 'too_old', null], ['dropped', 'too_old', null]])
})

test('a message that waits for working hours leaves then, however long that is, and is not dropped before', async () => {
  const { id } = await app.newPartner()
  await app.inTenant(id, (tx, now) => enqueueNotices(tx, now, notices(id, 1).map((notice) => ({ ...notice, dueAt: new Date(now.getTime() + 3 * 24 * 3600 * 1000) }))))
  await sendWaiting(deps(), [id])
  expect(app.email.sent).toEqual([])
  app.travel(3 * 24 * 3600 + 5)
  await sendWaiting(deps(), [id])
  app.travel(-3 * 24 * 3600 - 5)
  expect(app.email.sent).toHaveLength(1)
})

test('without a channel of its kind a message ends as failed with the reason, and the other kind leaves', async () => {
  const { id } = await app.newPartner()
  await app.inTenant(id, (tx, now) => enqueueNotices(tx, now, notices(id, 1)))
  await sendWaiting({ ...deps(), channels: { email: app.email } }, [id])
  expect((await states(id)).map(({ state, reason }) => [state, reason]).toSorted()).toEqual([['failed', 'no_channel'], ['sent', null]])
})
