import { afterAll, beforeAll, expect, test } from 'vitest'
import { getMyPartner } from '#contract/acceptance.ts'
import { getCustomerContacts, putCustomerContacts } from '#contract/company.ts'
import { features } from '#server/app.ts'
import { sql } from '#server/db/query.ts'
import { createTestApp, type TestApp, type TestPartner } from '#server/testing/app.ts'
import { newGuest, newMobile, customLink, registerWith, type Guest } from '#server/testing/visitor.ts'

let app: TestApp
let partner: TestPartner
let guest: Guest
beforeAll(async () => {
  app = await createTestApp(features)
  partner = await app.newPartner()
  guest = newGuest(app)
  const { token } = await customLink(partner.admin, 'RESALE')
  await registerWith(app, guest, { token, mobile: newMobile(), type: 'RESALE', accountName: 'contactshop' })
})
afterAll(() => app.close())

const contact = (name: string, more: object = {}) => ({ name, mobile: '139 0000 0001', email: '', remark: '', ...more })
const put = (items: ReturnType<typeof contact>[], version: number, client = partner.admin) => client.call(putCustomerContacts, { body: { items, version } })
const shown = async () => (await guest.call(getMyPartner, {})).body.partner?.contacts

test('without any, customers see the verified contacts of the master account, else of an administrator; never one that was not checked', async () => {
  const [before] = await shown() ?? []
  expect(before).toMatchObject({ name: 'Lin Wei', mobile: expect.stringMatching(/^\+86/), email: expect.stringContaining('@'), remark: '' })
  await app.inTenant(partner.id, (tx) => tx.run(sql`update members set mobile_verified = false where partner_id = ${partner.id}`))
  expect((await shown())?.[0]).toMatchObject({ mobile: null, email: expect.stringContaining('@') })
})

test('up to five people are named in their order, with numbers and addresses in one form, and customers see exactly these', async () => {
  const items = [contact('值班电话', { remark: '7×24 小时' }), contact('李工', { mobile: '', email: ' Support@Partner.Example ' }), contact('香港办', { mobile: '+852 9123 4521' }), contact('四'), contact('五')]
  const { body, status } = await put(items, 0)
  expect([status, body.version, body.items.map(({ name, mobile, email }) => [name, mobile, email])]).toEqual([200, 1, [
    ['值班电话', '+8613900000001', ''], ['李工', '', 'support@partner.example'], ['香港办', '+85291234521', ''], ['四', '+8613900000001', ''], ['五', '+8613900000001', ''],
  ]])
  expect(await shown()).toEqual(body.items.map(({ name, mobile, email, remark }) => ({ name, mobile: mobile || null, email: email || null, remark })))
  await put([contact('值班电话', { mobile: '13812345678' })], 1)
  const logged = () => app.inTenant(partner.id, (tx) => tx.rows(sql`select details from log_entries where partner_id = ${partner.id} and operation = 'contacts.changed' order by seq`))
  expect(await logged()).toEqual([
    { details: { contacts: 5, before: '–', after: '值*** 139****0001; 李* s***@partner.example; 香** +852 ******21; * 139****0001; * 139****0001' } },
    { details: { contacts: 1, before: expect.stringContaining('值*** 139****0001; 李*'), after: '值*** 138****5678' } },
  ])
  await put(items, 2)
  expect((await put([...items, contact('六')], 3)).problem.fields?.[0]?.path).toBe('items')
})

test('a contact without a way to reach it, a mask, a link and something that is no number or address are refused, each at its field', async () => {
  const faults = async (more: object) => (await put([contact('甲'), contact('乙', more)], 1)).problem
  expect((await faults({ mobile: '' })).fields).toEqual([expect.objectContaining({ path: 'items.1.mobile', code: 'contact_required' })])
  expect((await faults({ mobile: '12' })).fields?.[0]).toMatchObject({ path: 'items.1.mobile', code: 'mobile' })
  expect((await faults({ email: 'a@b, c@d' })).fields?.[0]).toMatchObject({ path: 'items.1.email', code: 'email' })
  expect(await faults({ mobile: '139****0001' })).toMatchObject({ code: 'masked_value' })
  expect((await faults({ remark: 'see https://elsewhere.example' })).fields?.[0]?.path).toBe('items.1.remark')
  expect((await faults({ name: '' })).fields?.[0]?.path).toBe('items.1.name')
})

test('who saves from an old reading is told, and nobody but administrators reads or saves them', async () => {
  const { version } = (await partner.admin.call(getCustomerContacts, {})).body
  expect((await put([contact('甲')], version)).status).toBe(200)
  expect((await put([contact('乙')], version)).problem.code).toBe('stale')
  expect((await put([contact('乙')], 0)).problem.code).toBe('stale')
  expect((await partner.admin.call(getCustomerContacts, {})).body.items.map(({ name }) => name)).toEqual(['甲'])
  const manager = await partner.addMember({ role: 'manager' })
  expect([(await manager.call(getCustomerContacts, {})).problem.code, (await put([], version + 1, manager)).problem.code]).toEqual(['no_permission', 'no_permission'])
  // All taken away, the administrator is back.
  expect((await put([], version + 1)).body.items).toEqual([])
  expect((await shown())?.[0]?.name).toBe('Lin Wei')
})
