import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeLog } from '#server/audit/write.ts'
import { seal } from '#server/auth/seal.ts'
import { sql } from '#server/db/query.ts'
import type { Database } from '#server/db/transaction.ts'
import { topUp } from '#server/ledger/vendor.ts'
import { newStatement } from '#server/testing/incentives.ts'
import { createTestApp, type TestApp, type TestPartner } from '#server/testing/app.ts'
import { checkBackup, keptTables } from './backup-archive.ts'
import { restoreBackup } from './backup-restore.ts'
import { fetchBackup, serveBackups } from './backup-socket.ts'
import { saveBackup, writeBackup } from './backup.ts'

const code = '481516'
const [secret, challenge] = ['GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', 'a-challenge-that-waits']
/** Every byte there is, and as much as one file may have. */
const uploads = [Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)), ...Array.from({ length: 2 }, () => Buffer.alloc(5 * 1024 * 1024, 0xa5))]
let app: TestApp
let partner: TestPartner
let directory: string
let file: string

beforeAll(async () => {
  app = await createTestApp([])
  directory = mkdtempSync(join(tmpdir(), 'backup-'))
  file = join(directory, 'first.backup')
  partner = await app.newPartner({ topUp: 123_456_789_012n, credit: 5_000_00n })
  await app.newPartner({ topUp: 1_00n })
  const customer = await app.addCustomer(partner.id, { name: '云海\u2028科技', email: null })
  await app.inTenant(partner.id, async (tx, now) => {
    await writeLog(tx, now, { partnerId: partner.id, memberId: partner.admin.memberId, name: 'Lin Wei', source: 'console' }, { id: 'r1', address: '::1', agent: 'test\nagent', locale: 'zh-CN' }, [
      { operation: 'customer.tag', objectKind: 'customer', objectNumber: customer.number, customerId: customer.id, details: { before: '"=', after: '\\x41' } }, { operation: 'data.reveal', customerId: customer.id },
    ])
    const [inAnHour, in10] = [new Date(now.getTime() + 3_600_000), new Date(now.getTime() + 600_000)]
    for (const state of ['open', 'passed', 'used']) {
      await tx.run(sql`insert into proofs (partner_id, id, member_id, session_id, operation, needs, state, summary, input_digest, digest, created_at, expires_at, guesses, sends, code_mac, code_expires_at)
        values (${partner.id}, ${randomUUID()}, ${partner.admin.memberId}, ${partner.admin.sessionId}, 'funds.allocate', 'code', ${state}, '{}', 'i', ${state}, ${now}, ${inAnHour}, 1, 1, ${`mac-of-${code}`}, ${in10})`)
    }
    await tx.run(sql`insert into request_keys (partner_id, member_id, endpoint, key, input_digest, status, body, at) values (${partner.id}, ${partner.admin.memberId}, 'POST /api/funds/allocations', 'key-0123456789abcdef', 'd', 200, '{}', ${now})`)
    await tx.run(sql`insert into messages (partner_id, id, kind, channel, to_masked, sealed, state, attempts, at, due_at) values (${partner.id}, ${randomUUID()}, 'FU-04', 'sms', '138****8000', ${seal('waits')}, 'queued', 0, ${now}, ${now})`)
    await tx.run(sql`insert into authenticators (partner_id, id, member_id, kind, name, sealed_secret, last_step, created_at) values (${partner.id}, ${randomUUID()}, ${partner.admin.memberId}, 'totp', 'Phone', ${seal(secret)}, 1, ${now})`)
    await tx.run(sql`insert into challenges (partner_id, member_id, session_id, purpose, sealed, expires_at) values (${partner.id}, ${partner.admin.memberId}, ${partner.admin.sessionId}, 'enrol', ${seal(challenge)}, ${in10})`)
    for (const [place, bytes] of uploads.entries()) await tx.run(sql`insert into files (partner_id, id, kind, name, type, bytes, sha256, content, facts, created_at, is_kept) values (${partner.id}, ${randomUUID()}, 'case', ${`${place}.pdf`}, 'application/pdf', ${bytes.length}::int, '', ${bytes}, '{}', ${now}, true)`)
    await tx.run(sql`insert into views (partner_id, id, member_id, sealed, at) values (${partner.id}, ${randomUUID()}, ${partner.admin.memberId}, ${seal('x')}, ${now})`)
  })
  await newStatement(app, partner, { isEstimated: true, taxBasisPoints: 600, lines: [{ incentive: 70_00n }, { incentive: 30_00n, customerId: customer.id }] })
  await saveBackup(file, (out) => writeBackup(app.database, out))
})
afterAll(async () => {
  rmSync(directory, { recursive: true, force: true })
  await app.close()
})

const counts = async (database: Database, partnerIds: readonly string[]) => await database.inTenant(partnerIds, async (tx) => {
  const found: Record<string, number> = {}
  for (const table of keptTables) found[table] = (await tx.rows<{ count: number }>(sql`select count(*)::int as count from ${sql.identifier(table)}`))[0]?.count ?? -1
  return found
})

/** Restores into a new database. @returns it, still open. */
async function restored(from: string): Promise<TestApp> {
  const empty = await createTestApp([])
  await restoreBackup(empty.database, from)
  return empty
}

test('a restored installation has every row of the old one, balanced books and an unbroken log, and goes on numbering', async () => {
  const { partnerIds, footer } = await checkBackup(file)
  const other = await restored(file)
  try {
    expect(await counts(other.database, partnerIds)).toEqual(footer.rows)
    // What triggers sum up is brought along, not summed once more.
    expect(await other.database.inTenant(partnerIds, (tx) => tx.rows(sql`select lines, performance, tax, net from incentive_statements`))).toEqual([{ lines: 2, performance: 100_00n, tax: 6_00n, net: 94_00n }])
    expect(await counts(other.database, partnerIds)).toEqual(await counts(app.database, partnerIds))
    const read = (database: Database) => database.inTenant(partner.id, async (tx) => [
      await tx.rows(sql`select * from accounts order by partner_id, id`), await tx.rows(sql`select * from entries order by seq`), await tx.rows(sql`select * from customers order by id`),
      await tx.rows(sql`select * from log_entries order by seq`), await tx.rows(sql`select * from log_heads`), await tx.rows(sql`select name, bytes, encode(sha256(content), 'hex') as sha256 from files order by name`), await tx.rows(sql`select * from customer_grams order by gram, customer_id`), await tx.rows(sql`select partner_id, total from customer_totals`),
      await tx.rows(sql`select * from manager_totals where customers <> 0 order by manager_id`), await tx.rows(sql`select * from manager_days where amount <> 0 order by day, manager_id`),
    ])
    expect(await read(other.database)).toEqual(await read(app.database))

    const books = { partnerId: partner.id, timeZone: 'Asia/Shanghai' }
    await other.inTenant(partner.id, (tx, now) => topUp(tx, { books, requestId: 'test', reason: 'test', at: now, amount: 1n }))
    await other.inTenant(partner.id, (tx, now) => writeLog(tx, now, { partnerId: partner.id, memberId: null, name: null, source: 'system' }, { id: 'r2', address: '', agent: '', locale: 'zh-CN' }, [{ operation: 'customer.changed' }]))
  } finally {
    await other.close()
  }
})

test('after a restore nobody is signed in, nothing waits to be confirmed or sent, and request keys still count', async () => {
  const other = await restored(file)
  try {
    expect(await other.database.inGlobal((tx) => tx.rows(sql`select 1 from sessions`))).toEqual([])
    const [proofs, messages, keys, views] = await other.inTenant(partner.id, async (tx) => [
      await tx.rows(sql`select state, code_mac from proofs order by state`), await tx.rows(sql`select state, reason, sealed from messages`), await tx.rows(sql`select key, status from request_keys`), await tx.rows(sql`select 1 from views`),
    ])
    expect(proofs).toEqual([{ state: 'used', code_mac: null }, { state: 'void', code_mac: null }, { state: 'void', code_mac: null }])
    expect(messages).toEqual([{ state: 'dropped', reason: 'restored', sealed: null }])
    expect(keys).toEqual([{ key: 'key-0123456789abcdef', status: 200 }])
    expect(views).toEqual([])
  } finally {
    await other.close()
  }
})

test('a backup is the owner\'s alone, says its checksum, and holds no code and no session', async () => {
  // Windows knows no such modes; there the rights of the directory are the file's.
  expect(statSync(file).mode & 0o777).toBe(process.platform === 'win32' ? 0o666 : 0o600)
  const text = gunzipSync(readFileSync(file)).toString('utf8')
  expect(text).not.toContain(code)
  expect(text).not.toContain(partner.admin.token)
  expect(text).not.toMatch(/^=(?:sessions|challenges)$/m)
  expect(text).toMatch(/^=authenticators$/m)
  for (const hidden of [secret, challenge]) for (const clear of [hidden, Buffer.from(hidden).toString('hex'), Buffer.from(hidden).toString('base64')]) expect(text).not.toContain(clear)
  await expect(saveBackup(file, (out) => writeBackup(app.database, out))).rejects.toThrow('exists already')
})

test('a backup that was changed or cut is refused, and nothing of it is restored', async () => {
  const empty = await createTestApp([])
  try {
    const whole = gunzipSync(readFileSync(file)).toString('utf8')
    const cases = {
      'changed.backup': gzipSync(whole.replace('"balance":123456789012', '"balance":923456789012')),
      'short.backup': gzipSync(whole.slice(0, whole.lastIndexOf('!'))),
      'cut.backup': readFileSync(file).subarray(0, -20),
      'bit.backup': flip(readFileSync(file)),
      'other.backup': Buffer.from('hello'),
    }
    expect(whole).toContain('"balance":123456789012')
    for (const [name, bytes] of Object.entries(cases)) {
      writeFileSync(join(directory, name), bytes)
      await expect(restoreBackup(empty.database, join(directory, name))).rejects.toThrow(/not a whole backup/)
    }
    expect(await empty.database.inGlobal((tx) => tx.rows(sql`select 1 from partners`))).toEqual([])
  } finally {
    await empty.close()
  }
})

test('books that were wrong already are not restored, although the file is whole', async () => {
  const broken = await createTestApp([])
  const bad = join(directory, 'bad.backup')
  const { id } = await broken.newPartner({ topUp: 1_000n })
  await broken.inTenant(id, (tx) => tx.run(sql`update accounts set balance = balance + 1 where partner_id = ${id} and kind = 'top-up'`))
  await saveBackup(bad, (out) => writeBackup(broken.database, out))
  await broken.close()
  const empty = await createTestApp([])
  try {
    await expect(restoreBackup(empty.database, bad)).rejects.toThrow('do not balance')
    expect(await empty.database.inGlobal((tx) => tx.rows(sql`select 1 from partners`))).toEqual([])
  } finally {
    await empty.close()
  }
})

test('nobody restores over an installation that is in use', async () => {
  await expect(restoreBackup(app.database, file)).rejects.toThrow('not empty')
})

test('the running server hands a backup to the owner of its data directory, and to nobody when it does not run', async () => {
  const errors: Error[] = []
  const served = await serveBackups(app.database, directory, (error) => void errors.push(error))
  const live = join(directory, 'live.backup')
  expect((await saveBackup(live, async (out) => void (await fetchBackup(directory, out)))).rows).toBeGreaterThan(20)
  await served?.close()
  expect((await checkBackup(live)).footer.rows['partners']).toBe(2)
  expect(await fetchBackup(directory, new PassThrough())).toBe(false)
  expect(errors).toEqual([])
})

/** One bit in the middle of the file. */
function flip(bytes: Buffer): Buffer {
  const changed = Buffer.from(bytes)
  const place = Math.floor(changed.length / 2)
  changed[place] = (changed[place] ?? 0) ^ 1
  return changed
}
