import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Input } from '#contract/endpoint.ts'
import { createExport, deleteExport, exportFilePath, queryExports, retryExport } from '#contract/exports.ts'
import { sql } from '#server/db/query.ts'
import { expireFiles, buildExport } from '#server/operations/exports-build.ts'
import { createTestApp, type Client, type TestApp, type TestPartner } from '#server/testing/app.ts'
import { mountExports } from './routes.ts'

let app: TestApp
beforeAll(async () => { app = await createTestApp([mountExports]) })
afterAll(() => app.close())

type Asked = Input<typeof createExport>['body']['request']
const everyCustomer = { content: 'customers' as const }
const ask = (client: Client, request: Asked) => client.call(createExport, { body: { request, language: 'en-US' } })
const build = async (partner: TestPartner, exportId: string): Promise<Error[]> => {
  const errors: Error[] = []
  await buildExport(app.database, { partnerId: partner.id, exportId }, (error) => void errors.push(error))
  return errors
}
const download = (client: Client, id: string) => app.request(exportFilePath(id), { headers: { cookie: `session=${client.token}` } })
const history = async (client: Client) => (await client.call(queryExports, { body: {} })).body.items
const logged = (partner: TestPartner) => app.inTenant(partner.id, (tx) => tx.rows<{ operation: string; result: string; details: Record<string, unknown> }>(sql`select operation, result, details from log_entries where partner_id = ${partner.id} and operation like 'data.export%' order by seq`))

/** A whole export in one go. @returns its lines without the byte-order mark. */
async function exported(partner: TestPartner, client: Client, request: Asked): Promise<string[][]> {
  const { body } = await ask(client, request)
  expect(await build(partner, body.id)).toEqual([])
  const response = await download(client, body.id)
  return (await response.text()).split('\r\n').slice(0, -1).map((line) => line.split(','))
}

test('an administrator exports the customers, masked, and the log keeps filter, rows and the hash of the file', async () => {
  const partner = await app.newPartner()
  await app.addCustomer(partner.id, { name: '云海科技有限公司', accountName: 'yunhai_cloud', mobile: '+8613800138000', email: 'liming@example.com', tag: '=HYPERLINK("http://evil")' })
  await app.addCustomer(partner.id, { associationType: 'REFERRAL' })

  const asked = await ask(partner.admin, { content: 'customers', filter: { associationType: 'RESALE' } })
  expect(asked.status).toBe(200)
  expect(asked.body).toMatchObject({ state: 'QUEUED', content: 'customers', filterText: 'Association type: Resale', rows: null, format: 'CSV' })
  expect(asked.body.number).toMatch(/^EX\d{12}$/)
  expect(app.jobs.at(-1)).toEqual({ name: 'export.build', data: { partnerId: partner.id, exportId: asked.body.id } })
  expect((await download(partner.admin, asked.body.id)).status).toBe(404)

  expect(await build(partner, asked.body.id)).toEqual([])
  const response = await download(partner.admin, asked.body.id)
  const bytes = Buffer.from(await response.arrayBuffer())
  const file = bytes.toString('utf8')
  expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  expect(response.headers.get('content-disposition')).toBe(`attachment; filename="customers-${asked.body.number}.csv"`)
  expect(Number(response.headers.get('content-length'))).toBe(bytes.length)
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  const [about = '', headers = '', row = '', ...rest] = file.split('\r\n')
  expect(about).toMatch(/^\ufeffCustomers,Filter: Association type: Resale,Exported at: \d{4}-\d\d-\d\d \d\d:\d\d:\d\d GMT\+08:00 \(Asia\/Shanghai\),Amounts in CNY,/)
  expect(headers).toMatch(/^Customer ID,Customer name,Account name,/)
  expect(row).toMatch(/^\d{6} \d{4},云海\*\*\*公司,/)
  expect(row).toContain('138****8000')
  expect(row).toContain(`"'=HYPERLINK(""http://evil"")"`)
  expect(rest).toEqual([''])
  expect(file).not.toMatch(/云海科技|13800138000|liming@|yunhai_cloud/)

  const [made] = await logged(partner)
  expect(made).toMatchObject({ operation: 'data.export', result: 'success', details: { content: 'customers', filter: 'Association type: Resale', rows: 1, file: createHash('sha256').update(bytes).digest('hex') } })
  expect((await logged(partner)).at(-1)?.operation).toBe('data.export_download')
})

test('a director may export the records but not the customer list, a manager neither', async () => {
  const partner = await app.newPartner()
  const director = await partner.addMember({ role: 'director' })
  const manager = await partner.addMember({ role: 'manager', directorId: director.memberId })
  expect((await ask(director, everyCustomer)).problem.code).toBe('no_permission')
  expect((await ask(manager, { content: 'adjustments' })).problem.code).toBe('no_permission')
  expect((await ask(director, { content: 'adjustments' })).status).toBe(200)
})

test('each list can be exported, in the language of the person', async () => {
  const partner = await app.newPartner({ topUp: 1_000_00n })
  expect((await exported(partner, partner.admin, { content: 'adjustments' }))[1]?.slice(0, 3)).toEqual(['Transaction number', 'Batch number', 'Time'])
  const transactions = await exported(partner, partner.admin, { content: 'transactions' })
  expect(transactions[2]?.slice(2, 7)).toEqual(['Top-up account', 'Top up', '1000.00', '', '1000.00'])
  expect((await exported(partner, partner.admin, { content: 'operation-log' }))[2]?.slice(2, 3)).toEqual(['Export downloaded'])
  expect((await exported(partner, partner.admin, { content: 'reveal-records' }))).toHaveLength(2)

  // The reader's own word stands for no filter in the history, whatever language the file is in.
  expect((await history(partner.admin)).map(({ filterText }) => filterText)).toEqual(['', '', 'Account: Top-up account', ''])
  const { body } = await partner.admin.call(createExport, { body: { request: { content: 'transactions', filter: { account: 'top-up', kind: 'top_up' } }, language: 'zh-CN' } })
  await build(partner, body.id)
  expect(await (await download(partner.admin, body.id)).text()).toContain('收支明细,筛选条件：类型：充值；账户：充值账户')
})

test('chosen rows are exported alone, and what was typed to find somebody is not told to the log', async () => {
  const partner = await app.newPartner()
  const [first] = [await app.addCustomer(partner.id, { mobile: '+8613900001234' }), await app.addCustomer(partner.id)]
  const lines = await exported(partner, partner.admin, { content: 'customers', selected: [first.id] })
  expect(lines).toHaveLength(3)
  expect(lines[2]?.[0]?.replace(' ', '')).toBe(first.number)

  const asked = await ask(partner.admin, { content: 'customers', lookup: { mobile: '13900001234' } })
  expect(asked.body.filterText).toBe('Mobile: ***')
  const kept = await app.inTenant(partner.id, (tx) => tx.rows(sql`select filter_text, encode(sealed_request, 'escape') as sealed from export_tasks where partner_id = ${partner.id}`))
  expect(JSON.stringify(kept)).not.toContain('13900001234')
  await build(partner, asked.body.id)
  expect((await (await download(partner.admin, asked.body.id)).text()).split('\r\n')).toHaveLength(4)
})

test('nobody reads the export of another: a colleague does not find it, an administrator of the same partner does', async () => {
  const [partner, other] = [await app.newPartner(), await app.newPartner()]
  const [one, two] = [await partner.addMember({ role: 'director' }), await partner.addMember({ role: 'director' })]
  const { body: { id } } = await ask(one, { content: 'transactions' })
  await build(partner, id)

  for (const stranger of [two, other.admin]) {
    expect((await download(stranger, id)).status).toBe(404)
    expect((await stranger.call(deleteExport, { params: { id } })).problem.code).toBe('not_found')
    expect((await stranger.call(retryExport, { params: { id }, body: {} })).problem.code).toBe('not_found')
    expect(await history(stranger)).toEqual([])
  }
  expect((await app.request(exportFilePath(id))).status).toBe(401)
  expect((await download(partner.admin, id)).status).toBe(200)
  expect((await history(partner.admin)).map((row) => row.id)).toEqual([id])
})

test('a file is not handed out any more when the person lost the right to it', async () => {
  const partner = await app.newPartner()
  const director = await partner.addMember({ role: 'director' })
  const [ready, waiting] = [(await ask(director, { content: 'transactions' })).body.id, (await ask(director, { content: 'transactions' })).body.id]
  await build(partner, ready)
  await app.inTenant(partner.id, (tx) => tx.run(sql`update members set removed_permissions = array['data.export'] where partner_id = ${partner.id} and id = ${director.memberId}`))
  expect((await download(director, ready)).status).toBe(403)
  expect(await app.inTenant(partner.id, (tx) => tx.rows(sql`select operator_id as "by", result from log_entries where partner_id = ${partner.id} and operation = 'access.refused'`))).toEqual([{ by: director.memberId, result: 'refused' }])
  await build(partner, waiting)
  const failed = (await history(director)).find(({ id }) => id === waiting)
  expect(failed).toMatchObject({ state: 'FAILED', reason: 'You have no right to export this any more.' })
})

test('of five requests at once two run, and the next may start when one is done', async () => {
  const partner = await app.newPartner()
  const answers = await Promise.all(Array.from({ length: 5 }, () => ask(partner.admin, { content: 'transactions' })))
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 409, 409, 409])
  expect(answers.find(({ status }) => status === 409)?.problem.code).toBe('export_limit')
  const accepted = answers.filter(({ status }) => status === 200)
  await build(partner, accepted[0]?.body.id ?? '')
  expect((await ask(partner.admin, { content: 'transactions' })).status).toBe(200)
})

test('a job that comes twice, or for a deleted export, makes no second file', async () => {
  const partner = await app.newPartner()
  const { body: { id } } = await ask(partner.admin, { content: 'transactions' })
  await Promise.all([build(partner, id), build(partner, id)])
  await build(partner, id)
  expect((await logged(partner)).filter(({ result }) => result === 'success')).toHaveLength(1)
  expect((await history(partner.admin))[0]?.state).toBe('COMPLETED')

  expect((await partner.admin.call(deleteExport, { params: { id } })).status).toBe(200)
  await build(partner, id)
  expect(await history(partner.admin)).toEqual([])
  expect((await logged(partner)).at(-1)).toMatchObject({ operation: 'data.export_delete' })
})

test('an export that failed says why and can be tried again', async () => {
  const partner = await app.newPartner()
  const { body: { id } } = await ask(partner.admin, { content: 'transactions' })
  expect((await partner.admin.call(retryExport, { params: { id }, body: {} })).problem.code).toBe('conflict')
  await app.inTenant(partner.id, (tx) => tx.run(sql`update export_tasks set sealed_request = 'x' where partner_id = ${partner.id}`))
  await build(partner, id)
  expect((await history(partner.admin))[0]).toMatchObject({ state: 'FAILED', reason: expect.stringContaining('create the export again') })
  expect((await partner.admin.call(retryExport, { params: { id }, body: {} })).body).toMatchObject({ state: 'QUEUED', reason: null })
})

test('after three days the file is gone, and a month later nothing reminds of it', async () => {
  const partner = await app.newPartner()
  const { body: { id } } = await ask(partner.admin, { content: 'transactions' })
  await build(partner, id)
  app.travel(3 * 24 * 3600 + 1)
  const again = await app.signIn(partner.id, partner.admin.memberId)
  expect((await download(again, id)).status).toBe(404)
  await expireFiles(app.database, [partner.id])
  expect((await history(again))[0]?.state).toBe('EXPIRED')
  expect(await app.inTenant(partner.id, (tx) => tx.rows(sql`select 1 from export_chunks where partner_id = ${partner.id}`))).toEqual([])

  app.travel(31 * 24 * 3600)
  await expireFiles(app.database, [partner.id])
  expect(await history(await app.signIn(partner.id, partner.admin.memberId))).toEqual([])
})
