import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { sql } from '#server/db/query.ts'
import { createTestApp, type TestApp } from '#server/testing/app.ts'
import { installJobs, startJobs, type JobHandlers } from './boss.ts'
import { jobNames } from './queues.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp([])
  await installJobs(app.engine)
})
afterAll(() => app.close())

function recorder(): { handlers: JobHandlers; done: Record<string, string>[] } {
  const done: Record<string, string>[] = []
  const nothing = async () => undefined
  return { done, handlers: { 'message.send': async (jobs) => void done.push(...jobs), 'export.build': nothing, 'export.expire': nothing, 'ledger.check': nothing, 'handover.run': nothing, 'coupon.end': nothing, 'payout.run': nothing, 'incentive.run': nothing, sweep: nothing } }
}

async function run(handlers: JobHandlers) {
  const errors: Error[] = []
  const jobs = await startJobs(app.database, { handlers, onError: (error) => void errors.push(error) })
  onTestFinished(() => jobs.stop())
  return { errors, jobs }
}

test('a job exists exactly if its transaction commits, and its worker is woken at once', async () => {
  const { handlers, done } = recorder()
  const { errors } = await run({ ...handlers, sweep: handlers['message.send'] })
  const partner = await app.newPartner()

  await expect(app.inTenant(partner.id, async (tx) => {
    await tx.job('sweep', { partnerId: 'undone' })
    throw new Error('the effect failed')
  })).rejects.toThrow('the effect failed')
  await app.inTenant(partner.id, (tx) => tx.job('sweep', { partnerId: 'kept' }))

  // By itself an idle worker of this queue would look every thirty seconds.
  await vi.waitFor(() => expect(done).toContainEqual({ partnerId: 'kept' }), { timeout: 20_000, interval: 20 })
  expect(done).not.toContainEqual({ partnerId: 'undone' })
  const [waiting] = await app.database.inGlobal((tx) => tx.rows<{ count: number }>(sql`select count(*)::int as count from pgboss.job where name = 'sweep' and data->>'partnerId' is not null and state = 'created'`))
  expect(waiting?.count).toBe(0)
  expect(errors).toEqual([])
})

test('messages of many transactions are one nudge for their partner, and a transaction that is undone nudges nobody', async () => {
  const { handlers, done } = recorder()
  await run(handlers)
  const partner = await app.newPartner()
  await expect(app.inTenant(partner.id, async (tx) => {
    tx.nudge('undone')
    throw new Error('the effect failed')
  })).rejects.toThrow('the effect failed')
  await Promise.all(Array.from({ length: 20 }, () => app.inTenant(partner.id, async (tx) => tx.nudge(partner.id))))
  await vi.waitFor(() => expect(done).toContainEqual({ partnerId: partner.id }), { timeout: 20_000, interval: 20 })
  expect(done).not.toContainEqual({ partnerId: 'undone' })
  expect(done.filter(({ partnerId }) => partnerId === partner.id).length).toBeLessThan(5)
})

test('a job that fails is told and comes again', async () => {
  const { handlers } = recorder()
  let attempts = 0
  const { errors } = await run({ ...handlers, 'message.send': async () => {
    attempts += 1
    throw new Error(`attempt ${attempts} failed`)
  } })
  const partner = await app.newPartner()
  await app.inTenant(partner.id, (tx) => tx.job('message.send', { partnerId: partner.id }))

  await vi.waitFor(() => expect(errors.map(({ message }) => message)).toContain('attempt 1 failed'), { timeout: 20_000, interval: 20 })
  await vi.waitFor(async () => {
    const [job] = await app.database.inGlobal((tx) => tx.rows<{ state: string }>(sql`select state::text as state from pgboss.job where name = 'message.send' and data->>'partnerId' = ${partner.id}`))
    expect(job?.state).toBe('retry')
  }, { timeout: 20_000, interval: 20 })
})

test('stopping leaves the database open, and what is handed out meanwhile waits for the next start', async () => {
  const first = recorder()
  const { jobs } = await run(first.handlers)
  await jobs.stop()
  const partner = await app.newPartner()
  await app.inTenant(partner.id, async (tx) => tx.nudge('later'))
  expect(first.done).toEqual([])

  const second = recorder()
  await run(second.handlers)
  await vi.waitFor(() => expect(second.done).toContainEqual({ partnerId: 'later' }), { timeout: 20_000, interval: 20 })
})

test('an installation that is started again keeps one schedule for each of the jobs that the clock starts', async () => {
  await installJobs(app.engine)
  const schedules = await app.database.inGlobal((tx) => tx.rows<{ name: string }>(sql`select name from pgboss.schedule order by name`))
  expect(schedules.map(({ name }) => name)).toEqual(['coupon.end', 'export.expire', 'handover.run', 'incentive.run', 'ledger.check', 'message.send', 'payout.run', 'sweep'])
  const queues = await app.database.inGlobal((tx) => tx.rows<{ name: string }>(sql`select name from pgboss.queue where name not like '\\_\\_%'`))
  expect(queues.map(({ name }) => name).toSorted()).toEqual([...jobNames].toSorted())
})
