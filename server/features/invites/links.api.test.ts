import { afterAll, beforeAll, expect, test } from 'vitest'
import { randomUUID } from 'node:crypto'
import { viewInvite } from '#contract/acceptance.ts'
import { createLink, getInviteChoices, getInviteDesk, queryLinks, replaceLink, revokeLink, showLink } from '#contract/invites.ts'
import { features } from '#server/app.ts'
import { readSecrets } from '#server/auth/secrets.ts'
import { sql } from '#server/db/query.ts'
import { linkToken } from '#server/operations/invite-tokens.ts'
import { createTestApp, type Client, type TestApp, type TestPartner } from '#server/testing/app.ts'
import { customLink, newGuest } from '#server/testing/visitor.ts'

let app: TestApp
let partner: TestPartner
beforeAll(async () => {
  app = await createTestApp(features)
  partner = await app.newPartner()
})
afterAll(() => app.close())

const general = (client: Client, associationType: 'RESALE' | 'REFERRAL' = 'RESALE', of: { key?: string } = {}) => client.call(createLink, { body: { kind: 'GENERAL', associationType } }, of)
const tokenOf = (url: string) => url.split('/').at(-1) ?? ''
const stateBehind = async (url: string) => (await newGuest(app).call(viewInvite, { body: { token: tokenOf(url) } })).body.state
async function newActivity(from: number, to: number, associationType: 'RESALE' | 'REFERRAL' = 'REFERRAL'): Promise<string> {
  const id = randomUUID()
  const at = (now: Date, seconds: number) => new Date(now.getTime() + seconds * 1000)
  await app.database.inGlobal((tx, now) => tx.run(sql`insert into activities (id, name, association_type, starts_at, ends_at, created_at) values (${id}::uuid, '秋季活动', ${associationType}, ${at(now, from)}::timestamptz, ${at(now, to)}::timestamptz, ${now}::timestamptz)`))
  return id
}

test('a person has one general link per type: asking again gives the same address', async () => {
  const first = await general(partner.admin)
  const again = await general(partner.admin)
  const other = await general(partner.admin, 'REFERRAL')
  expect(first.body.url).toMatch(/^http:\/\/console\.test\/invite\/[\w-]{43}$/)
  expect([again.body.url === first.body.url, other.body.url === first.body.url]).toEqual([true, false])
  expect(first.body.link).toMatchObject({ kind: 'GENERAL', state: 'ACTIVE', validUntil: null, manager: null, label: expect.stringMatching(/^member/) })
  const logged = await app.inTenant(partner.id, (tx) => tx.rows<{ operation: string }>(sql`select operation from log_entries where partner_id = ${partner.id} and object_kind = 'link'`))
  expect(logged.map(({ operation }) => operation).toSorted()).toEqual(['link.created', 'link.created', 'link.shown'])
})

test('replacing a general link voids the old address in the same step', async () => {
  const manager = await partner.addMember({ role: 'manager' })
  const first = await general(manager)
  const next = await manager.call(replaceLink, { params: { id: first.body.link.id }, body: {} })
  expect(next.body.link).toMatchObject({ label: first.body.link.label, manager: { id: manager.memberId }, state: 'ACTIVE' })
  expect([await stateBehind(first.body.url), await stateBehind(next.body.url)]).toEqual(['invalid', 'open'])
  expect((await general(manager)).body.url).toBe(next.body.url)
  expect((await manager.call(replaceLink, { params: { id: first.body.link.id }, body: {} })).problem.code).toBe('conflict')
})

/** Names of the tables in which a text stands in the clear. */
async function tablesHolding(text: string): Promise<string[]> {
  const { rows } = await app.engine.query(`select tablename from pg_tables where schemaname = 'public'`)
  const found = await Promise.all(rows.map(async ({ tablename }) => ((await app.engine.query(`select 1 from ${String(tablename)} t where strpos(t::text, '${text}') > 0 limit 1`)).rows.length > 0 ? [String(tablename)] : [])))
  return found.flat()
}

test('a repeated request under one key makes one custom link and gets its address again, which rests in no table', async () => {
  const key = randomUUID()
  const body = { kind: 'CUSTOM' as const, associationType: 'REFERRAL' as const, label: '一次' }
  const urls = [(await partner.admin.call(createLink, { body }, { key })).body.url, (await partner.admin.call(createLink, { body }, { key })).body.url]
  expect(new Set(urls).size).toBe(1)
  expect(await tablesHolding(urls[0]?.split('/').at(-1) ?? '')).toEqual([])
  expect((await partner.admin.call(queryLinks, { body: { filter: { label: '一次' } } })).body.total).toBe(1)
})

test.each(['见 https://evil.example', 'a@b.cn', '看\u202e里', 'www.evil', '', 'x'.repeat(65)])('a label is words: %j is refused', async (label) => {
  const { status, problem } = await partner.admin.call(createLink, { body: { kind: 'CUSTOM', associationType: 'REFERRAL', label } })
  expect([status, ['invalid_input', 'malformed'].includes(problem.code)]).toEqual([400, true])
})

test('the 101st custom link of 24 hours is refused with the time of the next, and possible then', async () => {
  const busy = await app.newPartner()
  await app.inTenant(busy.id, (tx, now) => tx.run(sql`insert into limits (name, subject, taken) values ('links.custom', ${busy.id}, array_fill(${now}::timestamptz, array[100]))`))
  const asked = await busy.admin.call(createLink, { body: { kind: 'CUSTOM', associationType: 'REFERRAL', label: '第一百零一' } }, { headers: { 'accept-language': 'zh-CN' } })
  expect([asked.status, asked.problem.code, asked.problem.detail]).toEqual([429, 'too_many_requests', expect.stringMatching(/^24 小时内最多生成 100 个自定义邀请链接，.+ 后可再次生成。$/)])
  const desk = await busy.admin.call(getInviteDesk, {})
  expect(desk.body.customLinks).toEqual({ used: 100, max: 100, nextAt: asked.problem.facts?.['until'] })
  app.travel(24 * 3600)
  expect((await customLink(await app.signIn(busy.id, busy.admin.memberId))).token).toHaveLength(43)
  app.travel(-24 * 3600)
})

test('an activity link lives as long as its activity, once per person', async () => {
  const id = await newActivity(3600, 7200)
  const first = await partner.admin.call(createLink, { body: { kind: 'ACTIVITY', activityId: id } })
  expect(first.body.link).toMatchObject({ kind: 'ACTIVITY', label: '秋季活动', associationType: 'REFERRAL', state: 'NOT_STARTED', validFrom: expect.any(String), validUntil: expect.any(String) })
  expect((await partner.admin.call(createLink, { body: { kind: 'ACTIVITY', activityId: id } })).body.url).toBe(first.body.url)
  const desk = await partner.admin.call(getInviteDesk, {})
  expect(desk.body.activities).toMatchObject([{ id, state: 'NOT_STARTED', link: { id: first.body.link.id } }])
  expect(await stateBehind(first.body.url)).toBe('not_started')
  app.travel(3600)
  expect(await stateBehind(first.body.url)).toBe('open')
  app.travel(3600)
  expect(await stateBehind(first.body.url)).toBe('ended')
  const later = await app.signIn(partner.id, partner.admin.memberId)
  expect((await later.call(queryLinks, { body: { filter: { state: 'EXPIRED' } } })).body.items.map((link) => link.id)).toEqual([first.body.link.id])
  expect((await later.call(createLink, { body: { kind: 'ACTIVITY', activityId: id } })).problem.code).toBe('conflict')
  expect((await later.call(createLink, { body: { kind: 'ACTIVITY', activityId: randomUUID() } })).problem.code).toBe('not_found')
  app.travel(-7200)
})

test('managers see and handle their own links, a director those of the managers without changing them, an administrator all, another partner none', async () => {
  const company = await app.newPartner()
  const director = await company.addMember({ role: 'director' })
  const [mine, theirs] = [await company.addMember({ role: 'manager', directorId: director.memberId }), await company.addMember({ role: 'manager' })]
  const [own, foreign] = [await customLink(mine, 'REFERRAL', '我的'), await customLink(theirs, 'REFERRAL', '别人的')]
  const labels = async (client: Client) => (await client.call(queryLinks, { body: {} })).body.items.map(({ label }) => label).toSorted()
  expect([await labels(mine), await labels(director), await labels(company.admin), await labels(partner.admin)].map((list) => list.filter((label) => ['我的', '别人的'].includes(label)))).toEqual([['我的'], ['我的'], ['别人的', '我的'], []])
  for (const [client, id, code] of [[mine, foreign.id, 'not_found'], [partner.admin, own.id, 'not_found'], [director, own.id, 'no_permission']] as const) {
    expect((await client.call(showLink, { params: { id }, body: {} })).problem.code).toBe(code)
    expect((await client.call(revokeLink, { params: { id }, body: {} })).problem.code).toBe(code)
  }
  expect((await director.call(getInviteChoices, {})).body.inviters.map(({ id }) => id)).toEqual([mine.memberId])
  expect((await company.admin.call(getInviteChoices, {})).body.managers).toHaveLength(2)
  expect((await company.admin.call(revokeLink, { params: { id: own.id }, body: {} })).body.state).toBe('REVOKED')
})

test('the address is told on demand only, while the link works, and each time is logged; lists and log lines never hold it', async () => {
  const link = await customLink(partner.admin, 'REFERRAL', '地址')
  const shown = await partner.admin.call(showLink, { params: { id: link.id }, body: {} })
  expect(tokenOf(shown.body.url)).toBe(link.token)
  expect(await app.inTenant(partner.id, (tx) => tx.rows(sql`select count(*)::int as n from log_entries where partner_id = ${partner.id} and operation = 'link.shown' and object_number = '地址'`))).toEqual([{ n: 1 }])
  const { text } = await partner.admin.call(queryLinks, { body: { pageSize: 100 } })
  const desk = await partner.admin.call(getInviteDesk, {})
  for (const place of [text, desk.text, app.logged.join('')]) expect(place).not.toContain(link.token)
  const kept = await app.inTenant(partner.id, (tx) => tx.rows<{ all: string }>(sql`select string_agg(to_jsonb(t)::text, ' ') as all from invite_tokens t`))
  expect(kept[0]?.all).not.toContain(link.token)
  await partner.admin.call(revokeLink, { params: { id: link.id }, body: {} })
  expect((await partner.admin.call(showLink, { params: { id: link.id }, body: {} })).problem.code).toBe('conflict')
})

test('an address is made of the configured one alone, whatever the request says of its host', async () => {
  const headers = { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'gopher', forwarded: 'host=evil.example' }
  const { body } = await partner.admin.call(createLink, { body: { kind: 'CUSTOM', associationType: 'REFERRAL', label: '主机' } }, { headers })
  expect(body.url.startsWith('http://console.test/invite/')).toBe(true)
})

test('a link that was printed goes on working when the installation\'s key is changed, and is shown under a new address', async () => {
  const link = await customLink(partner.admin, 'REFERRAL', '换钥匙')
  const before = app.deps.secrets.link
  app.deps.secrets.link = readSecrets({ CODE_SECRET: 'n'.repeat(40), SEAL_SECRET: 's'.repeat(40), CSRF_SECRET: 'f'.repeat(40) }, undefined).link
  const shown = await partner.admin.call(showLink, { params: { id: link.id }, body: {} })
  expect(tokenOf(shown.body.url)).toBe(linkToken(app.deps.secrets, link.id))
  expect([tokenOf(shown.body.url) === link.token, await stateBehind(shown.body.url), await stateBehind(link.token)]).toEqual([false, 'open', 'open'])
  app.deps.secrets.link = before
})

test.each([
  ['frozen', sql`state = 'FROZEN'`, 'partner_frozen'], ['that left', sql`state = 'LEFT'`, 'partner_left'], ['without development', sql`may_develop = false`, 'no_development'],
] as const)('a partner %s makes no link and is told why', async (_, change, block) => {
  const blocked = await app.newPartner()
  await app.database.inGlobal((tx) => tx.run(sql`update partners set ${change} where id = ${blocked.id}`))
  const { problem } = await general(blocked.admin)
  expect([problem.code, problem.facts]).toEqual(['invite_blocked', { block }])
  expect((await blocked.admin.call(getInviteDesk, {})).body).toMatchObject({ blocked: block, mailBlocked: block })
})

test('without a contact of its own, or resale, a partner is told what is missing; a lost distributor stops mails only', async () => {
  const other = await app.newPartner({ type: 'RESELLER' })
  await app.database.inGlobal((tx) => tx.run(sql`update partners set may_resell = false, distributor_left = true where id = ${other.id}`))
  expect((await other.admin.call(getInviteDesk, {})).body).toMatchObject({ blocked: null, mailBlocked: 'distributor_left', types: ['REFERRAL'] })
  expect([(await general(other.admin)).problem.facts, (await general(other.admin, 'REFERRAL')).status]).toEqual([{ block: 'no_resale' }, 200])
  await app.inTenant(other.id, (tx) => tx.run(sql`update members set mobile = null, email = null where partner_id = ${other.id}`))
  expect((await general(other.admin, 'REFERRAL')).problem.facts).toEqual({ block: 'contact_missing' })
})
