import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Input } from '#contract/endpoint.ts'
import { getInvitation, previewInvitation, queryInvitations } from '#contract/invites.ts'
import { findObjects } from '#contract/search.ts'
import { sql } from '#server/db/query.ts'
import { mountProspects } from '#server/features/prospects/routes.ts'
import { mountSearch } from '#server/features/search/routes.ts'
import { createTestApp, type Client, type TestApp, type TestPartner } from '#server/testing/app.ts'
import { mountInvitations } from './routes.ts'
import { mailsTo, newMobile, reportOne, setInvitation } from './testing-invites.ts'

let app: TestApp
let partner: TestPartner
beforeAll(async () => {
  app = await createTestApp([mountProspects, mountInvitations, mountSearch])
  partner = await app.newPartner()
})
afterAll(() => app.close())

type Body = Input<typeof queryInvitations>['body']
const find = async (client: Client, body: Body = {}) => (await client.call(queryInvitations, { body })).body
/** Somebody who came through a link. */
async function came(partnerId: string, by: string, { customerId = null, manager = null }: { customerId?: string | null; manager?: string | null } = {}): Promise<string> {
  const [row] = await app.inTenant(partnerId, (tx, now) => tx.rows<{ id: string }>(sql`insert into invitations (partner_id, id, number, kind, association_type, account_name, mobile, label, inviter_id, manager_id, sent_at, state, opened_at, registered_at, associated_at, customer_id)
    values (${partnerId}::uuid, gen_random_uuid(), 'IV' || to_char(nextval('invitation_numbers'), 'FM000000000000'), 'CUSTOM', 'RESALE', 'visitor01', '+8613900004321', '展会', ${by}::uuid, ${manager}::uuid, ${now}::timestamptz, ${customerId === null ? 'OPENED' : 'ASSOCIATED'}, ${now}::timestamptz, ${now}::timestamptz, ${customerId === null ? null : now}::timestamptz, ${customerId}::uuid) returning id`))
  return row?.id ?? ''
}

test('the records are filtered, sorted and looked up, and what was typed comes back as an opaque id only', async () => {
  const own = await app.newPartner()
  const customer = await app.addCustomer(own.id, { name: '西塘软件有限公司' })
  const mobile = newMobile()
  const mail = await reportOne(own.admin, { name: '北岸数据有限公司', mobile, email: 'north@customer.example', type: 'REFERRAL' })
  const failed = await reportOne(own.admin, { name: '南岸数据有限公司', type: 'RESALE' })
  await setInvitation(app, own.id, failed.invitationId, sql`state = 'FAILED', cause = 'UNPAID_BILLS', opened_at = now()`)
  const linked = await came(own.id, own.admin.memberId, { customerId: customer.id })
  const ids = async (body: Body) => (await find(own.admin, body)).items.map(({ id }) => id).toSorted()
  const sorted = (...wanted: string[]) => wanted.toSorted()
  expect(await ids({})).toEqual(sorted(mail.invitationId, failed.invitationId, linked))
  expect(await ids({ filter: { kind: 'MAIL' } })).toEqual(sorted(mail.invitationId, failed.invitationId))
  expect(await ids({ filter: { associationType: 'RESALE', state: 'FAILED', cause: 'UNPAID_BILLS' } })).toEqual([failed.invitationId])
  expect(await ids({ filter: { state: 'ASSOCIATED' } })).toEqual([linked])
  expect(await ids({ filter: { prospectId: mail.id, inviterId: own.admin.memberId, number: ` ${(mail.number ?? '').toLowerCase()} ` } })).toEqual([mail.invitationId])
  expect(await ids({ filter: { to: '2020-01-01' } })).toEqual([])
  expect(await ids({ lookup: { name: '岸数' } })).toEqual(sorted(mail.invitationId, failed.invitationId))
  expect(await ids({ lookup: { mobile: '+86 139-0000-4321' } })).toEqual([linked])
  expect(await ids({ lookup: { mobile: mobile.slice(-4), email: 'NORTH@customer.example' } })).toEqual([mail.invitationId])
  const asked = await find(own.admin, { lookup: { email: 'north@customer.example' }, sort: 'sentAt' })
  expect(asked).toMatchObject({ total: 1, toCure: 1, lookupKinds: ['email'], view: expect.any(String) })
  expect(await ids({ view: asked.view ?? '' })).toEqual([mail.invitationId])
  expect((await find(own.admin, { sort: 'expiresAt', pageSize: 1, page: 3 })).items[0]?.id).toBe(linked)
  expect((await find(own.admin, { sort: '-expiresAt' })).items.at(-1)?.id).toBe(linked)
  expect(await find(own.admin, { filter: { todo: 'cure' } })).toMatchObject({ total: 1, items: [{ id: failed.invitationId, cure: 'resend_after_payment' }] })
  expect((await own.admin.call(getInvitation, { params: { id: linked } })).body).toMatchObject({
    kind: 'CUSTOM', label: '展会', nameMasked: null, accountNameMasked: expect.stringContaining('***'), mobileMasked: '139****4321', delivery: null, expiresAt: null, resendAt: null, isUnfrozen: true, customer: { id: customer.id, number: customer.number }, prospectId: null,
  })
})

test('managers see what they sent or what became theirs, directors what their managers see, others nothing', async () => {
  const own = await app.newPartner()
  const director = await own.addMember({ role: 'director' })
  const [mine, peer] = [await own.addMember({ role: 'manager', directorId: director.memberId }), await own.addMember({ role: 'manager' })]
  await reportOne(mine, { type: 'REFERRAL' })
  await reportOne(peer, { type: 'REFERRAL' })
  await came(own.id, own.admin.memberId, { manager: mine.memberId })
  expect((await Promise.all([own.admin, director, mine, peer].map((client) => find(client)))).map(({ total }) => total)).toEqual([3, 2, 2, 1])
  expect((await (await own.addMember({ role: 'operator' })).call(queryInvitations, { body: {} })).problem.code).toBe('no_permission')
})

test('an invitation is found by its whole number, within the scope', async () => {
  const [mine, peer] = [await partner.addMember({ role: 'manager' }), await partner.addMember({ role: 'manager' })]
  const { number, invitationId } = await reportOne(mine, { type: 'REFERRAL' })
  const search = async (client: Client, text: string) => (await client.call(findObjects, { body: { text } })).body.items
  const found = [{ kind: 'invitation', id: invitationId, number, nameMasked: '云海***公司', customerId: null }]
  expect(await search(mine, (number ?? '').toLowerCase())).toEqual(found)
  expect(await search(partner.admin, invitationId)).toEqual(found)
  for (const client of [peer, (await app.newPartner()).admin]) expect(await search(client, number ?? '')).toEqual([])
  expect(await search(mine, (number ?? '').slice(0, -1))).toEqual([])
})

test('the preview shows the mail as it will be sent, masked and without a link, and sends nothing', async () => {
  const { id, email } = await reportOne(partner.admin, { name: '北岸数据有限公司', mobile: '13700009999' })
  const preview = async (prospectId?: string) => (await partner.admin.call(previewInvitation, { body: { associationType: 'REFERRAL', ...(prospectId && { prospectId }) } }))
  const { body, text } = await preview(id)
  expect(body.subject).toBe('Test Partner invites you')
  expect(body.toMasked).toMatch(/^p\*\*\*@/)
  expect(text).toContain('137****9999')
  expect(text).not.toMatch(/北岸数据|13700009999|http/)
  expect(body.blocks.map(({ kind }) => kind)).toContain('button')
  expect(await mailsTo(app, partner.id, email)).toEqual([])
  expect((await preview()).body).toMatchObject({ toMasked: null, subject: 'Test Partner invites you' })
  const foreign = await reportOne((await app.newPartner()).admin)
  expect((await preview(foreign.id)).status).toBe(404)
  expect((await (await partner.addMember({ role: 'director' })).call(previewInvitation, { body: { associationType: 'REFERRAL' } })).problem.code).toBe('no_permission')
})
