import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from '#server/db/query.ts'
import { mountProspects } from '#server/features/prospects/routes.ts'
import { reportOne } from '#server/features/invitations/testing-invites.ts'
import { createTestApp, type TestApp } from '#server/testing/app.ts'
import { endReports } from './sweep.ts'

let app: TestApp
beforeAll(async () => { app = await createTestApp([mountProspects]) })
afterAll(() => app.close())

const day = 24 * 3600

test('three days before a report ends, reporter and account manager are told once, in working hours', async () => {
  const partner = await app.newPartner()
  const manager = await partner.addMember({ role: 'manager' })
  const { id } = await reportOne(partner.admin)
  await app.inTenant(partner.id, (tx) => tx.run(sql`update prospects set manager_id = ${manager.memberId}::uuid where id = ${id}`))
  const told = () => app.inTenant(partner.id, (tx) => tx.rows<{ kind: string; hour: number }>(sql`select kind, extract(hour from due_at at time zone 'Asia/Shanghai')::int as hour from messages where partner_id = ${partner.id} order by id`))
  app.travel(12 * day - 60)
  await endReports(app.database, 'https://console.test')
  expect(await told()).toEqual([])
  app.travel(120)
  await endReports(app.database, 'https://console.test')
  await endReports(app.database, 'https://console.test')
  const notices = await told()
  expect(notices.map(({ kind }) => kind)).toEqual(['IN-05', 'IN-05'])
  for (const { hour } of notices) expect(hour >= 9 && hour < 18).toBe(true)
  app.travel(-12 * day - 60)
})

test('what has lapsed is written down and its number no longer kept; what is under review stays', async () => {
  const partner = await app.newPartner()
  const [lapsed, waiting] = [await reportOne(partner.admin), await reportOne(partner.admin)]
  await app.inTenant(partner.id, (tx) => tx.run(sql`update prospects set state = 'UNDER_REVIEW', expires_at = null where id = ${waiting.id}`))
  await app.database.inGlobal((tx) => tx.run(sql`update reservations set expires_at = null where prospect_id = ${waiting.id}`))
  app.travel(15 * day + 1)
  await endReports(app.database, undefined)
  app.travel(-15 * day - 1)
  const rows = await app.inTenant(partner.id, (tx) => tx.rows<{ id: string; state: string }>(sql`select id, state from prospects where partner_id = ${partner.id}`))
  expect(new Map(rows.map(({ id, state }) => [id, state]))).toEqual(new Map([[lapsed.id, 'EXPIRED'], [waiting.id, 'UNDER_REVIEW']]))
  const log = await app.inTenant(partner.id, (tx) => tx.rows(sql`select operation, source, object_number, details from log_entries where partner_id = ${partner.id} and source = 'system'`))
  expect(log).toEqual([{ operation: 'prospect.expired', source: 'system', object_number: lapsed.id, details: { name: '云海***公司', mobile: expect.stringMatching(/^137\*{4}\d{4}$/) } }])
  expect(await app.database.inGlobal((tx) => tx.rows(sql`select prospect_id as id from reservations where partner_id = ${partner.id}`))).toEqual([{ id: waiting.id }])
})
