import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createFeedback, getLine, queryFreezes, queryLines, queryStatements } from '#contract/incentives.ts'
import { features } from '#server/app.ts'
import { open } from '#server/auth/seal.ts'
import { sql } from '#server/db/query.ts'
import { createTestApp, type TestApp, type TestPartner } from '#server/testing/app.ts'
import { confirmNow, newStatement } from '#server/testing/incentives.ts'
import { runCommand } from './run.ts'

let app: TestApp
let folder: string
beforeAll(async () => {
  app = await createTestApp(features)
  folder = await mkdtemp(join(tmpdir(), 'incentives-'))
})
afterAll(async () => {
  await rm(folder, { recursive: true })
  await app.close()
})

async function admin(words: readonly string[], reason = '按合同第 3 条') {
  const [out, errors]: [string[], string[]] = [[], []]
  const isLogged = !['program:create', 'statement:list', 'incentive:freezes', 'feedback:list'].includes(words[0] ?? '')
  const code = await runCommand([...words, ...(isLogged ? ['--operator', 'ops.lin', '--reason', reason] : [])], {
    open: async () => ({ ...app.engine, close: async () => undefined }),
    publicUrl: 'https://console.test', print: (line) => out.push(line), printError: (line) => errors.push(line), readInput: async () => '', prepareMessages: () => undefined,
  })
  return { code, out: out.join('\n'), errors: errors.join('\n') }
}
const operations = ({ id }: TestPartner) => app.inTenant(id, async (tx) => (await tx.rows<{ operation: string }>(sql`select operation from log_entries where partner_id = ${id} and source = 'vendor' order by seq`)).map(({ operation }) => operation))
const header = 'customer,no_customer,order,data_number,product_type,billing_mode,association_type,base_amount,rate,incentive,reseller'
async function file(name: string, ...rows: string[]): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, `\ufeff${[header, ...rows].join('\r\n')}\r\n`)
  return path
}
let programs = 0
async function program(...more: string[]): Promise<string> {
  programs += 1
  const code = `PROJ-${programs}`
  expect(await admin(['program:create', '--code', code, '--name', '项目激励', '--name-en', 'Project incentive', '--kind', 'project', '--on-deadline', 'LAPSE', '--payout', 'BANK_TRANSFER', '--payout', 'TOP_UP', ...more])).toMatchObject({ code: 0, errors: '' })
  return code
}
const created = async (partner: TestPartner, ...more: string[]) => /IS\d+/.exec((await admin(['statement:create', '--partner', partner.account, '--period', '2026-10', ...more])).out)?.[0] ?? ''

test('a statement is made, its file looked at, applied and published; the partner sees exactly what was in the file', async () => {
  const partner = await app.newPartner()
  const customer = await app.addCustomer(partner.id, { name: '青禾数据有限公司' })
  const number = await created(partner, '--program', await program('--tax', '6'))
  const path = await file('good.csv', `${customer.number},,CS-1,D-1,弹性云服务器,PAY_PER_USE,RESALE,"1,000.00",7.5,75.00,云桥经销`, ',PARTNER_LEVEL,,D-2,"对象存储, 标准",ONE_TIME,REFERRAL,10,10,1.05,')
  const run = (...words: string[]) => admin(['statement:import', '--partner', partner.account, '--statement', number, '--file', path, ...words])
  expect(await run()).toMatchObject({ code: 0, out: '2 lines, incentive 76.05 CNY. Nothing was added yet; run it again with --apply.' })
  expect((await partner.admin.call(queryLines, { body: {} })).body.total).toBe(0)
  expect(await admin(['statement:publish', '--partner', partner.account, '--statement', number])).toMatchObject({ code: 1, errors: `Statement ${number} is not estimated, or has no lines.` })
  expect(await run('--apply')).toMatchObject({ code: 0, errors: '' })
  expect(await run('--apply')).toMatchObject({ code: 1, out: 'row 2  data_number: is in the statement already\nrow 3  data_number: is in the statement already' })
  expect(await admin(['statement:publish', '--partner', partner.account, '--statement', number])).toMatchObject({ code: 0, errors: '' })
  const { items, totals } = (await partner.admin.call(queryLines, { body: { sort: 'period' } })).body
  expect(items.map(({ number: line, customer: who, noCustomer, order, dataNumber, productType, billingMode, associationType, baseAmount, rate, incentive, tax, net }) => [line, who?.number, noCustomer, order, dataNumber, productType, billingMode, associationType, baseAmount, rate, incentive, tax, net])).toEqual([
    [`${number}-000001`, customer.number, null, 'CS-1', 'D-1', '弹性云服务器', 'PAY_PER_USE', 'RESALE', '1000.00', '7.5', '75.00', '4.50', '70.50'],
    [`${number}-000002`, undefined, 'PARTNER_LEVEL', null, 'D-2', '对象存储, 标准', 'ONE_TIME', 'REFERRAL', '10.00', '10', '1.05', '0.06', '0.99'],
  ])
  expect(totals.net).toBe('71.49')
  const [mail] = await app.inTenant(partner.id, (tx) => tx.rows<{ sealed: Uint8Array }>(sql`select sealed from messages where partner_id = ${partner.id} and kind = 'IC-01'`))
  expect(String(JSON.parse(open(mail?.sealed ?? new Uint8Array())).text)).toContain(`Incentive statement ${number} (2026-10, 71.49 CNY) waits for your confirmation.`)
  expect(await run('--apply')).toMatchObject({ code: 1, errors: expect.stringContaining('is published') })
  expect(await operations(partner)).toEqual(['incentive.created', 'incentive.imported', 'incentive.published'])
  expect((await admin(['statement:list', '--partner', partner.account])).out).toContain(`${number}  2026-10`)
})

test('every row at fault is told with its column, and then none is added', async () => {
  const partner = await app.newPartner()
  const other = await app.newPartner()
  const [own, theirs] = [await app.addCustomer(partner.id), await app.addCustomer(other.id)]
  const number = await created(partner, '--program', await program())
  const rest = 'PAY_PER_USE,RESALE,1.00,10,0.10,'
  const path = await file('bad.csv', `${own.number},,,D-1,云,${rest}`, `${theirs.number},,,D-2,云,${rest}`, `,,,D-3,云,${rest}`, `${own.number},,,D-1,云,${rest}`, `${own.number},,,D-5,,SOMETIMES,BOTH,x,1000000,-1,`, `${own.number},,,D-6,见 https://evil.cn,${rest}`)
  const { code, out, errors } = await admin(['statement:import', '--partner', partner.account, '--statement', number, '--file', path, '--apply'])
  expect(code).toBe(1)
  expect(out.split('\n').map((line) => line.replace(/: .*/, ''))).toEqual(['row 3  customer', 'row 4  no_customer', 'row 5  data_number', 'row 6  billing_mode', 'row 6  association_type', 'row 6  incentive', 'row 6  base_amount', 'row 6  rate', 'row 6  product_type', 'row 7  product_type'])
  expect(errors).toBe(`10 faults in ${path}. Nothing was added.`)
  expect((await partner.admin.call(queryLines, { body: {} })).body.total).toBe(0)
  await writeFile(join(folder, 'cut.csv'), `${header}\n"1`)
  await writeFile(join(folder, 'less.csv'), 'customer\n1')
  const say = async (name: string) => (await admin(['statement:import', '--partner', partner.account, '--statement', number, '--file', join(folder, name)])).out
  expect([await say('cut.csv'), (await say('less.csv')).startsWith('row 1  no_customer')]).toEqual(['row 2  : has a quote that is never closed', true])
  expect((await admin(['statement:import', '--partner', partner.account, '--statement', number, '--file', join(folder, 'none.csv')])).errors).toContain('There is no file')
})

test('a negative incentive takes lines of zero or below only', async () => {
  const partner = await app.newPartner()
  const number = await created(partner, '--program', await program(), '--negative')
  const row = (amount: string) => `,PARTNER_LEVEL,,D${amount},云,ONE_TIME,RESALE,0,0,${amount},`
  expect(await admin(['statement:import', '--partner', partner.account, '--statement', number, '--file', await file('plus.csv', row('5')), '--apply'])).toMatchObject({ code: 1, out: 'row 2  incentive: is an amount of zero or below with at most two decimals' })
  expect(await admin(['statement:import', '--partner', partner.account, '--statement', number, '--file', await file('minus.csv', row('-5')), '--apply'])).toMatchObject({ code: 0 })
  expect((await partner.admin.call(queryStatements, { body: {} })).body.items).toMatchObject([{ isNegative: true, amount: '-5.00', state: 'ESTIMATED' }])
})

test('a line is adjusted and excluded with the reason at its row, never past zero and never once it is confirmed', async () => {
  const partner = await app.newPartner()
  const { id, lineNumbers: [first = '', second = ''], lineIds: [firstId = ''] } = await newStatement(app, partner, { lines: [{ incentive: 10_00n }, { incentive: 4_00n }] })
  const adjust = (line: string, amount: string) => admin(['line:adjust', '--partner', partner.account, '--line', line, `--amount=${amount}`])
  expect(await adjust(first, '-3.50')).toMatchObject({ code: 0, out: `Line ${first} is now 6.50 CNY.` })
  expect(await adjust(first, '1')).toMatchObject({ code: 0, out: `Line ${first} is now 7.50 CNY.` })
  expect(await adjust(first, '-7.51')).toMatchObject({ code: 1, errors: `Line ${first} would change its sign.` })
  expect(await adjust(first, '0')).toMatchObject({ code: 1, errors: expect.stringContaining('--amount') })
  expect(await admin(['line:exclude', '--partner', partner.account, '--line', second], '订单已退')).toMatchObject({ code: 0 })
  expect(await adjust(second, '1')).toMatchObject({ code: 1, errors: `Line ${second} is excluded.` })
  const { body } = await partner.admin.call(getLine, { params: { id: firstId } })
  expect([body.adjustment, body.adjustments, body.adjustmentHistory.map(({ amount, reason }) => [amount, reason])]).toEqual(['-2.50', 2, [['1.00', '按合同第 3 条'], ['-3.50', '按合同第 3 条']]])
  const { totals, items } = (await partner.admin.call(queryLines, { body: {} })).body
  expect([totals.net, items.find(({ number }) => number === second)?.exclusionReason]).toEqual(['7.50', '订单已退'])
  await confirmNow(app, partner, id)
  expect(await adjust(first, '1')).toMatchObject({ code: 1, errors: expect.stringContaining('has confirmed') })
  expect(await operations(partner)).toEqual(['incentive.adjusted', 'incentive.adjusted', 'incentive.excluded'])
})

test('a statement or a line is held and released, and the partner reads why', async () => {
  const partner = await app.newPartner()
  const { number, lineNumbers: [line = ''] } = await newStatement(app, partner, { lines: [{ incentive: 10_00n }, { incentive: 4_00n }] })
  const freeze = (...words: string[]) => admin(['incentive:freeze', '--partner', partner.account, ...words], '正在核查')
  const held = await freeze('--line', line)
  expect(held).toMatchObject({ code: 0, out: expect.stringContaining('1 lines, 10.00 CNY') })
  expect(await freeze('--line', line)).toMatchObject({ code: 1, errors: expect.stringContaining('held already') })
  expect(await freeze('--statement', number)).toMatchObject({ code: 0, out: expect.stringContaining('1 lines, 4.00 CNY') })
  expect(await freeze('--statement', number, '--line', line)).toMatchObject({ code: 1, errors: 'Either --statement or --line.' })
  expect((await partner.admin.call(queryFreezes, { body: { state: 'frozen' } })).body.items.map(({ amount, reason, explanation }) => [amount, reason, explanation])).toEqual([['4.00', 'VENDOR_DECISION', '正在核查'], ['10.00', 'VENDOR_DECISION', '正在核查']])
  const id = /Freeze (\S+):/.exec(held.out)?.[1] ?? ''
  expect((await admin(['incentive:freezes', '--partner', partner.account])).out).toContain(id)
  expect(await admin(['incentive:unfreeze', '--partner', partner.account, '--freeze', id])).toMatchObject({ code: 0 })
  expect(await admin(['incentive:unfreeze', '--partner', partner.account, '--freeze', id])).toMatchObject({ code: 1 })
  expect((await partner.admin.call(queryStatements, { body: {} })).body.items[0]?.frozen).toBe('4.00')
  expect(await operations(partner)).toEqual(['incentive.frozen', 'incentive.frozen', 'incentive.released'])
})

test('unpaid expenditure of a customer is noted and paid by its ID and month', async () => {
  const partner = await app.newPartner()
  const customer = await app.addCustomer(partner.id)
  await newStatement(app, partner, { lines: [{ customerId: customer.id, incentive: 10_00n }, {}] })
  const about = ['--partner', partner.account, '--customer', customer.number, '--period', '2026-10']
  expect(await admin(['incentive:paid', ...about])).toMatchObject({ code: 1, errors: expect.stringContaining('Nothing of customer') })
  expect(await admin(['incentive:unpaid', ...about])).toMatchObject({ code: 0, out: expect.stringContaining('1 lines, 10.00 CNY') })
  expect(await admin(['incentive:unpaid', ...about])).toMatchObject({ code: 1 })
  expect(await admin(['incentive:paid', ...about])).toMatchObject({ code: 0, out: expect.stringMatching(/is released on \d{4}-\d\d-\d\d\./) })
  expect((await partner.admin.call(queryFreezes, { body: {} })).body.items).toMatchObject([{ reason: 'UNPAID_EXPENDITURE', customer: { number: customer.number }, releasesOn: expect.any(String), releasedAt: null }])
})

test('feedback is listed, answered once to whoever wrote it, and closed', async () => {
  const partner = await app.newPartner()
  const { lineIds: [lineId = ''], lineNumbers: [line = ''] } = await newStatement(app, partner)
  await partner.admin.call(createFeedback, { params: { id: lineId }, body: { opinion: '比例应为 8%' } })
  expect((await admin(['feedback:list', '--partner', partner.account])).out).toMatch(new RegExp(`^${line} {2}\\S+ {2}比例应为 8%$`))
  const answer = (text: string) => admin(['feedback:answer', '--partner', partner.account, '--line', line, '--answer', text])
  expect(await answer('合同为 7%，见 https://evil.cn')).toMatchObject({ code: 0, errors: '' })
  expect(await answer('再答')).toMatchObject({ code: 1 })
  const [mail] = await app.inTenant(partner.id, (tx) => tx.rows<{ sealed: Uint8Array }>(sql`select sealed from messages where partner_id = ${partner.id} and kind = 'IC-05'`))
  const text = String(JSON.parse(open(mail?.sealed ?? new Uint8Array())).text)
  expect([text.includes('合同为 7%'), text.includes('evil.cn'), text.includes(line)]).toEqual([true, false, true])
  expect((await partner.admin.call(createFeedback, { params: { id: lineId }, body: { opinion: '仍不符' } })).status).toBe(200)
  const close = () => admin(['feedback:close', '--partner', partner.account, '--line', line])
  expect([await close(), await close()]).toMatchObject([{ code: 0 }, { code: 1 }])
  expect((await partner.admin.call(getLine, { params: { id: lineId } })).body.feedbacks.map(({ state }) => state)).toEqual(['CLOSED', 'ANSWERED'])
  expect(await operations(partner)).toEqual(['incentive.answered', 'incentive.closed'])
})
