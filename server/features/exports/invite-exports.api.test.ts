import { afterAll, beforeAll, expect, test } from 'vitest'
import { createExport, exportFilePath, type ExportRequest, queryExports } from '#contract/exports.ts'
import type { Input } from '#contract/endpoint.ts'
import { createLink } from '#contract/invites.ts'
import { mountInvitations } from '#server/features/invitations/routes.ts'
import { reportOne } from '#server/features/invitations/testing-invites.ts'
import { mountLinks } from '#server/features/invites/links.ts'
import { mountProspects } from '#server/features/prospects/routes.ts'
import { buildExport } from '#server/operations/exports-build.ts'
import { createTestApp, type Client, type TestApp, type TestPartner } from '#server/testing/app.ts'
import { mountExports } from './routes.ts'

let app: TestApp
let partner: TestPartner
beforeAll(async () => {
  app = await createTestApp([mountExports, mountProspects, mountInvitations, mountLinks])
  partner = await app.newPartner()
})
afterAll(() => app.close())

type Wanted = Input<typeof createExport>['body']['request']
/** @returns the file's lines without the mark at its beginning, and what the list of exports says of the filter. */
async function file(client: Client, request: Wanted, language: 'zh-CN' | 'en-US' = 'en-US') {
  const { body, text } = await client.call(createExport, { body: { request, language } })
  if (!body.id) throw new Error(text)
  await buildExport(app.database, { partnerId: partner.id, exportId: body.id }, (error) => { throw error })
  const content = await (await app.request(exportFilePath(body.id), { headers: { cookie: `session=${client.token}` } })).text()
  return { lines: content.replace(/^\uFEFF/, '').trimEnd().split('\r\n'), filterText: body.filterText }
}

test('prospects, records and links come as they are listed, masked, with their filter in words', async () => {
  const manager = await partner.addMember({ role: 'manager', name: '王芳' })
  const one = await reportOne(manager, { name: '北岸数据有限公司', mobile: '13700001111', email: 'north@customer.example', type: 'REFERRAL' })
  await reportOne(partner.admin, { name: '南岸数据有限公司', mobile: '13700002222', email: null })
  await partner.admin.call(createLink, { body: { kind: 'CUSTOM', associationType: 'RESALE', label: '展会' } })

  const prospects = await file(partner.admin, { content: 'prospects', sort: 'reportedAt', lookup: { name: '岸数据' } }, 'zh-CN')
  expect(prospects.filterText).toBe('客户名称：***')
  expect(prospects.lines).toHaveLength(4)
  expect(prospects.lines[1]).toMatch(/^"?客户名称"?,/)
  expect(prospects.lines[2]).toMatch(/北岸\*\*\*公司.*137\*\*\*\*1111.*n\*\*\*@customer\.example.*已报备.*已发送.*王\*/)
  expect(prospects.lines.join()).not.toMatch(/北岸数据|13700001111|north@|王芳/)
  expect((await file(partner.admin, { content: 'prospects', filter: { todo: 'no_email', state: 'REPORTED' } })).filterText).toBe('State: Reported; To do: No email')

  const records = await file(partner.admin, { content: 'invitations', filter: { kind: 'MAIL', inviterId: manager.memberId }, selected: [one.invitationId] })
  expect(records.filterText).toBe('Kind: Mail invitation; Invited by: 王*; Chosen rows: 1')
  expect(records.lines).toHaveLength(3)
  expect(records.lines[2]).toMatch(new RegExp(`^${one.number ?? ''},.*Mail invitation,Referral,.*Sent,.*Waiting`))
  expect(records.lines.join()).not.toMatch(/北岸数据|13700001111|north@|王芳/)

  const links = await file(partner.admin, { content: 'invite-links', filter: { label: '展会' } })
  expect(links.lines[2]).toMatch(/^展会,Custom link,Resale,.*,Active,0,0,0,/)
  expect(links.lines.join()).not.toContain('http')
  expect((await partner.admin.call(queryExports, { body: { content: 'prospects' } })).body.total).toBe(2)
})

test('prospects are exported by administrators only, records by whoever may see them and export', async () => {
  const people = { director: await partner.addMember({ role: 'director' }), manager: await partner.addMember({ role: 'manager' }), operator: await partner.addMember({ role: 'operator', extra: ['prospect.view', 'data.export'] }) }
  const code = async (client: Client, content: ExportRequest['content']) => (await client.call(createExport, { body: { request: { content }, language: 'en-US' } })).problem.code ?? 'made'
  for (const client of Object.values(people)) expect(await code(client, 'prospects')).toBe('no_permission')
  for (const content of ['invitations', 'invite-links'] as const) expect([await code(people.director, content), await code(people.manager, content), await code(people.operator, content)]).toEqual(['made', 'no_permission', 'no_permission'])
})
