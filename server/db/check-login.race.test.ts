import { Client } from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '#server/testing/postgres.ts'
import { checkLogin } from './check-login.ts'

let database: TestDatabase
let client: Client
beforeAll(async () => {
  database = await createTestDatabase(inject('postgresUrl'))
  client = new Client({ connectionString: database.url })
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await database.drop()
})

/** What the start says to the login `visitor`, once the statements were run. Roles belong to the whole cluster, so all of it is undone again. */
async function check(statements: string, isProduction = true): Promise<{ refused: string; warned: string[] }> {
  const warned: string[] = []
  await client.query('begin')
  try {
    await client.query(`${statements}; set local session authorization visitor`)
    const refused = await checkLogin(client, { isProduction, warn: (sentence) => void warned.push(sentence) }).then(() => '', (error: unknown) => String(error))
    return { refused, warned }
  } finally {
    await client.query('rollback')
  }
}

test('a login that only belongs to the role app is taken without a word', async () => {
  expect(await check('create role visitor login in role app')).toEqual({ refused: '', warned: [] })
})

test.each([
  ['create role visitor login superuser', 'is a superuser'],
  ['create role visitor login bypassrls in role app', 'bypasses row level security'],
  ['create role visitor login createrole in role app', 'may make roles'],
  ['create role visitor login in role app; alter table entries owner to visitor', 'owns the tables'],
  ['create role keeper; alter table entries owner to keeper; create role visitor login in role app, keeper', 'owns the tables'],
  ['create role keeper bypassrls; create role visitor login noinherit in role app, keeper', 'bypasses row level security'],
])('after "%s" production refuses to start, and elsewhere it is a warning', async (statements, words) => {
  expect((await check(statements)).refused).toMatch(new RegExp(`The login visitor of DATABASE_URL ${words}.*MIGRATION_DATABASE_URL`))
  expect(await check(statements, false)).toEqual({ refused: '', warned: [expect.stringMatching(new RegExp(`The login visitor of DATABASE_URL ${words}.*production refuses that`))] })
})

test('a role app that partners are not fenced from is refused everywhere', async () => {
  for (const isProduction of [true, false]) {
    expect((await check('alter role app bypassrls; create role visitor login in role app', isProduction)).refused).toContain('The role app bypasses row level security')
    expect((await check('create role keeper; alter table entries owner to keeper; grant keeper to app; create role visitor login in role app', isProduction)).refused).toContain('The role app owns the tables')
  }
})

test('a login outside of the role app is told what is missing', async () => {
  expect((await check('create role visitor login', false)).refused).toContain('grant app to visitor;')
})
