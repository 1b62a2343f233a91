import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { getCompany, queryCompanyChanges, submitCompanyChange, withdrawCompanyChange, type CompanyData } from '#contract/company.ts'
import { queryLog } from '#contract/operation-log.ts'
import { runCommand } from '#server/admin/run.ts'
import { features } from '#server/app.ts'
import { open } from '#server/auth/seal.ts'
import { sql } from '#server/db/query.ts'
import { sweep } from '#server/jobs/sweep.ts'
import { createTestApp, type Client, type TestApp, type TestPartner } from '#server/testing/app.ts'
import { download, enterCompany, upload } from '#server/testing/company.ts'
import { licencePicture, pdf, png } from '#server/testing/files.ts'

const data: CompanyData = { name: 'Test Partner', address: '深圳市南山区旧港路1号', representative: '沈若溪', industry: '软件和信息技术服务', phone: '0755-26880000', website: 'https://yungang.example' }
let app: TestApp
let partner: TestPartner
let manager: Client
beforeAll(async () => { app = await createTestApp(features) })
beforeEach(async () => {
  partner = await app.newPartner()
  await enterCompany(app, partner.id)
  manager = await partner.addMember({ role: 'manager' })
})
afterAll(() => app.close())

const submit = (after: Partial<CompanyData>, fileId?: string, client = partner.admin) => client.call(submitCompanyChange, { body: { data: { ...data, ...after }, ...(fileId !== undefined && { fileId }) } })
/** A file of this text, kept as if it had been read. */
async function uploaded(client: Client, facts: Record<string, string | null>, bytes: Buffer = png(80, 80)): Promise<string> {
  const { body } = await upload(app, client, bytes)
  await app.inTenant(partner.id, (tx) => tx.run(sql`update files set facts = ${JSON.stringify(facts)}::jsonb where partner_id = ${partner.id} and id = ${body.fileId}::uuid`))
  return body.fileId
}
async function admin(...argv: string[]): Promise<{ code: number; printed: string }> {
  const printed: string[] = []
  const print = (line: string) => void printed.push(line)
  const engine = { ...app.engine, close: async () => undefined }
  const code = await runCommand(argv, { open: async () => engine, publicUrl: 'http://console.test', print, printError: print, readInput: async () => '', prepareMessages: () => undefined })
  return { code, printed: printed.join('\n') }
}
const by = ['--operator', 'vendor.li', '--reason', '营业执照不清晰']

test('a licence is read: name, code, representative and address prefill the form, and the file waits to be handed in', async () => {
  const { status, body } = await upload(app, partner.admin, licencePicture(), { name: '../../营业执照.svg', type: 'image/svg+xml' })
  expect([status, body.read]).toEqual([200, { name: '深圳云港数据服务有限公司', creditCode: '91440300MA5DEMQ1X9', representative: '沈若溪', address: '深圳市南山区云港路18号科创大厦6层' }])
  const file = await download(app, partner.admin, body.fileId)
  expect([file.status, file.headers.get('content-type'), file.headers.get('content-disposition')]).toEqual([200, 'image/png', `attachment; filename="____.png"; filename*=UTF-8''${encodeURIComponent('营业执照.png')}`])
  expect([file.headers.get('x-content-type-options'), file.headers.get('content-security-policy'), file.headers.get('cache-control')]).toEqual(['nosniff', "default-src 'none'; frame-ancestors 'none'; sandbox", 'no-store'])
  // Not handed in yet, it is nobody else's; and the company shows none.
  expect([(await download(app, manager, body.fileId)).status, (await manager.call(getCompany, {})).body.licence]).toEqual([404, null])
}, 60_000)

test('a document with a script is read as text and only ever a download', async () => {
  const bytes = pdf(['No labels here'], '/OpenAction << /S /JavaScript /JS (app.alert(1)) >>')
  const { status, body, text } = await upload(app, partner.admin, bytes, { type: 'application/pdf', name: 'licence.pdf' })
  expect([status, body.read, text.includes('alert')]).toEqual([200, { name: null, creditCode: null, representative: null, address: null }, false])
  const file = await download(app, partner.admin, body.fileId)
  expect([file.headers.get('content-type'), file.headers.get('content-disposition'), file.headers.get('content-security-policy')]).toEqual(['application/pdf', `attachment; filename="licence.pdf"; filename*=UTF-8''licence.pdf`, "default-src 'none'; frame-ancestors 'none'; sandbox"])
  expect(Buffer.from(await file.arrayBuffer()).equals(bytes)).toBe(true)
}, 60_000)

test.each<[string, () => Buffer, number, string]>([
  ['a drawing with scripts that calls itself a picture', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), 415, 'Upload a PNG, JPEG or PDF file.'],
  ['a page', () => Buffer.from('<!doctype html><script>1</script>'), 415, 'Upload a PNG, JPEG or PDF file.'],
  ['an archive', () => Buffer.from('PK\x03\x04', 'latin1'), 415, 'Upload a PNG, JPEG or PDF file.'],
  ['a picture with an archive behind it', () => Buffer.concat([png(4, 4), Buffer.from('PK\x03\x04', 'latin1')]), 415, 'This file cannot be read. Choose another one.'],
  ['a picture that breaks off', () => licencePicture().subarray(0, 20_000), 415, 'This file cannot be read. Choose another one.'],
  ['a picture that would fill the memory', () => png(4, 4, [], { width: 50_000, height: 50_000 }), 415, 'The picture is too large. At most 40 megapixels.'],
  ['a picture whose points are not there', () => png(4, 4, [], { width: 300, height: 300 }), 415, 'This file cannot be read. Choose another one.'],
  ['a document of nothing', () => Buffer.from('%PDF-1.4\nstartxref\n0\n%%EOF\n'), 415, 'This file cannot be read. Choose another one.'],
  ['a byte too many', () => Buffer.concat([png(4, 4), Buffer.alloc(5 * 1024 * 1024 + 1 - png(4, 4).length)]), 413, 'A file has at most 5 MB.'],
  ['far too much', () => Buffer.alloc(6 * 1024 * 1024), 413, 'A file has at most 5 MB.'],
])('%s is refused in one sentence, and nothing is kept', async (_name, bytes, status, detail) => {
  const answer = await upload(app, partner.admin, bytes())
  expect([answer.status, answer.problem.detail]).toEqual([status, detail])
  expect(await app.inTenant(partner.id, (tx) => tx.rows(sql`select 1 from files where partner_id = ${partner.id}`))).toEqual([])
}, 60_000)

test('a form of another shape, without its value, from elsewhere or by somebody without the right is refused before anything is read', async () => {
  const picture = png(4, 4)
  expect((await upload(app, partner.admin, picture, { field: 'other' })).problem.detail).toBe('Choose one file.')
  expect((await upload(app, partner.admin, picture, { more: { partnerId: 'x' } })).problem.detail).toBe('Choose one file.')
  expect((await upload(app, partner.admin, Buffer.alloc(0))).problem.detail).toBe('Choose one file.')
  expect((await upload(app, partner.admin, picture, { csrf: null })).problem.code).toBe('csrf')
  expect((await upload(app, partner.admin, picture, { headers: { origin: 'https://elsewhere.example' } })).problem.code).toBe('csrf')
  expect((await upload(app, manager, picture)).problem.code).toBe('no_permission')
  expect((await partner.admin.call(queryLog, { body: { filter: { operation: 'access.refused' } } })).body.items.map(({ result }) => result)).toEqual(['refused'])
  expect((await upload(app, partner.admin, picture, { headers: { 'content-type': 'application/json' } })).problem.code).toBe('unsupported_media')
  expect(await app.inTenant(partner.id, (tx) => tx.rows(sql`select 1 from files where partner_id = ${partner.id}`))).toEqual([])
  for (let count = 0; count < 16; count += 1) await upload(app, partner.admin, picture, { field: 'other' })
  expect((await upload(app, partner.admin, picture, { field: 'other' })).status).toBe(400)
  expect((await upload(app, partner.admin, picture)).status).toBe(429)
}, 60_000)

test('all files of a partner together have a bound', async () => {
  const mark = (bytes: number) => app.inTenant(partner.id, (tx, now) => tx.run(sql`insert into files (partner_id, id, kind, name, type, bytes, sha256, content, facts, created_at, is_kept)
    select ${partner.id}::uuid, gen_random_uuid(), 'case', 'x.png', 'image/png', ${bytes}::int, '', ''::bytea, '{}'::jsonb, ${now}::timestamptz, true from generate_series(1, 40)`))
  await mark(5_242_880)
  expect((await upload(app, partner.admin, png(80, 80))).problem.detail).toBe('Your files have reached 200 MB. Ask your ecosystem manager.')
}, 60_000)

test('a change goes through review: the old data stay, approved it is in force at once with the licence and the name, and the administrators hear of it', async () => {
  const fileId = await uploaded(partner.admin, { creditCode: '91440300MA5DEMQ1X9', name: '深圳云港数据服务有限公司' })
  const after = { ...data, name: '深圳云港数据服务有限公司', address: '深圳市南山区云港路18号' }
  const asked = await submit(after, fileId)
  expect([asked.status, asked.body.result, asked.body.before, asked.body.after, asked.body.licence]).toEqual([200, 'UNDER_REVIEW', data, after, fileId])
  const seen = (await manager.call(getCompany, {})).body
  expect([seen.state, seen.data, seen.creditCode, seen.mayEdit, seen.change?.after.name]).toEqual(['UNDER_REVIEW', data, '91440300MA5DEMQ1X9', false, '深圳云港数据服务有限公司'])
  expect((await submit({ phone: '1' })).problem.detail).toBe('A change is under review. Wait for the result, or withdraw it.')
  const listed = await admin('company:list', '--partner', partner.account)
  expect(listed.printed).toContain('name: Test Partner -> 深圳云港数据服务有限公司  (read: 深圳云港数据服务有限公司)')
  expect((await admin('company:review', '--partner', partner.account, '--change', asked.body.id, '--approve', '--reject', ...by)).code).toBe(1)
  expect((await admin('company:review', '--partner', partner.account, '--change', asked.body.id, '--approve', ...by)).printed).toBe(`Change ${asked.body.id} approved; it is in force.`)
  const now = (await partner.admin.call(getCompany, {})).body
  expect([now.state, now.data, now.licence, now.change, now.mayEdit]).toEqual(['CURRENT', after, fileId, null, true])
  expect((await download(app, manager, fileId)).status).toBe(200)
  expect((await admin('company:review', '--partner', partner.account, '--change', asked.body.id, '--reject', ...by)).printed).toContain('no change')
  const [message] = await app.inTenant(partner.id, (tx) => tx.rows<{ sealed: Uint8Array; kind: string }>(sql`select sealed, kind from messages where partner_id = ${partner.id}`))
  expect([message?.kind, JSON.parse(open(message?.sealed ?? new Uint8Array())).subject]).toEqual(['PR-06', 'Company information approved'])
  const log = (await partner.admin.call(queryLog, { body: { filter: { objectKind: 'company' } } })).body.items
  expect(log.map(({ operation }) => operation)).toEqual(['company.downloaded', 'company.reviewed', 'company.submitted'])
}, 60_000)

test('rejected, the reason is shown and the data stay; it may be handed in again, and withdrawn', async () => {
  const first = (await submit({ phone: '0755-1' })).body
  await admin('company:review', '--partner', partner.account, '--change', first.id, '--reject', ...by)
  const seen = (await partner.admin.call(getCompany, {})).body
  expect([seen.state, seen.change?.reason, seen.data, seen.mayEdit]).toEqual(['REJECTED', '营业执照不清晰', data, true])
  const again = (await submit({ phone: '0755-2' })).body
  expect((await partner.admin.call(withdrawCompanyChange, { params: { id: again.id }, body: {} })).body.result).toBe('WITHDRAWN')
  expect((await partner.admin.call(withdrawCompanyChange, { params: { id: again.id }, body: {} })).problem.detail).toBe('This change was reviewed or withdrawn already.')
  expect((await partner.admin.call(withdrawCompanyChange, { params: { id: randomUUID() }, body: {} })).status).toBe(404)
  expect((await partner.admin.call(getCompany, {})).body.state).toBe('CURRENT')
  const record = (await manager.call(queryCompanyChanges, { body: {} })).body
  expect([record.total, record.items.map(({ result }) => result)]).toEqual([2, ['WITHDRAWN', 'REJECTED']])
})

test('nothing changed, another company’s licence, a new name without a licence and a stranger’s file are refused', async () => {
  expect((await submit({})).problem.detail).toBe('Nothing was changed.')
  expect((await submit({ name: '深圳云港数据服务有限公司' })).problem.fields?.[0]).toMatchObject({ path: 'fileId', code: 'licence_for_name' })
  const other = await uploaded(partner.admin, { creditCode: '91350100M000100Y43' })
  expect((await submit({ address: '别处' }, other)).problem.detail).toBe('The licence shows another unified credit code than your company has.')
  const second = await partner.addMember({ role: 'administrator' })
  const theirs = await uploaded(second, { creditCode: null })
  expect((await submit({ address: '别处' }, theirs)).problem.detail).toBe('The licence is no longer kept. Upload it again.')
  expect((await submit({ address: '别处' }, randomUUID())).status).toBe(404)
  expect((await submit({ address: '别处' }, undefined, manager)).problem.code).toBe('no_permission')
  expect((await submit({ website: 'javascript:alert(1)' })).problem.fields?.[0]?.path).toBe('data.website')
  // A licence alone is a change. It is handed in once, and again only when that was taken back.
  expect((await submit({}, theirs, second)).status).toBe(200)
  const [row] = (await second.call(queryCompanyChanges, { body: {} })).body.items
  await second.call(withdrawCompanyChange, { params: { id: row?.id ?? '' }, body: {} })
  expect((await second.call(queryCompanyChanges, { body: {} })).body.items).toMatchObject([{ result: 'WITHDRAWN', licence: null }])
  expect((await submit({}, theirs, second)).status).toBe(200)
  expect((await second.call(queryCompanyChanges, { body: {} })).body.items[0]).toMatchObject({ result: 'UNDER_REVIEW', licence: theirs })
  await admin('company:review', '--partner', partner.account, '--change', (await second.call(getCompany, {})).body.change?.id ?? '', '--reject', ...by)
  expect((await submit({}, theirs, second)).status).toBe(404)
}, 60_000)

test('a partner whose company the vendor has not entered sees what there is and changes nothing', async () => {
  const bare = await app.newPartner()
  const { body } = await bare.admin.call(getCompany, {})
  expect([body.data.name, body.creditCode, body.mayEdit]).toEqual(['Test Partner', '', false])
  expect((await bare.admin.call(submitCompanyChange, { body: { data } })).problem.detail).toBe('The company has not been entered yet. Ask your ecosystem manager.')
  const words = ['company:create', '--partner', bare.account, '--contracting-entity', '华辰云计算技术有限公司', '--address', '深圳市某路1号', '--representative', '沈若溪', ...by]
  expect((await admin(...words, '--credit-code', '91440300MA5DEMQ1X8')).printed).toContain('is no unified social credit code')
  expect((await admin(...words, '--credit-code', '91440300MA5DEMQ1X9')).code).toBe(0)
  expect((await admin(...words, '--credit-code', '91350100M000100Y43')).printed).toContain('is entered already')
  expect((await bare.admin.call(getCompany, {})).body).toMatchObject({ creditCode: '91440300MA5DEMQ1X9', mayEdit: true })
})

test('another partner’s files are not there, and nobody without a session gets one', async () => {
  const fileId = await uploaded(partner.admin, {})
  const stranger = await app.newPartner()
  expect([(await download(app, stranger.admin, fileId)).status, (await download(app, undefined, fileId)).status, (await download(app, partner.admin, 'x')).status, (await download(app, partner.admin, randomUUID())).status]).toEqual([404, 401, 404, 404])
}, 60_000)

test('what was uploaded and not handed in is gone after a day; what was, stays', async () => {
  const loose = await uploaded(partner.admin, {})
  const kept = await uploaded(partner.admin, {}, png(90, 90))
  const takenBack = await uploaded(partner.admin, {}, png(70, 70))
  const { body: change } = await submit({}, takenBack)
  await partner.admin.call(withdrawCompanyChange, { params: { id: change.id }, body: {} })
  await submit({}, kept)
  await app.inTenant(partner.id, (tx, now) => tx.run(sql`update files set created_at = ${new Date(now.getTime() - 23 * 3_600_000)}::timestamptz where partner_id = ${partner.id}`))
  await sweep(app.database)
  expect((await download(app, partner.admin, loose)).status).toBe(200)
  await app.inTenant(partner.id, (tx, now) => tx.run(sql`update files set created_at = ${new Date(now.getTime() - 25 * 3_600_000)}::timestamptz where partner_id = ${partner.id}`))
  await sweep(app.database)
  expect(await Promise.all([loose, takenBack, kept].map(async (id) => (await download(app, partner.admin, id)).status))).toEqual([404, 404, 200])
}, 60_000)
