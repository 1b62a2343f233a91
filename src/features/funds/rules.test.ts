import { expect, test } from 'vitest'
import { Amount, Figure } from '#contract/money.ts'
import { blockOf, isAboveMax, limitOf, movable, sumOf, type Target } from './rules.ts'

const amount = (text: string) => Amount.parse(text)
const zero = Figure.parse('0.00')
const target = (reclaimable: string, ...left: string[]): Pick<Target, 'isResale' | 'reclaimable' | 'lots'> => ({
  isResale: true,
  reclaimable: { balance: zero, own: zero, held: zero, unsettled: zero, arrears: zero, reclaimable: amount(reclaimable), asOf: '2026-11-20T06:31:50.000Z' },
  lots: left.map((remaining, place) => ({ id: `lot-${place}`, number: `LT${place}`, source: 'top-up', remaining: amount(remaining), at: '2026-11-20T06:31:50.000Z' })),
})

test('somebody who reclaims one lot is offered what is left of it, but never more than can be reclaimed', () => {
  expect(limitOf(target('66203.78', '50000.00'), 'lot-0')).toBe('50000.00')
  expect(limitOf(target('300.00', '50000.00'), 'lot-0')).toBe('300.00')
  expect(limitOf(target('66203.78', '50000.00'), undefined)).toBe('66203.78')
})

test('a customer with nothing to take back can still be given money', () => {
  expect(blockOf('reclaim', target('0.00'))).toBe('nothing_to_reclaim')
  expect(blockOf('allocate', target('0.00'))).toBeUndefined()
})

test('a referral customer gets no amount field in either form', () => {
  expect(blockOf('allocate', { ...target('1.00'), isResale: false })).toBe('not_resale')
  expect(blockOf('reclaim', { ...target('0.00'), isResale: false })).toBe('not_resale')
})

test.each([['0', undefined], ['0.00', undefined], ['', undefined], ['1.234', undefined], ['１，２００．５', '1200.50'], ['¥ 0.01', '0.01']])('%j as an amount to move', (text, read) => {
  expect(movable(text)).toBe(read)
})

test('the running total adds cents exactly and leaves empty rows out', () => {
  expect(sumOf([amount('0.10'), undefined, amount('0.20')])).toBe(30n)
  expect(isAboveMax(sumOf([amount('9999999999.99')]))).toBe(false)
  expect(isAboveMax(sumOf([amount('9999999999.99'), amount('0.01')]))).toBe(true)
})
