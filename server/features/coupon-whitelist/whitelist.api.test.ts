import { afterAll, beforeAll, expect, test } from 'vitest'
import { addToWhitelist, importWhitelist, queryWhitelist, queryWhitelistPreview, removeFromWhitelist, whitelistTemplatePath } from '#contract/coupon-whitelist.ts'
import { createExport, exportFilePath } from '#contract/exports.ts'
import { queryLog, queryRevealRecords } from '#contract/operation-log.ts'
import { revealFields } from '#contract/reveals.ts'
import { features } from '#server/app.ts'
import { sql } from '#server/db/query.ts'
import { buildExport } from '#server/operations/exports-build.ts'
import { createSheetReader } from '#server/spreadsheets/reader.ts'
import { writeWorkbook } from '#server/spreadsheets/write.ts'
import { createTestApp, type Client, type TestApp, type TestPartner } from '#server/testing/app.ts'
import { addAccounts, uploadWhitelist } from '#server/testing/whitelist.ts'

let app: TestApp
beforeAll(async () => { app = await createTestApp(features) })
afterAll(() => app.close())

const newSubsidy = () => app.newPartner({ type: 'SUBSIDY' })
const listOf = async (client: Client) => (await client.call(queryWhitelist, { body: { pageSize: 100 } })).body
let serial = 0
/** Accounts with names that no other test has, and companies of their own. */
async function newAccounts(count: number): Promise<{ name: string; company: string }[]> {
  serial += 1
  const accounts = Array.from({ length: count }, (_, place) => ({ name: `wl${serial}_account_${place}`, company: `名单测试${serial}第${place}有限公司` }))
  await addAccounts(app, accounts)
  return accounts
}
const csv = (rows: readonly (readonly string[])[]): string => [['账号', '客户名称'], ...rows].map((cells) => cells.join(',')).join('\r\n')

async function loggedOf({ admin }: TestPartner, operation: 'whitelist.added' | 'whitelist.removed' | 'whitelist.imported') {
  return (await admin.call(queryLog, { body: { filter: { operation } } })).body.items.map(({ result, objectNumber }) => [result, objectNumber])
}

test('a customer is put on the list by its exact account or name and taken off again; each is a row of the log, and names stay masked', async () => {
  const partner = await newSubsidy()
  const [one, two] = await newAccounts(2)
  expect(await listOf(partner.admin)).toMatchObject({ items: [], version: null, changedAt: null, size: 0 })
  const added = await partner.admin.call(addToWhitelist, { body: { value: one?.name.toUpperCase() ?? '' } })
  expect([added.status, added.body]).toMatchObject([200, { nameMasked: expect.stringMatching(/^名单\*\*\*公司$/), accountNameMasked: expect.stringMatching(/^wl\*\*\*_0$/), memberOfMasked: null, version: 1 }])
  expect((await partner.admin.call(addToWhitelist, { body: { value: ` ${two?.company} ` } })).status).toBe(200)
  expect(await listOf(partner.admin)).toMatchObject({ total: 2, size: 2, version: 1 })
  expect((await partner.admin.call(removeFromWhitelist, { params: { id: added.body.id } })).body).toEqual({ size: 1 })
  expect((await partner.admin.call(removeFromWhitelist, { params: { id: added.body.id } })).status).toBe(404)
  expect(await loggedOf(partner, 'whitelist.added')).toHaveLength(2)
  expect(await loggedOf(partner, 'whitelist.removed')).toContainEqual(['success', added.body.id])
  const text = JSON.stringify((await partner.admin.call(queryLog, { body: { pageSize: 100 } })).body)
  expect(text).not.toContain(one?.name)
  expect(text).not.toContain(one?.company)
})

test('part of a name, an unknown one, a name that several have, a masked one and a customer who is there already are refused and change nothing', async () => {
  const partner = await newSubsidy()
  const [one] = await newAccounts(1)
  await addAccounts(app, [{ name: 'twin_one', company: '双生数据有限公司' }, { name: 'twin_two', company: '双生数据有限公司' }])
  await partner.admin.call(addToWhitelist, { body: { value: one?.name ?? '' } })
  const refused = async (value: string) => (await partner.admin.call(addToWhitelist, { body: { value } })).problem
  expect((await refused(one?.company.slice(0, 6) ?? '')).fields).toMatchObject([{ path: 'value', code: 'whitelist_unknown' }])
  expect((await refused('nobody.at.all')).fields).toMatchObject([{ code: 'whitelist_unknown', message: 'There is no customer of this name or account.' }])
  expect((await refused('双生数据有限公司')).fields).toMatchObject([{ code: 'whitelist_several' }])
  expect(await refused('名单***公司')).toMatchObject({ code: 'masked_value' })
  expect(await refused(one?.company ?? '')).toMatchObject({ code: 'conflict', detail: 'This customer is on the whitelist already.' })
  expect(await listOf(partner.admin)).toMatchObject({ size: 1 })
})

test('a customer of the partner itself can be named as it is called here, and an enterprise member shows its master account', async () => {
  const partner = await newSubsidy()
  await app.addCustomer(partner.id, { name: '自家客户科技有限公司', accountName: 'own_customer_1' })
  const [master] = await addAccounts(app, [{ name: 'group_master', company: '集团总部有限公司' }])
  await addAccounts(app, [{ name: 'group_member', company: '集团分部有限公司', masterId: master ?? null }])
  expect((await partner.admin.call(addToWhitelist, { body: { value: '自家客户科技有限公司' } })).body).toMatchObject({ accountNameMasked: 'ow***_1', memberOfMasked: null })
  expect((await partner.admin.call(addToWhitelist, { body: { value: 'group_member' } })).body).toMatchObject({ memberOfMasked: 'gr***er' })
  const stranger = await newSubsidy()
  expect((await stranger.admin.call(addToWhitelist, { body: { value: '自家客户科技有限公司' } })).problem.fields).toMatchObject([{ code: 'whitelist_unknown' }])
})

test('a person who guesses names is slowed down, also by guesses that find nothing', async () => {
  const partner = await newSubsidy()
  for (let guess = 0; guess < 60; guess += 1) await partner.admin.call(addToWhitelist, { body: { value: `guess_${guess}` } })
  expect((await partner.admin.call(addToWhitelist, { body: { value: 'guess_60' } })).problem).toMatchObject({ code: 'too_many_requests' })
})

test.each(['csv', 'xlsx'] as const)('a new version as %s is shown first and changes nothing, and replaces the list once it is confirmed', async (format) => {
  const partner = await newSubsidy()
  const [stays, goes, comes] = await newAccounts(3)
  for (const { name } of [stays, goes].flatMap((one) => one ?? [])) await partner.admin.call(addToWhitelist, { body: { value: name } })
  const rows = [[comes?.name ?? '', ''], [stays?.name ?? '', stays?.company ?? '']]
  const upload = await uploadWhitelist(app, partner.admin, format === 'csv' ? csv(rows) : writeWorkbook([['Customer name', 'ACCOUNT'], ...rows.map(([account = '', name = '']) => [name, account])]))
  expect([upload.status, upload.body]).toMatchObject([200, { rows: 2, refused: 0, added: 1, removed: 1, kept: 1, version: 1, size: 2 }])
  expect(await listOf(partner.admin)).toMatchObject({ version: 1, size: 2 })
  const shown = await partner.admin.call(queryWhitelistPreview, { params: { id: upload.body.id }, body: {} })
  expect(shown.body).toMatchObject({ total: 2, items: [{ row: 2, accountNameMasked: 'wl***_2', nameMasked: '名单***公司', problem: null }, { row: 3, problem: null }] })
  expect(shown.text).not.toContain(stays?.company)
  const key = 'whitelist-key-0000001'
  const done = await partner.admin.call(importWhitelist, { body: { previewId: upload.body.id } }, { key })
  expect(done.body).toEqual({ version: 2, size: 2 })
  expect(await listOf(partner.admin)).toMatchObject({ version: 2, size: 2, items: [{ accountNameMasked: 'wl***_2', version: 2 }, { accountNameMasked: 'wl***_0', version: 2 }] })
  expect((await partner.admin.call(importWhitelist, { body: { previewId: upload.body.id } }, { key })).headers.get('idempotent-replayed')).toBe('true')
  expect((await partner.admin.call(importWhitelist, { body: { previewId: upload.body.id } })).problem).toMatchObject({ code: 'not_found', detail: 'This preview is over. Upload the file again.' })
  expect((await loggedOf(partner, 'whitelist.imported')).filter(([result]) => result === 'success')).toEqual([['success', 'v2']])
})

test('every row that cannot be imported is named with its reason, and as long as there is one nothing is imported', async () => {
  const partner = await newSubsidy()
  const [one, two] = await newAccounts(2)
  await addAccounts(app, [{ name: 'several_a', company: '重名科技有限公司' }, { name: 'several_b', company: '重名科技有限公司' }])
  const upload = await uploadWhitelist(app, partner.admin, csv([
    [one?.name ?? '', ''], ['no_such_account', ''], ['', '重名科技有限公司'], [two?.name ?? '', one?.company ?? ''], ['', one?.company ?? ''], ['x'.repeat(129), ''], ['', '=HYPERLINK(1)'], ['wl***_1', ''], ['', two?.company ?? ''],
  ]))
  expect(upload.body).toMatchObject({ rows: 9, refused: 7, added: 2 })
  const { body } = await partner.admin.call(queryWhitelistPreview, { params: { id: upload.body.id }, body: { only: 'refused', pageSize: 100 } })
  expect(body.items.map(({ row, problem }) => [row, problem?.code, problem?.other])).toEqual([[3, 'unknown', null], [4, 'several', null], [5, 'differs', null], [6, 'duplicate', 2], [7, 'too_long', null], [8, 'formula', null], [9, 'masked', null]])
  expect((await partner.admin.call(importWhitelist, { body: { previewId: upload.body.id } })).problem).toMatchObject({ code: 'conflict', detail: '7 rows were refused. Nothing was imported.' })
  expect(await listOf(partner.admin)).toMatchObject({ version: null, size: 0 })
})

test('a preview is no good any more once the list was changed, and none of it is imported', async () => {
  const partner = await newSubsidy()
  const [one, two] = await newAccounts(2)
  const first = await uploadWhitelist(app, partner.admin, csv([[one?.name ?? '', '']]))
  await partner.admin.call(addToWhitelist, { body: { value: two?.name ?? '' } })
  expect((await partner.admin.call(importWhitelist, { body: { previewId: first.body.id } })).problem).toMatchObject({ code: 'stale' })
  expect(await listOf(partner.admin)).toMatchObject({ version: 1, size: 1 })
  // A list that was there already, too, and whatever the change is.
  const second = await uploadWhitelist(app, partner.admin, csv([[one?.name ?? '', '']]))
  const [entry] = (await listOf(partner.admin)).items
  await partner.admin.call(removeFromWhitelist, { params: { id: entry?.id ?? '' } })
  expect((await partner.admin.call(importWhitelist, { body: { previewId: second.body.id } })).problem).toMatchObject({ code: 'stale' })
  expect(await listOf(partner.admin)).toMatchObject({ version: 1, size: 0 })
})

test('a preview is its uploader’s alone, is replaced by the next file, and ends after half an hour', async () => {
  const partner = await newSubsidy()
  const [one] = await newAccounts(1)
  const colleague = await partner.addMember({ role: 'operator', extra: ['coupon.whitelist'] })
  const file = csv([[one?.name ?? '', '']])
  const first = (await uploadWhitelist(app, partner.admin, file)).body
  const confirm = async (client: Client, id: string) => (await client.call(importWhitelist, { body: { previewId: id } })).status
  expect(await confirm(colleague, first.id)).toBe(404)
  expect((await colleague.call(queryWhitelistPreview, { params: { id: first.id }, body: {} })).status).toBe(404)
  const second = (await uploadWhitelist(app, partner.admin, file)).body
  expect(await confirm(partner.admin, first.id)).toBe(404)
  app.travel(20 * 60)
  await listOf(partner.admin)
  app.travel(10 * 60 + 1)
  expect(await confirm(partner.admin, second.id)).toBe(404)
  app.travel(-30 * 60 - 1)
  const [kept] = await app.inTenant(partner.id, (tx) => tx.rows<{ sealed: Uint8Array }>(sql`select sealed from whitelist_previews where partner_id = ${partner.id}`))
  expect(Buffer.from(kept?.sealed ?? []).includes(Buffer.from(one?.name ?? '-'))).toBe(false)
  expect(await confirm(partner.admin, second.id)).toBe(200)
})

test.each<[string, string | Uint8Array, number, string, string]>([
  ['of another kind', Buffer.from('%PDF-1.7'), 415, 'unsupported_media', 'Upload an XLSX or CSV file.'], ['with other headings', '账号,手机号码\nabc,1', 400, 'invalid_input', 'The headings must be'], ['with a column too many', '账号,客户名称\nabc,x,y', 400, 'invalid_input', 'The headings must be'],
  ['with headings only', '账号,客户名称\n', 400, 'invalid_input', 'This file has no customers.'], ['in UTF-16', Buffer.from('账号,客户名称', 'utf16le'), 415, 'unsupported_media', 'The encoding'],
  ['of 10,001 rows', `账号,客户名称\n${'abcde,\n'.repeat(10_001)}`, 413, 'too_large', 'more than 10,000 rows'], ['of more than 5 MB', Buffer.alloc(5 * 1024 * 1024 + 1, 'a'), 413, 'too_large', 'at most 5 MB'],
])('a file %s is refused with what is wrong with it, and changes nothing', async (_what, content, status, code, sentence) => {
  const partner = await newSubsidy()
  const { problem } = await uploadWhitelist(app, partner.admin, content)
  expect([problem.status, problem.code]).toEqual([status, code])
  expect(problem.detail).toContain(sentence)
  expect(await listOf(partner.admin)).toMatchObject({ version: null, size: 0 })
  expect(await app.inTenant(partner.id, (tx) => tx.rows(sql`select 1 from whitelist_previews where partner_id = ${partner.id}`))).toEqual([])
})

test('only subsidy partners have a whitelist, and only who keeps it sees or changes anything of it', async () => {
  const partner = await newSubsidy()
  const entry = await partner.admin.call(addToWhitelist, { body: { value: (await newAccounts(1))[0]?.name ?? '' } })
  const [other, seller] = [await newSubsidy(), await app.newPartner()]
  const operator = await partner.addMember({ role: 'operator' })
  const template = async (client: Client) => (await app.request(whitelistTemplatePath('csv', 'zh-CN'), { headers: { cookie: `session=${client.token}` } })).status
  for (const client of [operator, seller.admin]) {
    const statuses = [
      (await client.call(queryWhitelist, { body: {} })).status, (await client.call(addToWhitelist, { body: { value: 'whoever' } })).status, (await client.call(removeFromWhitelist, { params: { id: entry.body.id } })).status,
      (await client.call(importWhitelist, { body: { previewId: entry.body.id } })).status, (await client.call(queryWhitelistPreview, { params: { id: entry.body.id }, body: {} })).status, (await uploadWhitelist(app, client, csv([]))).status, await template(client),
    ]
    expect(statuses).toEqual([403, 403, 403, 403, 403, 403, 403])
  }
  expect((await other.admin.call(removeFromWhitelist, { params: { id: entry.body.id } })).status).toBe(404)
  expect((await other.admin.call(revealFields, { body: { subject: 'whitelist', ids: [entry.body.id], fields: ['name'], page: '/coupons/whitelist' } })).status).toBe(404)
  expect((await uploadWhitelist(app, partner.admin, csv([]), { csrf: null })).problem.code).toBe('csrf')
  expect((await uploadWhitelist(app, partner.admin, csv([]), { headers: { origin: 'https://evil.example' } })).problem.code).toBe('csrf')
  const denied = (await partner.admin.call(queryLog, { body: { filter: { operation: 'access.refused' }, pageSize: 100 } })).body.items
  expect(denied.length).toBeGreaterThanOrEqual(4)
})

test('the templates are read back as files without customers', async () => {
  const partner = await newSubsidy()
  for (const [format, language] of [['csv', 'zh-CN'], ['xlsx', 'zh-CN'], ['csv', 'en-US'], ['xlsx', 'en-US']] as const) {
    const response = await app.request(whitelistTemplatePath(format, language), { headers: { cookie: `session=${partner.admin.token}` } })
    expect(response.headers.get('content-disposition')).toBe(`attachment; filename="whitelist.${format}"`)
    const bytes = Buffer.from(await response.arrayBuffer())
    expect(await createSheetReader().read(bytes)).toEqual({ rows: [{ number: 1, cells: language === 'zh-CN' ? ['账号', '客户名称'] : ['Account', 'Customer name'] }] })
    expect((await uploadWhitelist(app, partner.admin, bytes)).problem.detail).toContain('no customers')
  }
})

test('a row is found by part of its name, shown in full on record, and exported by administrators only, masked', async () => {
  const partner = await newSubsidy()
  const [one, two] = await newAccounts(2)
  const entry = await partner.admin.call(addToWhitelist, { body: { value: one?.name ?? '' } })
  await partner.admin.call(addToWhitelist, { body: { value: two?.name ?? '' } })
  const found = (await partner.admin.call(queryWhitelist, { body: { lookup: { name: `第0有限` } } })).body
  expect([found.total, found.size, found.lookupKinds]).toEqual([1, 2, ['name']])
  expect((await partner.admin.call(queryWhitelist, { body: { view: found.view ?? '' } })).body.total).toBe(1)
  const shown = await partner.admin.call(revealFields, { body: { subject: 'whitelist', ids: [entry.body.id], fields: ['name', 'accountName'], page: '/coupons/whitelist' } })
  expect(shown.body.items).toEqual([{ id: entry.body.id, values: { name: one?.company, accountName: one?.name } }])
  expect((await partner.admin.call(queryRevealRecords, { body: {} })).body.items).toMatchObject([{ subject: { kind: 'whitelist', nameMasked: '名单***公司' } }, { subject: { kind: 'whitelist' } }])

  const keeper = await partner.addMember({ role: 'operator', extra: ['coupon.whitelist', 'data.export'] })
  expect((await keeper.call(createExport, { body: { request: { content: 'coupon-whitelist' }, language: 'en-US' } })).status).toBe(403)
  const { body } = await partner.admin.call(createExport, { body: { request: { content: 'coupon-whitelist' }, language: 'en-US' } })
  await buildExport(app.database, { partnerId: partner.id, exportId: body.id }, (error) => { throw error }, app.deps.secrets)
  const [, header, ...rows] = (await (await app.request(exportFilePath(body.id), { headers: { cookie: `session=${partner.admin.token}` } })).text()).split('\r\n').slice(0, -1)
  expect([header, rows.length]).toEqual(['Customer name,Account name,Member of,Version,Added at', 2])
  expect(rows.join()).not.toContain(one?.company)
})

test('of two who change the list at once both are counted, and of two who import from one state one is told that it changed', async () => {
  const partner = await newSubsidy()
  const accounts = await newAccounts(12)
  const colleague = await partner.addMember({ role: 'operator', extra: ['coupon.whitelist'] })
  const mine = await uploadWhitelist(app, partner.admin, csv(accounts.slice(0, 5).map(({ name }) => [name, ''])))
  const theirs = await uploadWhitelist(app, colleague, csv(accounts.slice(5, 11).map(({ name }) => [name, ''])))
  const answers = await Promise.all([partner.admin.call(importWhitelist, { body: { previewId: mine.body.id } }), colleague.call(importWhitelist, { body: { previewId: theirs.body.id } })])
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
  const { size, version } = await listOf(partner.admin)
  expect([version, [5, 6].includes(size)]).toEqual([1, true])
  const last = accounts[11]?.name ?? ''
  const both = await Promise.all([partner.admin.call(addToWhitelist, { body: { value: last } }), colleague.call(addToWhitelist, { body: { value: last } })])
  expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409])
  expect((await listOf(partner.admin)).size).toBe(size + 1)
})
