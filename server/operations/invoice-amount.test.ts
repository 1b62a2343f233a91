import fc from 'fast-check'
import { expect, test } from 'vitest'
import { deriveInvoice } from './invoice-amount.ts'

const old = (amount: bigint, number = 'IS1') => ({ number, period: '2018-12', amount })

test('from 2019 on the notice is the amount to invoice', () => {
  expect(deriveInvoice([{ number: 'IS1', period: '2019-01', amount: 100_00n }], { status: 'SMALL', rateBasisPoints: 300 })).toEqual({ total: 100_00n, lines: [{ number: 'IS1', period: '2019-01', amount: 100_00n, net: null, tax: null, toInvoice: 100_00n }] })
})

test.each([
  ['a general taxpayer at six percent', 'GENERAL', 600, 106_00n, 100_00n, 6_00n], ['a general taxpayer, where rounding shows', 'GENERAL', 600, 100_00n, 94_34n, 5_66n], ['a small taxpayer at three percent', 'SMALL', 300, 106_00n, 100_00n, 3_00n],
  ['a small taxpayer at one percent', 'SMALL', 100, 1_000_00n, 943_40n, 9_43n], ['a rate of nothing', 'SMALL', 0, 106_00n, 100_00n, 0n], ['what takes away', 'SMALL', 300, -106_00n, -100_00n, -3_00n],
] as const)('before 2019 the notice is taken to its net amount and the own rate is added: %s', (_name, status, rateBasisPoints, amount, net, tax) => {
  expect(deriveInvoice([old(amount)], { status, rateBasisPoints })).toEqual({ total: net + tax, lines: [{ ...old(amount), net, tax, toInvoice: net + tax }] })
})

test('whatever the amounts, the lines come to the total, what takes away mirrors what gives, and six percent brings the notice back to the cent', () => {
  const amount = fc.bigInt({ min: -999_999_999_999n, max: 999_999_999_999n })
  fc.assert(fc.property(fc.array(fc.record({ number: fc.constant('IS1'), period: fc.constantFrom('2018-01', '2018-12', '2019-01', '2026-10'), amount }), { maxLength: 20 }), fc.integer({ min: 0, max: 9999 }), (items, rateBasisPoints) => {
    const tax = { status: 'SMALL' as const, rateBasisPoints }
    const { lines, total } = deriveInvoice(items, tax)
    expect(lines.reduce((sum, { toInvoice }) => sum + toInvoice, 0n)).toBe(total)
    expect(deriveInvoice(items.map((item) => ({ ...item, amount: -item.amount })), tax).total).toBe(-total)
    for (const line of deriveInvoice(items, { status: 'GENERAL', rateBasisPoints: 600 }).lines) expect([-1n, 0n, 1n]).toContain(line.toInvoice - line.amount)
  }))
})
