import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { getInvoice, getInvoiceList, invoiceUploadPath, queryInvoices, submitInvoice, type InvoiceInput } from '#contract/incentive-invoices.ts'
import type { PaymentDetail } from '#contract/incentive-payments.ts'
import { queryLog } from '#contract/operation-log.ts'
import { features } from '#server/app.ts'
import { open } from '#server/auth/seal.ts'
import { sql } from '#server/db/query.ts'
import { createTestApp, type Client, type TestApp, type TestPartner } from '#server/testing/app.ts'
import { certify } from '#server/testing/business.ts'
import { download, upload } from '#server/testing/company.ts'
import { pdf, png } from '#server/testing/files.ts'
import { ofd } from '#server/testing/ofd.ts'
import { amountOf, decide, paperInvoice, request, statement } from '#server/testing/payouts.ts'

let app: TestApp
let partner: TestPartner
beforeAll(async () => { app = await createTestApp(features) })
beforeEach(async () => {
  partner = await app.newPartner()
  await certify(app, partner)
})
afterAll(() => app.close())

type Wish = Parameters<typeof statement>[2]
/** A request that awaits its invoice. */
async function approved(...wishes: (Wish & object)[]): Promise<PaymentDetail> {
  const made = []
  for (const wish of wishes.length === 0 ? [{}] : wishes) made.push(await statement(app, partner, wish))
  const total = wishes.length === 0 ? 100_00n : wishes.reduce((sum, { amount = 100_00n }) => sum + amount, 0n)
  const { body, text } = await request(partner, made, 'BANK_TRANSFER', total)
  if (body.id === undefined) throw new Error(text)
  await decide(app, partner, 'payment:approve', body)
  return body
}
const submit = (id: string, body: InvoiceInput, client: Client = partner.admin) => client.call(submitInvoice, { params: { id }, body })
const file = (bytes: Buffer, client = partner.admin, name = '电子发票.ofd') => upload(app, client, bytes, { path: invoiceUploadPath, name, type: 'application/octet-stream' })
const electronic = (payout: PaymentDetail['payout'], fileId: string, more: Partial<InvoiceInput> = {}): InvoiceInput => ({ ...paperInvoice(payout), kind: 'ELECTRONIC_SPECIAL', code: '', carrier: '', trackingNumber: '', number: `2644${String(Math.random()).slice(2, 18).padEnd(16, '0')}`, fileId, ...more })
const faults = (problem: { fields?: { path: string; code: string }[] | undefined }) => problem.fields?.map(({ path, code }) => `${path} ${code}`)
const messages = async () => (await app.inTenant(partner.id, (tx) => tx.rows<{ kind: string; channel: string; sealed: Uint8Array }>(sql`select kind, channel, sealed from messages where partner_id = ${partner.id} order by kind, channel`))).map(({ kind, channel, sealed }) => ({ kind, channel, ...JSON.parse(open(sealed)) }))

test('an approved request waits for exactly one invoice: the amount, what is allowed and the list are shown, and the right paper invoice goes into review', async () => {
  const body = await approved({ amount: 1_060_00n })
  const row = (await partner.admin.call(getInvoice, { params: { id: body.id } })).body
  expect(row).toMatchObject({ requestNumber: body.number, state: 'AWAITING_INVOICE', notice: '1060.00', toInvoice: '1060.00', derivation: null, allowedKinds: ['SPECIAL', 'ELECTRONIC_SPECIAL'], list: { isAvailable: true, wait: null }, invoice: null, may: { fillIn: true, correct: false } })
  const told = (await messages()).find(({ kind }) => kind === 'IC-07')
  expect([told?.channel, told?.subject, told?.text]).toEqual(['email', 'Please invoice', expect.stringContaining('Invoice exactly 1,060.00 CNY')])
  // The link leads to the list itself, that of a returned invoice to its form.
  expect(told?.text).toContain(`/incentives/invoices/${body.id}/list`)
  const list = (await partner.admin.call(getInvoiceList, { params: { id: body.id } })).body
  expect(list).toMatchObject({ requestNumber: body.number, seller: { name: 'Test Partner' }, buyer: '华辰云计算技术有限公司', total: '1060.00', invoiceNumber: '', items: [{ programName: 'Sales incentive', amount: '1060.00' }] })
  const invoice = paperInvoice(body.payout)
  const { status, body: after } = await submit(body.id, invoice)
  expect([status, after.state, after.invoice]).toEqual([200, 'INVOICE_REVIEW', expect.objectContaining({ number: invoice.number, code: '4403201234', net: '1000.00', tax: '60.00', total: '1060.00', carrier: '顺丰速运', trackingNumber: 'SF1234567890', file: null })])
  expect((await partner.admin.call(getInvoiceList, { params: { id: body.id } })).body.invoiceNumber).toBe(invoice.number)
  for (const filter of [{ state: 'INVOICE_REVIEW' as const }, { kind: 'SPECIAL' as const }, { period: '2026-08' }, { number: invoice.number }, { number: body.number }]) expect([filter, (await partner.admin.call(queryInvoices, { body: { filter } })).body.total]).toEqual([filter, 1])
  expect((await partner.admin.call(queryInvoices, { body: { filter: { kind: 'ELECTRONIC_SPECIAL' } } })).body.total).toBe(0)
  expect((await partner.admin.call(queryLog, { body: { filter: { operation: 'invoice.submitted' } } })).body.items).toMatchObject([{ objectNumber: body.number, amount: '1060.00', result: 'success' }])
})

test('returned, the reason is shown; corrected under the same number it goes into review again', async () => {
  const body = await approved()
  const invoice = paperInvoice(body.payout)
  await submit(body.id, invoice)
  expect((await submit(body.id, invoice)).problem.detail).toBe('This request waits for no invoice.')
  await decide(app, partner, 'invoice:reject', body, '发票章不清晰')
  expect((await partner.admin.call(getInvoice, { params: { id: body.id } })).body).toMatchObject({ state: 'INVOICE_REJECTED', reason: '发票章不清晰', may: { fillIn: false, correct: true } })
  const told = (await messages()).filter(({ kind }) => kind === 'IC-08')
  expect([told.map(({ channel }) => channel), told[0]?.text]).toEqual([['email', 'sms'], expect.stringContaining(`/incentives/invoices?edit=${body.id}`)])
  const again = await submit(body.id, { ...invoice, trackingNumber: 'SF9999999999' })
  expect([again.status, again.body.state, again.body.reason, again.body.invoice?.trackingNumber]).toEqual([200, 'INVOICE_REVIEW', null, 'SF9999999999'])
})

test('an electronic invoice comes with its file, which only people who invoice may fetch, as an attachment and on record', async () => {
  const body = await approved()
  const bytes = ofd()
  const { status, body: uploaded } = await file(bytes, partner.admin, '../发票 1.svg')
  expect([status, uploaded]).toMatchObject([200, { name: '发票 1.ofd', bytes: bytes.length }])
  expect(faults((await submit(body.id, electronic(body.payout, uploaded.fileId, { fileId: undefined }))).problem)).toEqual(['fileId invoice_file'])
  const { body: after } = await submit(body.id, electronic(body.payout, uploaded.fileId))
  expect(after.invoice?.file).toEqual({ id: uploaded.fileId, name: '发票 1.ofd', bytes: bytes.length })
  const answer = await download(app, partner.admin, uploaded.fileId)
  expect([answer.status, answer.headers.get('content-type'), answer.headers.get('content-disposition'), answer.headers.get('x-content-type-options'), answer.headers.get('content-security-policy')]).toEqual([
    200, 'application/ofd', `attachment; filename="__ 1.ofd"; filename*=UTF-8''${encodeURIComponent('发票 1.ofd')}`, 'nosniff', "default-src 'none'; frame-ancestors 'none'; sandbox"])
  expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true)
  const colleague = await partner.addMember({ role: 'operator', extra: ['incentive.view', 'incentive.request'] })
  expect([(await download(app, colleague, uploaded.fileId)).status, (await download(app, (await app.newPartner()).admin, uploaded.fileId)).status, (await download(app, undefined, uploaded.fileId)).status]).toEqual([403, 404, 401])
  expect((await partner.admin.call(queryLog, { body: { filter: { operation: 'invoice.downloaded' } } })).body.total).toBe(1)
  // A correction may keep the file.
  await decide(app, partner, 'invoice:reject', body)
  expect((await submit(body.id, electronic(body.payout, uploaded.fileId, { fileId: undefined }))).body.invoice?.file?.id).toBe(uploaded.fileId)
})

test.each<[string, Partial<InvoiceInput>, string[]]>([
  ['an ordinary invoice', { kind: 'ORDINARY' }, ['kind invoice_ordinary']], ['a cent too little', { total: amountOf(99_99n), net: amountOf(94_33n) }, ['total invoice_amount']], ['a cent too much', { total: amountOf(100_01n), net: amountOf(94_35n) }, ['total invoice_amount']],
  ['parts that do not come to the total', { tax: amountOf(5_00n) }, ['total invoice_sum']], ['nine digits', { number: '123456789' }, ['number invoice_number']], ['a code of eleven digits', { code: '12345678901' }, ['code invoice_code']],
  ['paper without a code', { code: '' }, ['code invoice_code_paper']], ['paper without a parcel', { carrier: '', trackingNumber: '' }, ['carrier required', 'trackingNumber required']], ['paper with a file', { fileId: randomUUID() }, ['fileId invoice_no_file']],
  ['a date to come', { date: '2099-01-01' }, ['date invoice_date']], ['an electronic one with a code', { kind: 'ELECTRONIC_SPECIAL', fileId: randomUUID() }, ['code invoice_code_electronic']], ['a tracking number with markup', { trackingNumber: '<b>1' }, ['trackingNumber tracking_number']],
])('%s is refused at its field, and the request goes on waiting', async (_name, change, expected) => {
  const body = await approved()
  expect(faults((await submit(body.id, { ...paperInvoice(body.payout), ...change })).problem)).toEqual(expected)
  expect((await partner.admin.call(getInvoice, { params: { id: body.id } })).body).toMatchObject({ state: 'AWAITING_INVOICE', invoice: null })
})

test('marketplace and procurement statements take paper only, and their list and invoice wait until both sides have signed', async () => {
  for (const kind of ['marketplace', 'procurement'] as const) {
    const body = await approved({ kind })
    const row = (await partner.admin.call(getInvoice, { params: { id: body.id } })).body
    expect([kind, row.allowedKinds, row.list, row.may.fillIn]).toEqual([kind, ['SPECIAL'], { isAvailable: false, wait: 'countersigning', publishedAt: null }, false])
    expect((await partner.admin.call(getInvoiceList, { params: { id: body.id } })).problem).toMatchObject({ status: 409, code: 'invoice_list_waiting', facts: { wait: 'countersigning' } })
    expect((await submit(body.id, paperInvoice(body.payout))).problem.code).toBe('invoice_list_waiting')
    expect((await messages()).filter((one) => one.kind === 'IC-07').length).toBe(kind === 'marketplace' ? 0 : 1)
    expect((await decide(app, partner, 'invoice-list:publish', body)).printed).toBe(`Invoice list of ${body.number} published.`)
    expect((await decide(app, partner, 'invoice-list:publish', body)).code).toBe(1)
    const { body: uploaded } = await file(ofd())
    expect(faults((await submit(body.id, electronic(body.payout, uploaded.fileId))).problem)).toEqual(['kind invoice_kind'])
    expect((await submit(body.id, paperInvoice(body.payout))).status).toBe(200)
  }
})

test('a period before 2019 is invoiced by the taxpayer’s own rate: the calculation is shown, and only its result is taken and paid', async () => {
  partner = await app.newPartner()
  await certify(app, partner, { status: 'SMALL', rate: '3.00' })
  const body = await approved({ amount: 106_00n, period: '2018-11' }, { amount: 50_00n, period: '2026-08' })
  expect([body.total, body.payout]).toEqual(['156.00', '153.00'])
  const row = (await partner.admin.call(getInvoice, { params: { id: body.id } })).body
  expect([row.notice, row.toInvoice, row.derivation]).toEqual(['156.00', '153.00', { status: 'SMALL', rate: '3.00', lines: [
    expect.objectContaining({ period: '2018-11', notice: '106.00', net: '100.00', tax: '3.00', toInvoice: '103.00' }), expect.objectContaining({ period: '2026-08', notice: '50.00', net: null, tax: null, toInvoice: '50.00' })] }])
  expect(faults((await submit(body.id, paperInvoice(body.total))).problem)).toEqual(['total invoice_amount'])
  expect((await submit(body.id, paperInvoice(body.payout))).status).toBe(200)
  await decide(app, partner, 'invoice:approve', body)
  expect((await decide(app, partner, 'payment:pay', body)).printed).toBe(`${body.number}: COMPLETED, 153.00 CNY.`)
})

test('a number that was used before is refused for another request, also after the first invoice was corrected to another number', async () => {
  const [first, second] = [await approved(), await approved()]
  const invoice = paperInvoice(first.payout)
  await submit(first.id, invoice)
  expect(faults((await submit(second.id, paperInvoice(second.payout, { number: invoice.number }))).problem)).toEqual(['number invoice_number_used'])
  expect((await submit(second.id, paperInvoice(second.payout, { number: invoice.number, code: '4403209999' }))).status).toBe(200)
  await decide(app, partner, 'invoice:reject', first)
  await submit(first.id, paperInvoice(first.payout))
  const third = await approved()
  expect(faults((await submit(third.id, paperInvoice(third.payout, { number: invoice.number }))).problem)).toEqual(['number invoice_number_used'])
})

test('a request of another partner, one without an invoice, a stranger’s file, an unknown field and people without the right are refused', async () => {
  const body = await approved()
  const quota = (await request(partner, [await statement(app, partner)], 'VOUCHER_QUOTA', 100_00n)).body
  const early = (await request(partner, [await statement(app, partner)], 'TOP_UP', 100_00n)).body
  for (const id of [quota.id, early.id, randomUUID()]) expect([(await submit(id, paperInvoice(body.payout))).status, (await partner.admin.call(getInvoice, { params: { id } })).status, (await partner.admin.call(getInvoiceList, { params: { id } })).status]).toEqual([404, 404, 404])
  const other = await app.newPartner()
  expect([(await submit(body.id, paperInvoice(body.payout), other.admin)).status, (await other.admin.call(getInvoice, { params: { id: body.id } })).status, (await other.admin.call(queryInvoices, { body: {} })).body.total]).toEqual([404, 404, 0])
  const invoice = paperInvoice(body.payout)
  expect((await partner.admin.call(submitInvoice, { params: { id: body.id }, body: invoice }, { raw: { ...invoice, state: 'PAYING' } })).problem.code).toBe('unknown_field')
  const colleague = await partner.addMember({ role: 'operator', extra: ['incentive.view', 'incentive.invoice'] })
  const { body: theirs } = await file(ofd(), colleague)
  expect((await submit(body.id, electronic(body.payout, theirs.fileId))).problem.detail).toBe('The invoice file is no longer kept. Upload it again.')
  const director = await partner.addMember({ role: 'director' })
  expect([(await submit(body.id, invoice, director)).status, (await director.call(queryInvoices, { body: {} })).status, (await director.call(getInvoiceList, { params: { id: body.id } })).status, (await file(ofd(), director)).status]).toEqual([403, 403, 403, 403])
  expect((await submit(body.id, electronic(body.payout, theirs.fileId), colleague)).status).toBe(200)
})

test.each<[string, () => Buffer, number]>([
  ['a drawing with scripts', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), 415], ['a picture', () => png(4, 4), 415], ['a picture that would fill the memory', () => png(4, 4, [], { width: 50_000, height: 50_000 }), 415],
  ['a document with a script', () => pdf(['Invoice'], '/OpenAction << /S /JavaScript /JS (app.alert(1)) >>'), 415], ['an archive with a way up', () => ofd([{ name: '../../x', content: 'x' }]), 415], ['a bomb', () => ofd([{ name: 'Doc_0/x', content: Buffer.alloc(30 * 1024 * 1024) }]), 415],
  ['an archive that ends in a page', () => ofd([], '<script>1</script>'), 415], ['a byte too many', () => Buffer.alloc(5 * 1024 * 1024 + 1), 413],
])('as an electronic invoice %s is refused, and nothing is kept', async (_name, bytes, status) => {
  expect((await file(bytes())).status).toBe(status)
  expect(await app.inTenant(partner.id, (tx) => tx.rows(sql`select 1 from files where partner_id = ${partner.id} and kind = 'invoice'`))).toEqual([])
})

test('a top-up of resale incentives owes its invoice until that is approved', async () => {
  const { body } = await request(partner, [await statement(app, partner, { isResale: true })], 'TOP_UP', 100_00n)
  await decide(app, partner, 'payment:approve', body)
  expect((await partner.admin.call(getInvoice, { params: { id: body.id } })).body.isOwed).toBe(true)
  await submit(body.id, paperInvoice(body.payout))
  await decide(app, partner, 'invoice:approve', body)
  expect((await partner.admin.call(getInvoice, { params: { id: body.id } })).body.isOwed).toBe(false)
})
