import { expect, test } from 'vitest'
import { Figure } from '#contract/money.ts'
import { PaymentState } from '#contract/incentive-payments.ts'
import { canPick, isBad, milestonesOf, notOfferedBy, partsOfQuarter, type RequestableItem, totalOf, whyNotReady } from './rules.ts'

const item = (id: string, amount: string, more: Partial<RequestableItem> = {}): RequestableItem => ({
  id, number: `IS-${id}`, period: '2026-08', programName: 'p', programKind: 'sales', amount: Figure.parse(amount), isNegative: false, options: ['BANK_TRANSFER', 'TOP_UP', 'VOUCHER_QUOTA'], block: null, requestNumber: null, ...more,
})

test('a person sees how far each request has come, and where it failed', () => {
  const bars = (state: PaymentState, option: 'BANK_TRANSFER' | 'VOUCHER_QUOTA' = 'BANK_TRANSFER') => milestonesOf({ state, option }).map(({ at }) => at[0]).join('')
  expect(PaymentState.options.map((state) => `${state} ${bars(state)}`)).toEqual([
    'SUBMITTED doooo', 'UNDER_REVIEW doooo', 'REJECTED dfooo', 'AWAITING_INVOICE ddooo', 'INVOICE_REVIEW dddoo', 'INVOICE_REJECTED dddfo', 'PAYING ddddo', 'COMPLETED ddddd', 'PAYMENT_FAILED ddddf', 'WITHDRAWN ddddf',
  ])
  // A voucher quota needs no invoice: neither has its bar.
  expect(['SUBMITTED', 'REJECTED', 'COMPLETED'].map((state) => bars(PaymentState.parse(state), 'VOUCHER_QUOTA'))).toEqual(['doo', 'dfo', 'ddd'])
  expect(PaymentState.options.filter(isBad)).toEqual(['REJECTED', 'INVOICE_REJECTED', 'PAYMENT_FAILED'])
})

test('negative incentives are set off with whatever is ticked, and nobody can leave them out', () => {
  const items = [item('a', '12000.00'), item('b', '0.10'), item('c', '-300.00', { isNegative: true }), item('d', '900.00', { block: 'quarterly' }), item('e', '-5.00', { isNegative: true, block: 'frozen' })]
  expect(totalOf(items, new Set(['a', 'b']))).toEqual({ positive: 1_200_010n, negative: -30_000n, total: 1_170_010n })
  expect(totalOf(items, new Set(['b'])).total).toBe(-29_990n)
  expect(items.filter(canPick).map(({ id }) => id)).toEqual(['a', 'b'])
})

test('an option is offered only where every ticked statement has it', () => {
  const items = [item('a', '1.00', { options: ['TOP_UP'] }), item('b', '1.00'), item('c', '-1.00', { isNegative: true, options: [] })]
  expect(notOfferedBy(items, new Set(['a', 'b']), 'BANK_TRANSFER')).toEqual(['IS-a'])
  expect(notOfferedBy(items, new Set(['b', 'c']), 'BANK_TRANSFER')).toEqual([])
})

test.each([
  ['nothing is ticked', { picked: 0 }, 'pick_one'],
  ['more is ticked than one request may hold', { picked: 101 }, 'too_many'],
  ['negative incentives take it all', { total: 0n }, 'not_positive'],
  ['no option is chosen', { option: undefined }, 'option_first'],
  ['the chosen option is not offered any more', { isOffered: false }, 'option_first'],
  ['all is there', {}, undefined],
])('the button says why where %s', (_, change, why) => {
  expect(whyNotReady({ picked: 1, total: 1n, option: 'TOP_UP', isOffered: true, max: 100, ...change })).toBe(why)
})

test('a quarter is named by year and number', () => {
  expect(partsOfQuarter('2026-Q3')).toEqual({ year: '2026', n: '3' })
})
