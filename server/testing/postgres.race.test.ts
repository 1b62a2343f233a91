import { existsSync } from 'node:fs'
import { Client } from 'pg'
import { expect, inject, onTestFinished, test } from 'vitest'
import { createTestDatabase, startCluster } from './postgres.ts'

test('each test file works in a database of its own', async () => {
  const [mine, theirs] = await Promise.all([createTestDatabase(inject('postgresUrl')), createTestDatabase(inject('postgresUrl'))])
  await ask(mine.url, 'create table only_here (id int)')

  await expect(ask(theirs.url, 'select * from only_here')).rejects.toThrow('does not exist')
  await Promise.all([mine.drop(), theirs.drop()])
  await expect(ask(mine.url, 'select 1')).rejects.toThrow('does not exist')
})

test('what was committed before the database was killed is there when it runs again, under the same address', async () => {
  const cluster = await startCluster()
  onTestFinished(() => cluster.stop())
  await ask(cluster.url, 'create table kept (id int); insert into kept values (7)')

  await cluster.kill()
  await expect(ask(cluster.url, 'select 1')).rejects.toThrow('ECONNREFUSED')
  await cluster.restart()

  expect(await ask(cluster.url, 'select id from kept')).toEqual([{ id: 7 }])
})

test('a cluster that was stopped leaves no files', async () => {
  const cluster = await startCluster()
  const [directory] = await ask(cluster.url, 'show data_directory')
  await cluster.stop()

  expect(existsSync(String(directory?.['data_directory']))).toBe(false)
})

async function ask(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    const { rows } = await client.query(statement)
    return rows
  } finally {
    await client.end()
  }
}
