import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { BarKey, confirmStatements, createFeedback, getIncentiveChoices, getIncentiveOverview, getLine, getStatement, previewConfirmation, queryFreezes, queryLines, queryStatements, type StatementFilter } from '#contract/incentives.ts'
import { toMinor } from '#contract/money.ts'
import { sql } from '#server/db/query.ts'
import { freeze } from '#server/operations/incentive-freezes.ts'
import { createTestApp, type Client, type TestApp, type TestPartner } from '#server/testing/app.ts'
import { confirmNow, newProgram, newStatement, payments, toldOf } from '#server/testing/incentives.ts'
import { mountIncentives } from './routes.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp([mountIncentives])
})
afterAll(() => app.close())

const confirm = (client: Client, ...statementIds: string[]) => client.call(confirmStatements, { body: { statementIds } })
const logOf = ({ id }: TestPartner) => app.inTenant(id, (tx) => tx.rows<{ operation: string; result: string; number: string | null }>(sql`select operation, result, object_number as number from log_entries where partner_id = ${id} and operation like 'incentive%' order by seq`))
const statesOf = ({ id }: TestPartner) => app.inTenant(id, (tx) => tx.rows<{ number: string; state: string; by: string | null; amount: bigint | null }>(sql`select number, state, confirmed_by_id as by, confirmed_amount as amount from incentive_statements where partner_id = ${id} order by number`))
const listed = async (client: Client, filter: StatementFilter = {}) => (await client.call(queryStatements, { body: { filter, pageSize: 100 } })).body

test('an administrator confirms the statements of a month together; who, when and how much stand in the rows and the log', async () => {
  const partner = await app.newPartner()
  const [one, two] = [await newStatement(app, partner, { lines: [{ incentive: 300_00n }] }), await newStatement(app, partner, { onDeadline: 'AUTO_CONFIRM', lines: [{ incentive: 20_05n }] })]
  const later = await newStatement(app, partner, { period: '2026-11' })
  const { body: preview } = await partner.admin.call(previewConfirmation, { body: { statementIds: [one.id] } })
  expect([preview.items.map(({ id }) => id).toSorted(), preview.total]).toEqual([[one.id, two.id].toSorted(), '320.05'])

  const left = await confirm(partner.admin, one.id)
  expect([left.status, left.problem.code, left.problem.facts?.['missing']]).toEqual([409, 'conflict', two.number])
  expect(left.problem.detail).toContain(two.number)
  expect((await statesOf(partner)).every(({ state }) => state === 'PENDING_CONFIRMATION')).toBe(true)

  const { status, body } = await confirm(partner.admin, one.id.toUpperCase(), two.id)
  expect([status, body]).toEqual([200, { count: 2, total: '320.05' }])
  expect(await statesOf(partner)).toEqual([
    { number: one.number, state: 'CONFIRMED', by: partner.admin.memberId, amount: 300_00n }, { number: two.number, state: 'CONFIRMED', by: partner.admin.memberId, amount: 20_05n },
    { number: later.number, state: 'PENDING_CONFIRMATION', by: null, amount: null },
  ])
  expect((await logOf(partner)).map(({ operation, result, number }) => [operation, result, number])).toEqual([
    ['incentive.confirmed', 'refused', null], ['incentive.confirmed', 'success', one.number], ['incentive.confirmed', 'success', two.number],
  ])
  const again = await confirm(partner.admin, one.id, two.id, one.id)
  expect([again.status, again.problem.rows]).toEqual([409, [
    { row: 0, code: 'already_confirmed', message: 'Confirmed already.' }, { row: 1, code: 'already_confirmed', message: 'Confirmed already.' }, { row: 2, code: 'duplicate', message: 'Already in the list (row 1).' },
  ]])
})

test('the last second counts and the next does not, whether or not anybody has written the end down', async () => {
  const partner = await app.newPartner()
  const { id } = await newStatement(app, partner, { workingDays: 1 })
  const [row] = await app.inTenant(partner.id, (tx, now) => tx.rows<{ left: number }>(sql`select extract(epoch from confirm_until - ${now}::timestamptz)::float8 as left from incentive_statements where id = ${id}`))
  app.travel((row?.left ?? 0) + 2)
  const admin = await app.signIn(partner.id, partner.admin.memberId)
  const late = await confirm(admin, id)
  expect([late.status, late.problem.rows?.map(({ code }) => code)]).toEqual([409, ['after_deadline']])
  const [read] = (await listed(admin)).items
  expect([read?.state, read?.canConfirm, read?.deadline?.workingDaysLeft]).toEqual(['LAPSED', false, 0])
  app.travel(-3)
  expect((await confirm(admin, id)).status).toBe(200)
})

test('a statement that is estimated or lapsed is not confirmed, and one row refuses all', async () => {
  const partner = await app.newPartner()
  const [good, estimated, lapsed] = [await newStatement(app, partner), await newStatement(app, partner, { isEstimated: true }), await newStatement(app, partner, { period: '2026-09' })]
  await app.inTenant(partner.id, (tx, now) => tx.run(sql`update incentive_statements set state = 'LAPSED', lapsed_at = ${now} where id = ${lapsed.id}`))
  const { problem } = await confirm(partner.admin, good.id, estimated.id, lapsed.id)
  expect(problem.rows?.map(({ row, code }) => [row, code])).toEqual([[1, 'not_pending'], [2, 'statement_lapsed']])
  expect((await statesOf(partner))[0]?.state).toBe('PENDING_CONFIRMATION')
})

test('what another partner has does not exist, also among own ones, and a field that nobody knows is refused', async () => {
  const [partner, other] = [await app.newPartner(), await app.newPartner()]
  const [own, theirs] = [await newStatement(app, partner), await newStatement(app, other)]
  for (const ids of [[theirs.id], [own.id, theirs.id], [randomUUID()]]) expect((await confirm(partner.admin, ...ids)).problem.code).toBe('not_found')
  expect((await partner.admin.call(previewConfirmation, { body: { statementIds: [theirs.id] } })).status).toBe(404)
  expect((await partner.admin.call(getStatement, { params: { id: theirs.id } })).status).toBe(404)
  expect((await partner.admin.call(getLine, { params: { id: theirs.lineIds[0] ?? '' } })).status).toBe(404)
  expect((await partner.admin.call(createFeedback, { params: { id: theirs.lineIds[0] ?? '' }, body: { opinion: '金额不符' } })).status).toBe(404)
  expect((await partner.admin.call(queryLines, { body: { filter: { statementId: theirs.id } } })).body).toMatchObject({ items: [], total: 0, totals: { net: '0.00' } })
  for (const [endpoint, body] of [[confirmStatements, { statementIds: [own.id], force: true }], [queryStatements, { filter: { secret: 1 } }], [queryLines, { filter: { mobile: '1' } }], [queryFreezes, { all: true }]] as const) {
    const { status, problem } = await partner.admin.call(endpoint, { body: { statementIds: [own.id] } }, { raw: body })
    expect([endpoint.path, status, problem.code]).toEqual([endpoint.path, 400, 'unknown_field'])
  }
  expect((await confirm(partner.admin, ...Array.from({ length: 101 }, () => own.id))).status).toBe(400)
})

test('an operator may look and confirm only with the right to it; a director and a manager never confirm', async () => {
  const partner = await app.newPartner()
  const { id } = await newStatement(app, partner)
  const [plain, viewer, confirmer] = [await partner.addMember({ role: 'operator' }), await partner.addMember({ role: 'operator', extra: ['incentive.view'] }), await partner.addMember({ role: 'operator', extra: ['incentive.view', 'incentive.confirm'] })]
  expect((await plain.call(queryStatements, { body: {} })).problem.code).toBe('no_permission')
  expect((await viewer.call(queryStatements, { body: {} })).body.items.map(({ canConfirm }) => canConfirm)).toEqual([false])
  for (const client of [viewer, await partner.addMember({ role: 'director', extra: ['incentive.confirm'] }), await partner.addMember({ role: 'manager', extra: ['incentive.confirm'] })]) expect((await confirm(client, id)).problem.code).toBe('no_permission')
  expect((await confirm(confirmer, id)).status).toBe(200)
})
