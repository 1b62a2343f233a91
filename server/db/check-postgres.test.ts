import { expect, test } from 'vitest'
import { StartRefused } from '#server/start-refused.ts'
import { checkPostgres, checkReachable } from './check-postgres.ts'
import type { Engine } from './open.ts'

const good = { version: 150_008, fsync: 'on', full_page_writes: 'on', synchronous_commit: 'on', checksums: 'on' }

/** A database that says this of itself. */
const engineOf = (settings: Partial<typeof good>): Engine => ({
  kind: 'postgres', query: async () => ({ rows: [{ ...good, ...settings }] }), script: async () => undefined, close: async () => undefined,
  transact: () => Promise.reject(new Error('the check opens no transaction')),
})
async function check(settings: Partial<typeof good>, isProduction: boolean): Promise<{ refused: string; warned: string[] }> {
  const warned: string[] = []
  const refused = await checkPostgres(engineOf(settings), { isProduction, warn: (sentence) => void warned.push(sentence) }).then(() => '', (error: unknown) => String(error))
  return { refused, warned }
}

test('a PostgreSQL that keeps what it acknowledged is taken without a word', async () => {
  expect(await check({}, true)).toEqual({ refused: '', warned: [] })
  for (const synchronous_commit of ['local', 'remote_write', 'remote_apply']) expect((await check({ synchronous_commit }, true)).refused).toBe('')
})

test('one that is too old is refused everywhere, and told which is needed', async () => {
  for (const isProduction of [true, false]) expect((await check({ version: 140_012 }, isProduction)).refused).toContain('must be version 15 or newer')
})

test.each(['fsync', 'full_page_writes', 'synchronous_commit'])('with %s off production refuses to start, naming it; elsewhere it is a warning', async (name) => {
  expect((await check({ [name]: 'off' }, true)).refused).toMatch(new RegExp(`${name} off: acknowledged money could be lost`))
  expect(await check({ [name]: 'off' }, false)).toEqual({ refused: '', warned: [expect.stringContaining(`${name} off; production refuses that`)] })
})

test('missing data checksums are a warning, also in production', async () => {
  expect(await check({ checksums: 'off' }, true)).toEqual({ refused: '', warned: [expect.stringContaining('data checksums')] })
})

test('a database that cannot be used is named by its setting, with every reason, in one sentence', async () => {
  const failing = (error: Error) => checkReachable({ query: () => Promise.reject(error) }, 'DATABASE_URL')
  await expect(failing(new Error('password authentication failed for user "x"'))).rejects.toThrow(new StartRefused('The database of DATABASE_URL cannot be used: password authentication failed for user "x".'))
  await expect(failing(new AggregateError([new Error('connect ECONNREFUSED ::1:5432'), new Error('connect ECONNREFUSED 127.0.0.1:5432')]))).rejects.toThrow('ECONNREFUSED ::1:5432; connect ECONNREFUSED 127.0.0.1:5432.')
  await expect(checkReachable(engineOf({}), 'DATABASE_URL')).resolves.toBeUndefined()
})
