import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '#server/testing/app.ts'
import { sqlState } from './errors.ts'
import { sql } from './query.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp([], { poolMax: 10 })
})
afterAll(() => app.close())

test('a statement that fails beside the commit is told by its own error, however the answers arrive', async () => {
  const fail = async (): Promise<string | undefined> => {
    try {
      await app.database.inGlobal(async (tx) => {
        tx.last(sql`select 1`)
        tx.last(sql`select 1 / ${0}::int`)
        tx.last(sql`select 2`)
      })
      return 'committed'
    } catch (error) {
      return sqlState(error)
    }
  }
  const told = await Promise.all(Array.from({ length: 100 }, fail))
  expect(new Set(told)).toEqual(new Set(['22012']))
})
