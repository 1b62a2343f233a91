import { Client } from 'pg'
import { expect, inject, onTestFinished, test } from 'vitest'
import { turnVerificationOn } from '#contract/profile.ts'
import { getSession } from '#contract/session.ts'
import { features } from '#server/app.ts'
import { createTestApp } from '#server/testing/app.ts'

/** An application with few connections, and somebody who holds a row and does not let go. */
async function openStuck(poolMax: number) {
  const app = await createTestApp(features, { poolMax })
  const partner = await app.newPartner()
  const { rows: [row] } = await app.engine.query('select current_database() as name')
  const url = new URL(inject('postgresUrl'))
  url.pathname = `/${String(row?.['name'])}`
  const holder = new Client({ connectionString: url.href })
  await holder.connect()
  onTestFinished(async () => {
    await holder.end()
    await app.close()
  })
  await holder.query('begin')
  await holder.query('select 1 from partners for update')
  return { app, partner, holder }
}

test('every connection has its time-outs', async () => {
  const app = await createTestApp([])
  onTestFinished(() => app.close())
  const { rows } = await app.engine.query(`select current_setting('statement_timeout') as statement, current_setting('lock_timeout') as lock, current_setting('idle_in_transaction_session_timeout') as idle`)
  expect(rows).toEqual([{ statement: '5s', lock: '2s', idle: '10s' }])
})

test('somebody who never lets a lock go costs the one who waits for it a 503, and nobody else anything', async () => {
  const { partner: { admin }, holder } = await openStuck(10)
  const from = performance.now()
  const waiting = admin.call(turnVerificationOn, { body: {} })
  expect((await admin.call(getSession, {})).status).toBe(200)
  const refused = await waiting
  expect([refused.status, refused.problem.code, refused.headers.get('retry-after'), performance.now() - from < 5000]).toEqual([503, 'busy', '1', true])
  await holder.query('rollback')
  expect((await admin.call(turnVerificationOn, { body: {} })).status).toBe(200)
})

test('when all connections wait, the next request is told so within a few seconds, and later all is well by itself', async () => {
  const { partner: { admin }, holder } = await openStuck(2)
  const waiting = [admin.call(turnVerificationOn, { body: {} }), admin.call(turnVerificationOn, { body: {} })]
  const from = performance.now()
  const third = await admin.call(getSession, {})
  expect(third.status === 200 || third.problem.code === 'busy').toBe(true)
  expect(performance.now() - from).toBeLessThan(4000)
  expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual([503, 503])
  await holder.query('rollback')
  expect((await admin.call(getSession, {})).status).toBe(200)
})
