import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { certificateUploadPath, confirmTestPayment, getBusiness, submitBusiness, type BusinessInput } from '#contract/business.ts'
import { Amount } from '#contract/money.ts'
import { queryLog, queryRevealRecords } from '#contract/operation-log.ts'
import { revealFields } from '#contract/reveals.ts'
import { features } from '#server/app.ts'
import { open } from '#server/auth/seal.ts'
import { sql } from '#server/db/query.ts'
import { sweep } from '#server/jobs/sweep.ts'
import { admin, vendor } from '#server/testing/admin.ts'
import { createTestApp, type Client, type TestApp, type TestPartner } from '#server/testing/app.ts'
import { approveAndTest, bankNumber, business, certificate, certify } from '#server/testing/business.ts'
import { download, enterCompany, upload } from '#server/testing/company.ts'
import { licenceCode, pdf, png } from '#server/testing/files.ts'

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

const submit = (body: BusinessInput, client = partner.admin) => client.call(submitBusiness, { body })
const type = (amount: string, key?: string) => partner.admin.call(confirmTestPayment, { body: { amount: Amount.parse(amount) } }, key === undefined ? {} : { key })
const now = async () => (await partner.admin.call(getBusiness, {})).body
const missing = async () => (await now()).checks.flatMap(({ step, isDone }) => (isDone ? [] : [step]))
const command = (name: string, ...more: string[]) => admin(app, name, '--partner', partner.account, ...more, ...vendor('开户行与账号不符'))
const subjects = async () => (await app.inTenant(partner.id, (tx) => tx.rows<{ kind: string; channel: string; sealed: Uint8Array }>(sql`select kind, channel, sealed from messages where partner_id = ${partner.id} order by at, id`)))
  .map(({ kind, channel, sealed }) => `${kind} ${channel} ${JSON.parse(open(sealed)).subject ?? JSON.parse(open(sealed)).text}`)

test('a partner hands its information in, the vendor approves it and pays a small amount, and the right amount certifies it', async () => {
  expect([(await now()).state, await missing()]).toEqual(['NOT_SUBMITTED', ['company', 'bank', 'tax', 'review', 'test_payment']])
  const { status, body, text } = await submit(business(await certificate(app, partner.admin)))
  expect([status, body.state, body.isSettlementPossible, body.mayEdit]).toEqual([200, 'UNDER_REVIEW', false, false])
  expect(body.submitted).toMatchObject({ company: { name: 'Test Partner', addressMasked: '广东省深圳市***', contactNameMasked: '沈**', contactMobileMasked: '138****8000' }, bank: { numberMasked: '**** 0308' }, tax: { status: 'GENERAL', rate: '6.00' } })
  expect(text).not.toContain(bankNumber)
  expect((await command('business:send-test', '--amount', '0.37')).printed).toContain('not approved yet')
  expect((await command('business:approve')).code).toBe(0)
  expect(await missing()).toEqual(['test_payment'])
  expect((await command('business:send-test', '--amount', '0.37')).printed).toBe(`Test payment to ${partner.account} recorded.`)
  expect((await now()).test).toMatchObject({ attemptsLeft: 3, attemptsMax: 3 })
  const wrong = await type('0.73')
  expect([wrong.status, wrong.body.outcome, wrong.body.attemptsLeft]).toEqual([200, 'wrong', 2])
  const right = await type('0.37')
  expect([right.body.outcome, right.body.business.state, right.body.business.isSettlementPossible, await missing()]).toEqual(['certified', 'CERTIFIED', true, []])
  expect((await type('0.37')).problem.detail).toBe('No test payment waits to be confirmed.')
  const log = (await partner.admin.call(queryLog, { body: { filter: { objectKind: 'business' } } })).body.items
  expect(log.map(({ operation, result }) => `${operation} ${result}`)).toEqual(['business.test_payment success', 'business.test_payment failed', 'business.test_sent success', 'business.reviewed success', 'business.submitted success'])
  expect((await subjects()).filter((line) => line.includes('email'))).toEqual(['IC-12 email Certification awaits the test payment', 'IC-12 email Certification passed'])
  expect((await subjects()).filter((line) => line.includes('sms'))[0]).toBe('IC-12 sms [Partner Center] Business information certification: awaits the test payment. Sign in to see it.')
})

test('the third wrong amount locks, a repeat with the same key costs nothing, and the vendor unlocks after a ticket', async () => {
  await submit(business(await certificate(app, partner.admin)))
  await command('business:approve')
  await command('business:send-test', '--amount', '0.37')
  const key = randomUUID()
  expect([(await type('0.01', key)).body.attemptsLeft, (await type('0.01', key)).body.attemptsLeft, (await type('0.02')).body.attemptsLeft]).toEqual([2, 2, 1])
  const third = await type('0.03')
  expect([third.body.outcome, third.body.attemptsLeft, third.body.business.state]).toEqual(['locked', 0, 'LOCKED'])
  expect((await type('0.37')).problem.detail).toBe('The test payment is locked. Open a ticket to have it unlocked.')
  expect((await submit({ tax: { status: 'SMALL', rate: '3.00' } })).problem.detail).toBe('The test payment is locked. Open a ticket to have it unlocked.')
  expect(await subjects()).toContain('IC-12 email Certification locked')
  expect((await command('business:unlock')).code).toBe(0)
  expect((await now()).test?.attemptsLeft).toBe(3)
  expect((await type('0.37')).body.outcome).toBe('certified')
})

test('failed, the reason is shown, and a correction of one part goes into review with the rest as it was', async () => {
  await submit(business(await certificate(app, partner.admin)))
  expect((await submit({ tax: { status: 'SMALL', rate: '3.00' } })).problem.detail).toBe('The business information is under review. Wait for the result.')
  await command('business:fail')
  expect([(await now()).state, (await now()).reason, await missing()]).toEqual(['FAILED', '开户行与账号不符', ['company', 'bank', 'tax', 'review', 'test_payment']])
  expect(await subjects()).toContain('IC-12 email Certification failed')
  const { body } = await submit({ bank: { accountName: 'Test  partner', bankName: '招商银行', branch: '深圳南山支行' } })
  expect([body.state, body.reason, body.submitted?.bank.branch, body.submitted?.bank.numberMasked, body.submitted?.company.addressMasked]).toEqual(['UNDER_REVIEW', null, '深圳南山支行', '**** 0308', '广东省深圳市***'])
  await approveAndTest(app, partner)
  expect((await now()).isSettlementPossible).toBe(true)
})

test('a change while certified is reviewed, and until then nothing is settled; renaming the company needs a new certification', async () => {
  const other = await app.newPartner()
  await certify(app, other)
  expect((await other.admin.call(submitBusiness, { body: { tax: { status: 'GENERAL', rate: '6.00' } } })).problem.detail).toBe('Nothing was changed.')
  const changed = await other.admin.call(submitBusiness, { body: { tax: { status: 'SMALL', rate: '3.00' } } })
  expect([changed.body.state, changed.body.isSettlementPossible]).toEqual(['UNDER_REVIEW', false])
  await approveAndTest(app, other)
  await app.inTenant(other.id, (tx) => tx.run(sql`update partners set name = '新的名称有限公司' where id = ${other.id}`))
  const renamed = (await other.admin.call(getBusiness, {})).body
  expect([renamed.state, renamed.isSettlementPossible, renamed.checks.at(-1)]).toEqual(['CERTIFIED', false, { step: 'name', isDone: false }])
  expect((await other.admin.call(submitBusiness, { body: { tax: { status: 'SMALL', rate: '1.00' } } })).problem.fields).toMatchObject([{ path: 'bank.accountName', code: 'account_not_company' }])
  const again = await other.admin.call(submitBusiness, { body: { bank: { accountName: '新的名称有限公司', bankName: '招商银行', branch: '深圳科技园支行' } } })
  expect([again.status, again.body.submitted?.company.name]).toEqual([200, '新的名称有限公司'])
})

test.each<[string, (input: BusinessInput) => BusinessInput, string, string]>([
  ['a private person’s account name', (input) => ({ ...input, bank: { accountName: '沈若溪', number: bankNumber, bankName: '招商银行', branch: '深圳科技园支行' } }), 'bank.accountName', 'account_not_company'],
  ['a private card', (input) => ({ ...input, bank: { accountName: 'Test Partner', number: '6222 0212 3456 7894', bankName: '招商银行', branch: '深圳科技园支行' } }), 'bank.number', 'account_private'],
  ['an account number of letters', (input) => ({ ...input, bank: { accountName: 'Test Partner', number: 'CN1234567890', bankName: '招商银行', branch: '深圳科技园支行' } }), 'bank.number', 'bank_number'],
  ['a credit code whose last character does not fit', (input) => ({ ...input, company: { ...company, creditCode: `${licenceCode.slice(0, 17)}0` } }), 'company.creditCode', 'credit_code'],
  ['another company’s credit code', (input) => ({ ...input, company: { ...company, creditCode: '91350100M000100Y43' } }), 'company.creditCode', 'credit_code_other'],
  ['a contact without a mobile number', (input) => ({ ...input, company: { ...company, contactMobile: '12' } }), 'company.contactMobile', 'mobile'],
  ['a missing part the first time', ({ tax: _tax, ...rest }) => rest, 'tax', 'required'],
  ['a missing certificate the first time', (input) => ({ ...input, tax: { status: 'GENERAL', rate: '6.00' } }), 'tax.certificateId', 'required'],
  ['a rate above a hundred', (input) => ({ ...input, tax: { ...input.tax, status: 'GENERAL', rate: '100.00' } }), 'tax.rate', 'rate'],
])('%s is refused at its field', async (_name, change, path, code) => {
  const { problem } = await submit(change(business(await certificate(app, partner.admin))))
  expect([problem.status, problem.fields?.map((field) => [field.path, field.code])]).toEqual([400, [[path, code]]])
  expect((await now()).state).toBe('NOT_SUBMITTED')
})
const company = { creditCode: licenceCode, address: '广东省深圳市南山区云港路18号', contactName: '沈若溪', contactMobile: '13800138000' }

test('a mask that was copied from the page, an unknown field, a stranger’s certificate and a colleague without the right are refused', async () => {
  const certificateId = await certificate(app, partner.admin)
  const whole = business(certificateId)
  expect((await submit({ ...whole, bank: { accountName: 'Test Partner', number: '**** 0308', bankName: '招商银行', branch: '深圳科技园支行' } })).problem).toMatchObject({ code: 'masked_value', fields: [{ path: 'bank.number' }] })
  expect((await partner.admin.call(submitBusiness, { body: whole }, { raw: { ...whole, state: 'CERTIFIED' } })).problem.code).toBe('unknown_field')
  expect((await partner.admin.call(submitBusiness, { body: whole }, { raw: { ...whole, bank: { ...whole.bank, isPrivate: true } } })).problem.code).toBe('unknown_field')
  expect((await submit(whole, manager)).problem.code).toBe('no_permission')
  expect((await manager.call(getBusiness, {})).problem.code).toBe('no_permission')
  const colleague = await partner.addMember({ role: 'operator', extra: ['profile.business'] })
  expect((await submit(whole, colleague)).problem.detail).toBe('The certificate is no longer kept. Upload it again.')
  const other = await app.newPartner()
  await enterCompany(app, other.id)
  expect((await submit(business(await certificate(app, other.admin)))).status).toBe(404)
  expect((await submit(whole)).status).toBe(200)
  await command('business:fail')
  // A certificate is handed in once.
  expect((await submit(whole)).status).toBe(404)
})

test('a partner whose company the vendor has not entered hands nothing in', async () => {
  const bare = await app.newPartner()
  expect((await bare.admin.call(getBusiness, {})).body).toMatchObject({ creditCode: '', mayEdit: false, checks: expect.arrayContaining([{ step: 'company_data', isDone: false }]) })
  expect((await bare.admin.call(submitBusiness, { body: business(await certificate(app, bare.admin)) })).problem.detail).toBe('The company has not been entered yet. Ask your ecosystem manager.')
})

test('the bank account and the address are revealed on record to whoever may see the page, and to nobody else', async () => {
  const { body: { id } } = await submit(business(await certificate(app, partner.admin)))
  const ask = (client: Client, fields: ('bankAccount' | 'address' | 'email')[], ids = [id ?? '']) => client.call(revealFields, { body: { subject: 'business', ids, fields, page: '/profile/business' } })
  expect((await ask(partner.admin, ['bankAccount', 'address'])).body.items).toEqual([{ id, values: { bankAccount: bankNumber, address: '广东省深圳市南山区云港路18号科创大厦6层' } }])
  expect((await partner.admin.call(queryRevealRecords, { body: {} })).body.items.map(({ subject, field, page }) => [subject.kind, subject.id, field, page])).toEqual(expect.arrayContaining([['business', id, 'bankAccount', '/profile/business'], ['business', id, 'address', '/profile/business']]))
  expect((await ask(manager, ['bankAccount'])).problem.code).toBe('no_permission')
  expect((await ask(partner.admin, ['email'])).status).toBe(400)
  const other = await app.newPartner()
  expect((await ask(other.admin, ['bankAccount'])).status).toBe(404)
  const kept = await app.inTenant(partner.id, (tx) => tx.rows(sql`select b::text as row from business_submissions b where partner_id = ${partner.id}`))
  expect(JSON.stringify(kept)).not.toContain(bankNumber)
  expect(app.logged.join('')).not.toContain(bankNumber)
  expect((await command('business:show')).printed).toContain(bankNumber)
  expect((await partner.admin.call(queryLog, { body: { filter: { operation: 'business.shown' } } })).body.total).toBe(1)
})

test.each<[string, () => Buffer, number]>([
  ['a drawing with scripts', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), 415], ['a page', () => Buffer.from('<!doctype html><script>1</script>'), 415], ['an archive', () => Buffer.from('PK\x03\x04', 'latin1'), 415],
  ['a picture with an archive behind it', () => Buffer.concat([png(4, 4), Buffer.from('PK\x03\x04', 'latin1')]), 415], ['a picture that would fill the memory', () => png(4, 4, [], { width: 50_000, height: 50_000 }), 415], ['a byte too many', () => Buffer.alloc(5 * 1024 * 1024 + 1), 413],
])('as a certificate %s is refused, and nothing is kept', async (_name, bytes, status) => {
  expect((await upload(app, partner.admin, bytes(), { path: certificateUploadPath })).status).toBe(status)
  expect(await app.inTenant(partner.id, (tx) => tx.rows(sql`select 1 from files where partner_id = ${partner.id}`))).toEqual([])
})

test('a certificate is a download for whoever may see the page, whatever its name was and whatever is in it; one that nobody handed in is swept', async () => {
  const script = pdf(['证明'], '/OpenAction << /S /JavaScript /JS (app.alert(1)) >>')
  const { body } = await upload(app, partner.admin, script, { path: certificateUploadPath, name: '../../etc/passwd.svg', type: 'image/svg+xml' })
  const colleague = await partner.addMember({ role: 'operator', extra: ['profile.business'] })
  expect((await download(app, colleague, body.fileId)).status).toBe(404)
  await submit(business(body.fileId))
  const file = await download(app, colleague, body.fileId)
  expect([file.status, file.headers.get('content-type'), file.headers.get('content-disposition'), file.headers.get('content-security-policy'), file.headers.get('x-content-type-options')]).toEqual([
    200, 'application/pdf', `attachment; filename="passwd.pdf"; filename*=UTF-8''passwd.pdf`, "default-src 'none'; frame-ancestors 'none'; sandbox", 'nosniff'])
  expect([(await download(app, manager, body.fileId)).status, (await download(app, (await app.newPartner()).admin, body.fileId)).status, (await download(app, undefined, body.fileId)).status]).toEqual([403, 404, 401])
  expect((await partner.admin.call(queryLog, { body: { filter: { operation: 'business.downloaded' } } })).body.total).toBe(1)
  const loose = await certificate(app, partner.admin)
  await app.inTenant(partner.id, (tx) => tx.run(sql`update files set created_at = created_at - interval '2 days' where partner_id = ${partner.id}`))
  await sweep(app.database)
  expect([(await download(app, partner.admin, loose)).status, (await download(app, partner.admin, body.fileId)).status]).toEqual([404, 200])
})

test('the vendor’s commands say in one sentence what they cannot do', async () => {
  for (const [name, ...more] of [['business:approve'], ['business:fail'], ['business:send-test', '--amount', '0.10'], ['business:unlock']]) {
    const { code, printed } = await command(name ?? '', ...more)
    expect([name, code, printed]).toEqual([name, 1, expect.stringContaining('is NOT_SUBMITTED, not')])
  }
  expect((await command('business:show')).printed).toContain('has not handed in')
  expect((await command('business:send-test', '--amount', '0')).printed).toContain('--amount: is an amount')
})
