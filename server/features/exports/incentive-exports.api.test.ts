import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Input } from '#contract/endpoint.ts'
import { createExport, exportFilePath } from '#contract/exports.ts'
import { buildExport } from '#server/operations/exports-build.ts'
import { createTestApp, type Client, type TestApp, type TestPartner } from '#server/testing/app.ts'
import { confirmNow, newStatement } from '#server/testing/incentives.ts'
import { mountExports } from './routes.ts'

let app: TestApp
beforeAll(async () => { app = await createTestApp([mountExports]) })
afterAll(() => app.close())

async function exported(partner: TestPartner, client: Client, request: Input<typeof createExport>['body']['request'], language: 'zh-CN' | 'en-US' = 'en-US'): Promise<{ rows: string[]; filter: string }> {
  const { body } = await client.call(createExport, { body: { request, language } })
  await buildExport(app.database, { partnerId: partner.id, exportId: body.id }, (error) => { throw error }, app.deps.secrets)
  const [, ...rows] = (await (await app.request(exportFilePath(body.id), { headers: { cookie: `session=${client.token}` } })).text()).split('\r\n').slice(0, -1)
  return { rows, filter: body.filterText }
}

test('lines stand in the file as in the list: everybody masked, amounts as numbers, and only what the person sees', async () => {
  const partner = await app.newPartner()
  const manager = await partner.addMember({ role: 'manager', name: '张知遥', extra: ['data.export'] })
  const director = await partner.addMember({ role: 'director' })
  const customer = await app.addCustomer(partner.id, { name: '青禾数据有限公司', accountName: 'qinghe_data', managerId: manager.memberId })
  const { id, number } = await newStatement(app, partner, { taxBasisPoints: 600, lines: [{ customerId: customer.id, order: '=1+1', dataNumber: 'D-1', reseller: '云桥经销有限公司' }, { dataNumber: 'D-2', incentive: 9_00n }] })
  const all = await exported(partner, partner.admin, { content: 'incentive-lines', filter: { statementId: id, productType: '弹性云服务器', bar: 'performance' }, sort: 'period' })
  expect(all.filter).toBe(`Product type: 弹性云服务器; Statement number: ${number}; How it is formed: Performance incentive`)
  expect(all.rows[0]).toMatch(/^Line number,Statement number,Period,Program,Customer ID,/)
  expect(all.rows[1]).toMatch(new RegExp(`^${number}-000001,${number},2026-10,Program \\d+,${customer.number.slice(0, 6)} ${customer.number.slice(6)},青禾\\*\\*\\*公司,qi\\*\\*\\*ta,,'=1\\+1,D-1,弹性云服务器,Pay per use,Resale[^,]*,1000.00,10,100.00,6.00,,0.00,,94.00,No,,张\\*\\*,云桥\\*\\*\\*公司$`))
  expect([all.rows.length, all.rows.join().match(/青禾数据|qinghe|知遥|云桥经销/)]).toEqual([3, null])
  const found = await exported(partner, partner.admin, { content: 'incentive-lines', lookup: { name: '青禾' }, reseller: '云桥' }, 'zh-CN')
  expect([found.rows.length, found.filter]).toEqual([2, '客户名称：***；云经销商：***'])
  // The words of the page, so that a column is found again.
  expect(found.rows[0]).toContain(',计算基数,激励比例 (%),激励金额,税额,')
  expect((await exported(partner, director, { content: 'incentive-lines' })).rows.length).toBe(1)
  await confirmNow(app, partner, id)
  const statements = await exported(partner, partner.admin, { content: 'incentive-statements', filter: { state: 'CONFIRMED', isFrozen: false } })
  expect([statements.filter, statements.rows.length]).toEqual(['State: Confirmed; Frozen: No', 2])
  expect(statements.rows[1]).toMatch(new RegExp(`^${number},2026-10,Program \\d+,,102.46,102.46,Confirmed,`))
  expect(statements.rows[1]?.endsWith(',0,0.00,0.00,0.00,102.46,2')).toBe(true)
})

test('who may not see incentives, or export nothing, gets no file', async () => {
  const partner = await app.newPartner()
  const ask = async (extra: ('incentive.view' | 'data.export')[], content: 'incentive-lines' | 'incentive-statements') => (await (await partner.addMember({ role: 'operator', extra })).call(createExport, { body: { request: { content }, language: 'en-US' } })).status
  expect([await ask(['incentive.view'], 'incentive-lines'), await ask(['data.export'], 'incentive-statements'), await ask(['incentive.view', 'data.export'], 'incentive-lines')]).toEqual([403, 403, 200])
})
