import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { getCompany, getCustomerContacts, putCustomerContacts, putCustomerNotices, submitCompanyChange, withdrawCompanyChange, type NoticeTemplate } from '#contract/company.ts'
import { getCustomerSession } from '#contract/acceptance.ts'
import { getMyNotices, putMyNotices } from '#contract/my.ts'
import { runCommand } from '#server/admin/run.ts'
import { features } from '#server/app.ts'
import { sql } from '#server/db/query.ts'
import { createTestApp, type TestApp, type TestPartner } from '#server/testing/app.ts'
import { enterCompany, upload } from '#server/testing/company.ts'
import { check, send } from '#server/testing/confirm.ts'
import { png } from '#server/testing/files.ts'
import { customLink, newGuest, newMobile, registerWith } from '#server/testing/visitor.ts'

const rounds = 10
const data = { name: 'Test Partner', address: '深圳市南山区旧港路1号', representative: '沈若溪', industry: '软件和信息技术服务', phone: '0755-26880000', website: 'https://yungang.example' }
let app: TestApp
let partner: TestPartner
beforeAll(async () => { app = await createTestApp(features) })
beforeEach(async () => {
  partner = await app.newPartner()
  await enterCompany(app, partner.id)
})
afterAll(() => app.close())

const submit = (phone: string) => partner.admin.call(submitCompanyChange, { body: { data: { ...data, phone } } })
const review = async (id: string, verdict: '--approve' | '--reject'): Promise<number> => {
  const engine = { ...app.engine, close: async () => undefined }
  return await runCommand(['company:review', '--partner', partner.account, '--change', id, verdict, '--operator', 'vendor.li', '--reason', 'checked'], { open: async () => engine, publicUrl: 'http://console.test', print: () => undefined, printError: () => undefined, readInput: async () => '', prepareMessages: () => undefined })
}
const count = async (operation: string): Promise<number> =>
  (await app.inTenant(partner.id, (tx) => tx.rows<{ count: number }>(sql`select count(*)::int as count from log_entries where partner_id = ${partner.id} and operation = ${operation} and result = 'success'`)))[0]?.count ?? 0

test('of ten changes handed in at once one waits for review', async () => {
  const answers = await Promise.all(Array.from({ length: 10 }, (_, place) => submit(`0755-${place}`)))
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array.from({ length: 9 }, () => 409)])
  expect(await count('company.submitted')).toBe(1)
})

test('a change that is approved, rejected and withdrawn at once gets one of these, and what counts follows it', async () => {
  for (let round = 0; round < rounds; round += 1) {
    const phone = `0755-1000${round}`
    const before = (await partner.admin.call(getCompany, {})).body.data.phone
    const { id } = (await submit(phone)).body
    const [approved, rejected, withdrawn] = await Promise.all([review(id, '--approve'), review(id, '--reject'), partner.admin.call(withdrawCompanyChange, { params: { id }, body: {} })])
    expect([round, [approved === 0, rejected === 0, withdrawn.status === 200].filter(Boolean).length]).toEqual([round, 1])
    const now = (await partner.admin.call(getCompany, {})).body
    expect([round, now.data.phone]).toEqual([round, approved === 0 ? phone : before])
  }
  expect(await count('company.reviewed') + await count('company.withdrawn')).toBe(rounds)
})

test('of two who save contacts from one reading one is told, also the first time', async () => {
  for (let version = 0; version < rounds; version += 1) {
    const save = (name: string) => partner.admin.call(putCustomerContacts, { body: { items: [{ name, mobile: '13900000001', email: '', remark: '' }], version } })
    const answers = await Promise.all(['甲', '乙', '丙', '丁'].map(save))
    expect([version, answers.map(({ status }) => status).toSorted()]).toEqual([version, [200, 409, 409, 409]])
    const kept = (await partner.admin.call(getCustomerContacts, {})).body
    expect([kept.version, kept.items[0]?.name]).toEqual([version + 1, ['甲', '乙', '丙', '丁'][answers.findIndex(({ status }) => status === 200)]])
  }
})

test('one licence is handed in once, whoever is quicker', async () => {
  const { body: { fileId } } = await upload(app, partner.admin, png(60, 60))
  const answers = await Promise.all(['1', '2', '3'].map((phone) => partner.admin.call(submitCompanyChange, { body: { data: { ...data, phone }, fileId } })))
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409])
}, 60_000)

test('files that arrive at once count each other', async () => {
  await app.inTenant(partner.id, (tx, now) => tx.run(sql`insert into files (partner_id, id, kind, name, type, bytes, sha256, content, facts, created_at, is_kept)
    select ${partner.id}::uuid, gen_random_uuid(), 'case', 'x.png', 'image/png', case i when 1 then 5242880 - ${Math.floor(png(60, 60).length * 1.5)}::int else 5242880 end, '', ''::bytea, '{}'::jsonb, ${now}::timestamptz, true from generate_series(1, 40) i`))
  const answers = await Promise.all([1, 2].map(() => upload(app, partner.admin, png(60, 60))))
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 413])
}, 60_000)

test('two administrators who confirm a template from one reading: one is in force, the other is told', async () => {
  const on = { sms: true, email: true, inApp: true }
  const template = (sms: boolean): NoticeTemplate => ({ balance: { ...on, sms }, expiry: on, security: on, product: on })
  const people = [partner.admin, await partner.addMember({ role: 'administrator' })]
  const asked = []
  for (const [place, person] of people.entries()) {
    app.travel(61)
    const body = { isTakenOver: true, template: template(place === 0), version: 0 }
    const proof = (await person.call(putCustomerNotices, { body })).problem.proof?.proofId ?? ''
    await check(person, proof, await send(app, person, proof))
    asked.push({ person, body, proof })
  }
  const answers = await Promise.all(asked.map(({ person, body, proof }) => person.call(putCustomerNotices, { body }, { proof })))
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
  expect(await count('notice.takeover')).toBe(1)
})

test('a partner that takes over while its customer saves: afterwards the template is in force, and what the customer was told holds', async () => {
  const on = { sms: true, email: true, inApp: true }
  const template = (sms: boolean): NoticeTemplate => ({ balance: { ...on, sms }, expiry: on, security: on, product: on })
  const { token } = await customLink(partner.admin, 'RESALE')
  const guest = newGuest(app)
  await registerWith(app, guest, { token, mobile: newMobile(), type: 'RESALE', accountName: 'racingshop' })
  guest.csrf = (await guest.call(getCustomerSession, {})).body.csrf
  let version = 0
  for (let round = 0; round < rounds; round += 1) {
    const isTakenOver = round % 2 === 0
    app.travel(61)
    const body = { isTakenOver, template: template(false), version }
    const proof = (await partner.admin.call(putCustomerNotices, { body })).problem.proof?.proofId ?? ''
    await check(partner.admin, proof, await send(app, partner.admin, proof))
    const before = (await guest.call(getMyNotices, {})).body
    const [taken, chosen] = await Promise.all([partner.admin.call(putCustomerNotices, { body }, { proof }), guest.call(putMyNotices, { body: { template: template(round % 3 === 0) } })])
    expect([round, taken.status, [200, 409].includes(chosen.status)]).toEqual([round, 200, true])
    const now = (await guest.call(getMyNotices, {})).body
    expect([round, now]).toEqual([round, isTakenOver ? { isTakenOver: true, template: template(false) } : { isTakenOver: false, template: chosen.status === 200 ? template(round % 3 === 0) : now.template }])
    expect([round, before.isTakenOver]).toEqual([round, !isTakenOver])
    version += 1
  }
}, 60_000)
