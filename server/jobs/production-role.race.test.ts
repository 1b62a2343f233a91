import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, inject, onTestFinished, test, vi } from 'vitest'
import { restoreBackup } from '#server/admin/backup-restore.ts'
import { saveBackup, writeBackup } from '#server/admin/backup.ts'
import { checkLogin, checkMembership } from '#server/db/check-login.ts'
import { migrate } from '#server/db/migrate.ts'
import { openPostgres } from '#server/db/open.ts'
import { createDatabase } from '#server/db/transaction.ts'
import { topUp } from '#server/ledger/vendor.ts'
import { createTestApp } from '#server/testing/app.ts'
import { createTestDatabase } from '#server/testing/postgres.ts'
import { installJobs, startJobs, type JobHandlers } from './boss.ts'

/** A database as production has it: one login owns the tables, another is only a member of `app`. */
async function openAsProduction() {
  const { url, drop } = await createTestDatabase(inject('postgresUrl'))
  const owner = openPostgres(url, { poolMax: 2, onError: () => undefined })
  const login = `server_${randomBytes(4).toString('hex')}`
  await owner.script(`create role ${login} login in role app`)
  const address = new URL(url)
  address.username = login
  const server = openPostgres(address.href, { poolMax: 10, onError: () => undefined })
  onTestFinished(async () => {
    await server.close()
    await owner.script(`drop owned by ${login}; drop role ${login}`)
    await owner.close()
    await drop()
  })
  return { owner, server, database: createDatabase(server) }
}

/** A new cluster's two logins and its database, by the very statements that docs/operations.md tells an operator to run. */
async function openAsDocumented() {
  const suffix = randomBytes(4).toString('hex')
  const [, statements = ''] = /```sql\n(create role app nologin;[^`]*)```/.exec(readFileSync('docs/operations.md', 'utf8')) ?? []
  const superuser = openPostgres(inject('postgresUrl'), { poolMax: 1, onError: () => undefined })
  const engineOf = (login: string) => {
    const address = new URL(inject('postgresUrl'))
    address.username = `partner_center_${login}_${suffix}`
    address.pathname = `/partner_center_${suffix}`
    return openPostgres(address.href, { poolMax: 4, onError: () => undefined })
  }
  // The role app is there already: all databases of a cluster share it.
  for (const statement of statements.split(';').map((one) => one.trim()).filter((one) => one !== '' && one !== 'create role app nologin')) {
    await superuser.script(statement.replace(/partner_center(_\w+)?/g, `$&_${suffix}`))
  }
  const [owner, server] = [engineOf('owner'), engineOf('server')]
  onTestFinished(async () => {
    await Promise.all([owner.close(), server.close()])
    for (const statement of [`drop database partner_center_${suffix} with (force)`, `drop role partner_center_owner_${suffix}`, `drop role partner_center_server_${suffix}`]) await superuser.script(statement)
    await superuser.close()
  })
  return { superuser, owner, server, ownerName: `partner_center_owner_${suffix}` }
}

test('a server whose login owns nothing hands out jobs, does them and stops cleanly', async () => {
  const { owner, database } = await openAsProduction()
  await expect(startJobs(database, { onError: () => undefined })).rejects.toThrow('npm run admin -- migrate')
  await installJobs(owner)

  const done: Record<string, string>[] = []
  const errors: Error[] = []
  const nothing = async () => undefined
  const handlers: JobHandlers = { 'message.send': async (jobs) => void done.push(...jobs.filter(({ partnerId }) => partnerId !== undefined)), 'export.build': nothing, 'export.expire': nothing, 'ledger.check': nothing, 'handover.run': nothing, 'coupon.end': nothing, 'payout.run': nothing, 'incentive.run': nothing, sweep: nothing }
  const [one, two] = [await startJobs(database, { handlers, onError: (error) => void errors.push(error) }), await startJobs(database, { handlers, onError: (error) => void errors.push(error) })]
  await Promise.all(Array.from({ length: 30 }, (_, place) => database.inGlobal((tx) => tx.job('message.send', { partnerId: `p${place}` }))))
  await vi.waitFor(() => expect(done).toHaveLength(30), { timeout: 20_000, interval: 20 })
  expect(new Set(done.map(({ partnerId }) => partnerId)).size).toBe(30)
  await Promise.all([one.stop(), two.stop()])
  expect(errors).toEqual([])
})

test('a backup made by that login while fifty transfers run restores to books that conserve money', async () => {
  const app = await createTestApp([])
  onTestFinished(() => app.close())
  const { id } = await app.newPartner({ topUp: 1_000_00n })
  const directory = mkdtempSync(join(tmpdir(), 'backup-'))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  const file = join(directory, 'busy.backup')
  const books = { partnerId: id, timeZone: 'Asia/Shanghai' }
  const transfers = Array.from({ length: 50 }, () => app.inTenant(id, (tx, now) => topUp(tx, { books, requestId: 'test', reason: 'test', at: now, amount: 1n })))
  const saved = saveBackup(file, (out) => writeBackup(app.database, out))
  await Promise.all([...transfers, saved])

  const { owner, database } = await openAsProduction()
  await expect(restoreBackup(database, file)).rejects.toThrow('must be owner')
  const rows = await restoreBackup(createDatabase(owner), file)
  // The books were verified by the restore itself; each transfer is there with both of its entries or not at all.
  expect(rows['entries']).toBe((rows['transfers'] ?? 0) * 2)
  await expect(saveBackup(join(directory, 'again.backup'), (out) => writeBackup(database, out))).resolves.toMatchObject({ rows: Object.values(rows).reduce((sum, count) => sum + count, 0) })
})

test('whoever follows the documents has an owner that restores without being a superuser, and a login that production takes', async () => {
  const app = await createTestApp([])
  onTestFinished(() => app.close())
  await app.newPartner({ topUp: 1_000_00n })
  const directory = mkdtempSync(join(tmpdir(), 'backup-'))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  const file = join(directory, 'documented.backup')
  await saveBackup(file, (out) => writeBackup(app.database, out))

  const { superuser, owner, server, ownerName } = await openAsDocumented()
  await migrate(owner)
  await installJobs(owner)
  await superuser.script(`revoke app from ${ownerName}`)
  await expect(checkMembership(owner)).rejects.toThrow(`The login ${ownerName} may not switch to the role app. As a superuser: grant app to ${ownerName};`)
  await superuser.script(`grant app to ${ownerName}`)
  await checkMembership(owner)
  expect(await restoreBackup(createDatabase(owner), file)).toMatchObject({ partners: 1, transfers: 1, entries: 2 })
  await checkLogin(server, { isProduction: true, warn: (sentence) => expect(sentence).toBe('') })
})
