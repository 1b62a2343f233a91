import { expect, onTestFinished, test } from 'vitest'
import { startCluster } from '#server/testing/postgres.ts'
import { migrate } from './migrate.ts'
import { openPostgres } from './open.ts'
import { sql } from './query.ts'
import { createDatabase } from './transaction.ts'

test('each of two hundred changes, one after the other, waits for a flush of the disk before it is acknowledged, and those that may be late do not', { timeout: 120_000 }, async () => {
  // A cluster of its own: the count of flushes is the whole cluster's.
  const cluster = await startCluster({ durable: true })
  const engine = openPostgres(cluster.url, { poolMax: 1, onError: () => undefined })
  onTestFinished(async () => {
    await engine.close()
    await cluster.stop()
  })
  await migrate(engine)
  const { rows: [version] } = await engine.query(`select current_setting('server_version_num')::int as number`)
  const count = Number(version?.['number']) >= 180_000 ? `select coalesce(sum(fsyncs), 0)::int as count from pg_stat_io where object = 'wal'` : 'select wal_sync::int as count from pg_stat_wal'
  const readFlushes = async () => {
    await engine.query('select pg_stat_force_next_flush()')
    return Number((await engine.query(count)).rows[0]?.['count'])
  }
  const database = createDatabase(engine)
  const flushesOf = async (name: string, mayBeLate: boolean) => {
    const before = await readFlushes()
    for (let change = 0; change < 200; change += 1) {
      await database.inGlobal((tx, now) => {
        if (mayBeLate) tx.late()
        return tx.run(sql`insert into limits (name, subject, taken) values (${name}, ${String(change)}, array[${now}::timestamptz])`)
      })
    }
    return await readFlushes() - before
  }
  expect(await flushesOf('flush', false)).toBeGreaterThanOrEqual(200)
  expect(await flushesOf('late', true)).toBeLessThan(100)
  // What may be late is seen at once all the same.
  expect(await database.inGlobal((tx) => tx.rows(sql`select count(*)::int as count from limits where name = 'late'`))).toEqual([{ count: 200 }])
})
