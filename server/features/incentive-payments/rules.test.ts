import { expect, test } from 'vitest'
import { monthsOf, quarterBlocks, quarterOf, whyNotRequested, type Chosen, type QuarterStatement } from './rules.ts'

const free: Chosen = { programKind: 'sales', options: ['TOP_UP'], isNegative: false, state: 'CONFIRMED', payable: 1n, frozen: 0n, requestId: null }

test.each<[string, Partial<Chosen>, string | undefined]>([
  ['a free one', {}, undefined], ['a project incentive', { programKind: 'project' }, 'quarterly'], ['a negative project incentive, which belongs to every request', { programKind: 'project', isNegative: true, payable: -1n, options: [] }, undefined],
  ['one in a request', { payable: 0n, requestId: 'x', state: 'ISSUING' }, 'in_request'], ['an unconfirmed one', { payable: 0n, state: 'PENDING_CONFIRMATION' }, 'not_confirmed'], ['one that is frozen whole', { payable: 0n, frozen: 5n }, 'frozen'],
  ['one that is frozen in part', { frozen: 5n }, undefined], ['one that was paid', { payable: 0n, state: 'ISSUED' }, 'not_confirmed'], ['one whose program does not offer it', { options: ['VOUCHER_QUOTA'] }, 'option_not_offered'],
])('%s', (_name, partial, code) => {
  expect(whyNotRequested({ ...free, ...partial }, 'TOP_UP')).toBe(code)
})

test('quarters and their months', () => {
  expect([monthsOf('2026-Q1'), monthsOf('2026-Q4'), quarterOf('2026-03'), quarterOf('2026-10')]).toEqual([['2026-01', '2026-02', '2026-03'], ['2026-10', '2026-11', '2026-12'], '2026-Q1', '2026-Q4'])
})

const paid: QuarterStatement = { period: '2026-07', state: 'CONFIRMED', payable: 10n, frozen: 0n, isFailed: false }
test.each<[string, readonly Partial<QuarterStatement>[], bigint, string, unknown]>([
  ['every month confirmed or lapsed', [{}, { period: '2026-08', state: 'LAPSED', payable: 0n }], 10n, '2026-11', []],
  ['a month that waits for confirmation', [{}, { period: '2026-08', state: 'PENDING_CONFIRMATION', payable: 0n }], 10n, '2026-11', [{ block: 'month_unconfirmed', month: '2026-08' }]],
  ['an estimated month', [{ state: 'ESTIMATED', payable: 0n }], 0n, '2026-11', [{ block: 'month_open', month: '2026-07' }]],
  ['a quarter that is not over', [{}], 10n, '2026-08', [{ block: 'month_open', month: '2026-08' }, { block: 'month_open', month: '2026-09' }]],
  ['a month under review and one that failed', [{ state: 'ISSUING', payable: 0n }, { period: '2026-09', isFailed: true }], 10n, '2026-11', [{ block: 'month_under_review', month: '2026-07' }, { block: 'month_failed', month: '2026-09' }]],
  ['nothing but what is frozen', [{ payable: 0n, frozen: 10n }], 0n, '2026-11', [{ block: 'frozen', month: null }]], ['everything paid', [{ state: 'ISSUED', payable: 0n }], 0n, '2026-11', [{ block: 'nothing', month: null }]],
  ['negative incentives that take it all', [{}], -5n, '2026-11', [{ block: 'total', month: null }]],
])('a quarter with %s', (_name, statements, total, thisMonth, blocks) => {
  expect(quarterBlocks('2026-Q3', statements.map((one) => ({ ...paid, ...one })), total, thisMonth)).toEqual(blocks)
})
