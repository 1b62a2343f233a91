import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '#server/testing/app.ts'
import { findBrokenChains } from './verify.ts'
import { writeLog } from './write.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp([])
})
afterAll(() => app.close())

/** A partner with five rows in its log. */
async function openLog(): Promise<string> {
  const { id } = await app.newPartner()
  const author = { partnerId: id, memberId: null, name: '王芳', source: 'console' as const }
  const request = { id: 'request', address: '127.0.0.1', agent: 'test', locale: 'en-US' as const }
  for (let place = 0; place < 5; place += 1) await app.inTenant(id, (tx, now) => writeLog(tx, now, author, request, [{ operation: 'customer.tag', details: { before: `tag ${place}` } }]))
  return id
}
/** Changes the log as somebody with the owner's rights could. */
const tamper = (statement: string, id: string) => app.engine.script(`begin; set local session_replication_role = replica; ${statement.replaceAll('$id', `'${id}'`)}; commit`)
const broken = (id: string) => app.inTenant(id, findBrokenChains)

test('a log that nobody touched is whole, and the log of another partner does not matter', async () => {
  const [mine, theirs] = [await openLog(), await openLog()]
  await tamper(`update log_entries set operator_name = '*' where partner_id = $id and seq = 2`, theirs)
  expect(await broken(mine)).toEqual([])
})

test.each([
  ['a changed word', `update log_entries set details = '{"before":"forged"}' where partner_id = $id and seq = 3`, { seq: 3n, why: 'content' }],
  ['a changed word with a fresh hash', `update log_entries e set details = '{}' where partner_id = $id and seq = 3; update log_entries e set hash = sha256(e.previous_hash || convert_to(log_entry_text(e), 'UTF8')) where partner_id = $id and seq = 3`, { seq: 4n, why: 'link' }],
  ['a row taken out of the middle', `delete from log_entries where partner_id = $id and seq = 2`, { seq: 3n, why: 'link' }],
  ['the first row taken away', `delete from log_entries where partner_id = $id and seq = 1`, { seq: 2n, why: 'link' }],
  ['the last rows cut off', `delete from log_entries where partner_id = $id and seq >= 4`, { seq: 3n, why: 'head' }],
  ['everything gone', `delete from log_entries where partner_id = $id`, { seq: 0n, why: 'head' }],
] as const)('%s is found, with the first row that does not fit', async (_what, statement, found) => {
  const id = await openLog()
  await tamper(statement, id)
  expect(await broken(id)).toEqual([{ partnerId: id, ...found }])
})
