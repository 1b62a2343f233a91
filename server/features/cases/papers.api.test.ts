import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listAgreements, queryCases } from '#contract/company.ts'
import { queryLog } from '#contract/operation-log.ts'
import { runCommand } from '#server/admin/run.ts'
import { features } from '#server/app.ts'
import { createTestApp, type TestApp, type TestPartner } from '#server/testing/app.ts'
import { download } from '#server/testing/company.ts'
import { pdf, png } from '#server/testing/files.ts'

let app: TestApp
let partner: TestPartner
let directory: string
beforeAll(async () => {
  app = await createTestApp(features)
  partner = await app.newPartner()
  directory = await mkdtemp(join(tmpdir(), 'papers-'))
  await writeFile(join(directory, '案例说明.pdf'), pdf(['A case']))
  await writeFile(join(directory, 'screen.png'), png(20, 20))
  await writeFile(join(directory, 'page.pdf'), '<html><script>1</script></html>')
  await writeFile(join(directory, 'large.pdf'), Buffer.alloc(5 * 1024 * 1024 + 1))
})
afterAll(async () => {
  await rm(directory, { recursive: true })
  await app.close()
})

async function admin(...argv: string[]): Promise<{ code: number; printed: string }> {
  const printed: string[] = []
  const print = (line: string) => void printed.push(line)
  const engine = { ...app.engine, close: async () => undefined }
  const code = await runCommand([...argv, '--partner', partner.account, '--operator', 'vendor.li', '--reason', '材料与项目不符'], { open: async () => engine, publicUrl: 'http://console.test', print, printError: print, readInput: async () => '', prepareMessages: () => undefined })
  return { code, printed: printed.join('\n') }
}
const at = (name: string) => join(directory, name)
const idIn = ({ printed }: { printed: string }): string => /[0-9a-f-]{36}/.exec(printed)?.[0] ?? ''

test('cases that the operator entered are listed newest first with their state, reason and material, which administrators download', async () => {
  const ids: string[] = []
  for (const [name, kind] of [['港口数据平台', 'role'], ['零售上云', 'capability'], ['制造仿真', 'role']] as const) {
    ids.push(idIn(await admin('case:create', '--name', name, '--kind', kind, '--file', at('案例说明.pdf'), '--file', at('screen.png'))))
    app.travel(60)
  }
  expect((await admin('case:review', '--case', ids[0] ?? '', '--reject')).code).toBe(0)
  expect((await admin('case:review', '--case', ids[1] ?? '', '--approve')).code).toBe(0)
  expect((await admin('case:review', '--case', ids[1] ?? '', '--reject')).printed).toContain('has no case')
  const { body } = await partner.admin.call(queryCases, { body: {} })
  expect([body.total, body.items.map(({ name, kind, state, reason, materials }) => [name, kind, state, reason, materials.map((one) => one.name)])]).toEqual([3, [
    ['制造仿真', 'role', 'UNDER_REVIEW', null, ['screen.png', '案例说明.pdf']], ['零售上云', 'capability', 'APPROVED', null, ['screen.png', '案例说明.pdf']], ['港口数据平台', 'role', 'REJECTED', '材料与项目不符', ['screen.png', '案例说明.pdf']],
  ]])
  expect((await partner.admin.call(queryCases, { body: { state: 'APPROVED', pageSize: 1 } })).body).toMatchObject({ total: 1, items: [{ name: '零售上云' }] })
  expect((await partner.admin.call(queryCases, { body: { page: 2, pageSize: 2 } })).body.items.map(({ name }) => name)).toEqual(['港口数据平台'])
  const [material] = body.items[0]?.materials ?? []
  const file = await download(app, partner.admin, material?.id ?? '')
  expect([file.status, file.headers.get('content-type'), Buffer.from(await file.arrayBuffer()).equals(png(20, 20))]).toEqual([200, 'image/png', true])
  const manager = await partner.addMember({ role: 'manager' })
  const stranger = await app.newPartner()
  expect([(await download(app, manager, material?.id ?? '')).status, (await download(app, stranger.admin, material?.id ?? '')).status, (await manager.call(queryCases, { body: {} })).status]).toEqual([403, 404, 403])
  // The list and the file.
  expect((await partner.admin.call(queryLog, { body: { filter: { operation: 'access.refused' } } })).body.total).toBe(2)
  const log = (await partner.admin.call(queryLog, { body: { filter: { operation: 'case.downloaded' } } })).body.items
  expect(log.map(({ objectNumber, result }) => [objectNumber, result])).toEqual([[material?.id, 'success']])
})

test('agreements are listed newest first and downloaded by administrators, each time logged', async () => {
  const file = async (name: string, version: string, day: string, ...more: string[]) => await admin('agreement:create', '--name', name, '--version', version, '--signed-on', day, '--signed-by', '沈若溪', '--file', at('案例说明.pdf'), ...more)
  await file('合作伙伴协议', '3.1', '2025-03-01', '--valid-to', '2027-02-28')
  await file('数据处理协议', '1.0', '2026-01-15')
  expect((await file('旧协议', '1', '2026-01-15', '--valid-to', '2026-01-14')).printed).toBe('--valid-to: is before --signed-on')
  const { items } = (await partner.admin.call(listAgreements, {})).body
  expect(items.map(({ name, version, signedAt, signedBy, validTo }) => [name, version, signedAt, signedBy, validTo])).toEqual([
    ['数据处理协议', '1.0', '2026-01-14T16:00:00.000Z', '沈若溪', null], ['合作伙伴协议', '3.1', '2025-02-28T16:00:00.000Z', '沈若溪', '2027-02-28'],
  ])
  for (let time = 0; time < 2; time += 1) expect((await download(app, partner.admin, items[0]?.document ?? '')).headers.get('content-disposition')).toContain('attachment')
  expect((await partner.admin.call(queryLog, { body: { filter: { operation: 'agreement.downloaded' } } })).body.total).toBe(2)
})

test('a file that is missing, too large or of another type than its name says is refused, and nothing is entered', async () => {
  const before = (await partner.admin.call(queryCases, { body: {} })).body.total
  for (const [name, why] of [['nowhere.pdf', 'There is no file'], ['page.pdf', 'is no PNG, JPEG or PDF file'], ['large.pdf', 'is empty or has more than 5 MB']] as const) {
    const { code, printed } = await admin('case:create', '--name', '案例', '--kind', 'role', '--file', at('screen.png'), '--file', at(name))
    expect([name, code, printed.includes(why)]).toEqual([name, 1, true])
  }
  expect((await partner.admin.call(queryCases, { body: {} })).body.total).toBe(before)
})
