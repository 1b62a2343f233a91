import { expect, test } from 'vitest'
import { Masked } from '#contract/masked.ts'
import { type BusinessValues, fieldOf, keptOf, parseRate, problemsOf, startOf, toInput } from './business-form.ts'

const mask = (text: string) => Masked.parse(text)
const submitted = {
  at: '2026-11-01T00:00:00.000Z', byMasked: mask('陈*'), decidedAt: null,
  company: { name: '云港', creditCode: '91440300MA5DEMQ1X9', addressMasked: mask('深圳市***'), contactNameMasked: mask('沈**'), contactMobileMasked: mask('138****8000') },
  bank: { accountName: '云港', numberMasked: mask('**** 9012'), bankName: '招商银行', branch: '科技园支行' },
  tax: { status: 'GENERAL' as const, rate: '6.00', certificate: { id: 'c', name: 'c.pdf', bytes: 1 } },
}
const full: BusinessValues = { creditCode: '91440300MA5DEMQ1X9', address: '深圳市南山区云港路18号', contactName: '沈若溪', contactMobile: '138 0013 8000', accountName: '云港', number: '7559 0012 3456 7890 12', bankName: '招商银行', branch: '科技园支行', status: 'GENERAL', rate: '6' }
const first = { isFirst: true, companyName: '云港', hasFile: true, isSending: false }

test('the first time all three parts are handed in, numbers cleaned as they were pasted', () => {
  expect(problemsOf(full, first)).toEqual({})
  expect(toInput(full, startOf({ companyName: '云港', creditCode: full.creditCode, submitted: null }), { isFirst: true, fileId: 'f' })).toEqual({
    company: { creditCode: '91440300MA5DEMQ1X9', address: '深圳市南山区云港路18号', contactName: '沈若溪', contactMobile: '13800138000' },
    bank: { accountName: '云港', number: '755900123456789012', bankName: '招商银行', branch: '科技园支行' }, tax: { status: 'GENERAL', rate: '6.00', certificateId: 'f' },
  })
})

test.each([
  ['an account of somebody else', { accountName: '沈若溪' }, { accountName: 'account_not_company' }],
  ['the company’s name in other widths', { accountName: ' 云 港 ' }, {}],
  ['a short address', { address: '深圳' }, { address: 'address_short' }],
  ['a link as a bank', { bankName: 'www.bank.example' }, { bankName: 'characters' }],
  ['letters in the account number', { number: 'CN12345678' }, { number: 'bank_number' }],
  ['a rate of a hundred', { rate: '100' }, { rate: 'rate' }],
  ['no taxpayer status', { status: '' as const }, { status: 'taxpayer_status' }],
])('the form says what is wrong beside the field: %s', (_, change, problems) => {
  expect(problemsOf({ ...full, ...change }, first)).toEqual(problems)
})

test('afterwards only the part that changed is handed in, and what is masked stays when it is left empty', () => {
  const business = { companyName: '云港', creditCode: full.creditCode, submitted }
  const start = startOf(business)
  const kept = keptOf(business, start)
  expect(problemsOf(start, { ...first, isFirst: false })).toEqual({})
  expect(toInput(start, kept, { isFirst: false, fileId: undefined })).toBeUndefined()
  expect(toInput({ ...start, branch: '前海支行' }, kept, { isFirst: false, fileId: undefined })).toEqual({ bank: { accountName: '云港', bankName: '招商银行', branch: '前海支行' } })
  expect(toInput(start, kept, { isFirst: false, fileId: 'f' })).toEqual({ tax: { status: 'GENERAL', rate: '6.00', certificateId: 'f' } })
})

test('what failed for a fault that was not the partner’s is handed in once more as it is', () => {
  const business = { companyName: '云港', creditCode: full.creditCode, submitted }
  const start = startOf(business)
  expect(toInput(start, keptOf(business, start), { isFirst: false, fileId: undefined, hasFailed: true })).toEqual({ tax: { status: 'GENERAL', rate: '6.00' } })
})

test('a renamed company hands in its account under the new name', () => {
  const business = { companyName: '云港数据', creditCode: full.creditCode, submitted }
  const start = startOf(business)
  expect(toInput(start, keptOf(business, start), { isFirst: false, fileId: undefined })).toEqual({ bank: { accountName: '云港数据', bankName: '招商银行', branch: '科技园支行' } })
})

test('rates are read as people write them', () => {
  expect(['6', '6.0', '6%', '３', '13.5', '0', '6.123', '', 'x'].map(parseRate)).toEqual(['6.00', '6.00', '6.00', '3.00', '13.50', '0.00', undefined, undefined, undefined])
})

test('what the server says about a field finds it', () => {
  expect([fieldOf('bank.accountName'), fieldOf('tax.certificateId')]).toEqual(['accountName', undefined])
})
