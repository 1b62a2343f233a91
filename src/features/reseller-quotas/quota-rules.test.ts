import { expect, test } from 'vitest'
import { Masked } from '#contract/masked.ts'
import { Amount } from '#contract/money.ts'
import { reclaimableOf, shortfall, totalOf, whyNotReclaim, whyNotReclaimBatch, wrongShares } from './quota-rules.ts'

const amount = (text: string) => Amount.parse(text)

test('each reseller needs an amount of its own, and what can be read is summed while somebody types', () => {
  const shares = [{ id: 'a', typed: '1,200.5' }, { id: 'b', typed: '' }, { id: 'c', typed: '0' }, { id: 'd', typed: 'abc' }, { id: 'e', typed: '0.01' }]
  expect([...wrongShares(shares)]).toEqual([['b', 'required'], ['c', 'amount'], ['d', 'amount']])
  expect(totalOf(shares)).toBe(120051n)
})

test('a quota says why it cannot be reclaimed: the partner first, then its state, then where it came from', () => {
  expect(whyNotReclaim({ isReclaimable: true, state: 'ACTIVE' }, true)).toBe('partner_state')
  expect(whyNotReclaim({ isReclaimable: true, state: 'ACTIVE' }, false)).toBeUndefined()
  expect(whyNotReclaim({ isReclaimable: false, state: 'RECLAIMED' }, false)).toBe('state')
  expect(whyNotReclaim({ isReclaimable: false, state: 'ACTIVE' }, false)).toBe('source')
  expect([whyNotReclaimBatch(0, false), whyNotReclaimBatch(101, false), whyNotReclaimBatch(100, false), whyNotReclaimBatch(1, true)]).toEqual(['none', 'too_many', undefined, 'partner_state'])
})

test('of ticked quotas those count that can be reclaimed, and a difference has a sign', () => {
  const row = { id: 'x', number: 'CQ1', source: { id: 's', number: 'CQ0' }, reseller: { id: 'r', account: 'delta-r1', nameMasked: Masked.parse('东***') }, amount: amount('5.00'), used: amount('0.00'), reclaimed: amount('0.00'), validTo: '', issuedAt: '', state: 'ACTIVE' as const }
  const rows = [{ ...row, left: amount('2.00'), isReclaimable: true }, { ...row, left: amount('3.00'), isReclaimable: false }]
  expect(reclaimableOf(rows).total).toBe(200n)
  expect([shortfall({ expected: amount('3.00'), actual: amount('1.00') }), shortfall({ expected: amount('1.00'), actual: amount('1.50') })]).toEqual([200n, -50n])
})
