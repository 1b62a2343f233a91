import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '#server/testing/app.ts'
import { sqlState } from './errors.ts'
import { sql } from './query.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp([], { poolMax: 1 })
})
afterAll(() => app.close())

const stateOf = (outcome: PromiseSettledResult<unknown>): string | undefined => (outcome.status === 'rejected' ? sqlState(outcome.reason) : 'done')

test('what is asked together is answered in order; behind the first that fails nothing is run, and the same connection goes on to serve', async () => {
  const states = await app.database.inGlobal(async (tx) => {
    const asked = await Promise.allSettled([tx.rows(sql`select ${1}::int as one`), tx.rows(sql`select 1 / ${0}::int as never`), tx.rows(sql`select ${3}::int as three`)])
    return asked.map(stateOf)
  }).catch((error: unknown) => sqlState(error) ?? String(error))
  // What was swallowed is never committed.
  expect(states).toMatch(/commit was answered with ROLLBACK/)
  const rows = await app.database.inGlobal((tx) => Promise.all([tx.rows(sql`select ${1}::int as one`), tx.rows(sql`select ${3}::int as three`), tx.rows(sql`select 1 / ${1}::int as never`)]))
  expect(rows).toEqual([[{ one: 1 }], [{ three: 3 }], [{ never: 1 }]])
})

test('whoever waits for several things at once hears what went wrong, whichever is heard of first', async () => {
  const later = (work: Promise<unknown>): Promise<unknown> => work.then((value) => value).then((value) => value)
  const told = await app.database.inGlobal((tx) => Promise.all([later(tx.rows(sql`select 1 / ${0}::int as never`)), tx.rows(sql`select ${3}::int as three`)])).then(() => 'done', sqlState)
  expect(told).toBe('22012')
})

test('a statement that the database could not even read fails each time it is asked, and so does nothing else', async () => {
  const ask = () => app.database.inGlobal((tx) => tx.rows(sql`select nothing from nowhere where id = ${1}`)).then(() => 'done', sqlState)
  expect([await ask(), await ask()]).toEqual(['42P01', '42P01'])
  expect(await app.database.inGlobal((tx) => tx.rows(sql`select ${'a "b" \\ c'}::text as text, ${sql.param(['a "b" \\ c', null, ''])}::text[] as texts, ${new Date(0)}::timestamptz as at, ${null}::int as none`)))
    .toEqual([{ text: 'a "b" \\ c', texts: ['a "b" \\ c', null, ''], at: new Date(0), none: null }])
})
