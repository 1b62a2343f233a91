import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { allocateFunds, getAccounts } from '#contract/funds.ts'
import { Amount } from '#contract/money.ts'
import { sql } from '#server/db/query.ts'
import { findMismatches } from '#server/ledger/invariants.ts'
import { createTestApp, type TestApp } from '#server/testing/app.ts'
import { mountFunds } from './routes.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp([mountFunds])
  await app.engine.script(`create function refuse_for_space() returns trigger language plpgsql as $$
    begin raise exception 'could not extend file: No space left on device' using errcode = 'disk_full'; end $$`)
})
afterAll(() => app.close())

// Where a disk is found to be full is chance: at the first write, in the middle of a movement, with the log row that goes along with the commit, or by the commit itself.
const places: [place: string, trigger: string][] = [
  ['request_keys', 'create trigger full_disk before insert on'], ['transfers', 'create trigger full_disk before insert on'], ['entries', 'create trigger full_disk before insert on'],
  ['accounts', 'create trigger full_disk before update on'], ['log_entries', 'create trigger full_disk before insert on'], ['entries', 'create constraint trigger full_disk after insert on'],
]

test.each(places)('a disk that is full at %s (%s) moves nothing and says so; reading goes on, and with space the same request works', async (table, trigger) => {
  const { id, admin } = await app.newPartner({ verificationOn: false, topUp: 1000_00n })
  const customer = await app.addCustomer(id)
  const input = { body: { from: 'top-up' as const, items: [{ customerId: customer.id, amount: Amount.parse('200.00') }] } }
  const proof = (await admin.call(allocateFunds, input)).problem.proof?.proofId ?? ''
  const state = () => app.inTenant(id, (tx) => tx.rows(sql`
    select (select balance from accounts where partner_id = ${id} and id = ${customer.accountId}) as held, (select count(*)::int from transfers where partner_id = ${id}) as transfers,
           (select count(*)::int from request_keys where partner_id = ${id}) as keys, (select count(*)::int from log_entries where partner_id = ${id}) as logged, (select state from proofs where id = ${proof}::uuid) as proof`))
  const before = await state()
  const key = randomUUID()

  await app.engine.script(`${trigger} ${table} ${trigger.includes('constraint') ? 'deferrable initially deferred ' : ''}for each row execute function refuse_for_space()`)
  const refused = await admin.call(allocateFunds, input, { key, proof })
  expect([refused.status, refused.problem.code, refused.headers.get('retry-after')]).toEqual([503, 'busy', '1'])
  expect(refused.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
  expect(refused.text).not.toMatch(/device|extend|53100/)
  expect(await state()).toEqual(before)
  expect((await admin.call(getAccounts, {})).status).toBe(200)

  await app.engine.script(`drop trigger full_disk on ${table}`)
  expect((await admin.call(allocateFunds, input, { key, proof })).status).toBe(200)
  expect((await state())[0]).toMatchObject({ held: 200_00n, proof: 'used' })
  expect(await app.inTenant(id, findMismatches)).toEqual([])
})
