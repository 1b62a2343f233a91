import { expect, test } from 'vitest'
import { Amount } from '#contract/money.ts'
import { compareTotal, type InvoiceValues, problemsOf, startOf, toInput, whyNotAllowed } from './invoice-form.ts'

const toInvoice = Amount.parse('10600.00')
const paper: InvoiceValues = { kind: 'SPECIAL', number: '1234 5678', code: '4403213130', date: '2026-11-20', net: '10,000.00', tax: '600', carrier: '顺丰速运', trackingNumber: 'SF1234567890' }
const known = { toInvoice, today: '2026-11-30', hasFile: false, isSending: false }

test('an invoice that is complete and exact has no problem, and digits are cleaned as they were pasted', () => {
  expect(problemsOf(paper, known)).toEqual({})
  expect(toInput(paper, toInvoice, undefined)).toEqual({ kind: 'SPECIAL', number: '12345678', code: '4403213130', date: '2026-11-20', net: '10000.00', tax: '600.00', total: '10600.00', carrier: '顺丰速运', trackingNumber: 'SF1234567890' })
})

test.each([
  ['number', { number: '1234567' }, { number: 'invoice_number' }],
  ['number', { number: '12345678901234567890' }, {}],
  ['number', { number: '123456789' }, { number: 'invoice_number' }],
  ['code', { code: '44032131301' }, { code: 'invoice_code' }],
  ['code', { code: '440321313012' }, {}],
  ['date in the future', { date: '2026-12-01' }, { date: 'invoice_date' }],
  ['net', { net: 'abc' }, { net: 'amount' }],
  ['tax, which may be none but not left out', { tax: '' }, { tax: 'invoice_tax' }],
  ['total', { tax: '600.01' }, { tax: 'invoice_total' }],
  ['carrier', { carrier: ' ' }, { carrier: 'required' }],
  ['tracking number', { trackingNumber: '' }, { trackingNumber: 'tracking_number' }],
  ['kind', { kind: '' as const, code: '' }, { kind: 'invoice_kind' }],
])('a paper invoice is checked beside its field: %s', (_, change, problems) => {
  expect(problemsOf({ ...paper, ...change }, known)).toEqual(problems)
})

test('an electronic invoice needs its file and neither code nor carrier', () => {
  const electronic: InvoiceValues = { ...paper, kind: 'ELECTRONIC_SPECIAL', code: '', carrier: '', trackingNumber: '' }
  expect(problemsOf(electronic, known)).toEqual({ file: 'file_missing' })
  expect(problemsOf(electronic, { ...known, isSending: true })).toEqual({ file: 'file_waits' })
  expect(problemsOf(electronic, { ...known, hasFile: true })).toEqual({})
  expect(toInput({ ...paper, kind: 'ELECTRONIC_SPECIAL' }, toInvoice, 'f')).toMatchObject({ code: '', carrier: '', trackingNumber: '', fileId: 'f' })
})

test('net and tax are added and compared with the amount to invoice to the cent', () => {
  expect(compareTotal({ net: '10000', tax: '599.99' }, toInvoice)).toEqual({ total: '10599.99', difference: '0.01', is: 'short' })
  expect(compareTotal({ net: '10000', tax: '600.40' }, toInvoice)).toEqual({ total: '10600.40', difference: '0.40', is: 'over' })
  expect(compareTotal({ net: '10000', tax: '600' }, toInvoice)?.is).toBe('equal')
  expect(compareTotal({ net: '10000', tax: '' }, toInvoice)).toBeUndefined()
  expect(compareTotal({ net: '9999999999.99', tax: '1' }, toInvoice)).toBeUndefined()
})

test('kinds that are not taken say why', () => {
  expect(whyNotAllowed('ORDINARY', ['SPECIAL', 'ELECTRONIC_SPECIAL'])).toBe('ordinary_not_allowed')
  expect(whyNotAllowed('ELECTRONIC_SPECIAL', ['SPECIAL'])).toBe('kind_not_allowed')
  expect(whyNotAllowed('SPECIAL', ['SPECIAL'])).toBeUndefined()
})

test('where only one kind is taken it is chosen beforehand', () => {
  expect(startOf({ invoice: null, allowedKinds: ['SPECIAL'] }).kind).toBe('SPECIAL')
  expect(startOf({ invoice: null, allowedKinds: ['SPECIAL', 'ELECTRONIC_SPECIAL'] }).kind).toBe('')
})
