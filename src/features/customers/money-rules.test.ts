import { expect, test } from 'vitest'
import { Amount } from '#contract/money.ts'
import { mayEver, type Mover, whyNot, whyNotBatch } from './money-rules.ts'

const anybody: Mover = { permissions: ['customer.view', 'funds.allocate', 'funds.reclaim'], partnerType: 'CSP', partnerState: 'ACTIVE' }
const resale = { associationType: 'RESALE', balance: Amount.parse('10.00') } as const

test('somebody with the rights may allocate to a resale customer and reclaim from it', () => {
  expect([whyNot(anybody, 'allocate', resale), whyNot(anybody, 'reclaim', resale)]).toEqual([undefined, undefined])
})

test('a customer without balance can be allocated to, and the reason against reclaiming is told', () => {
  const empty = { ...resale, balance: Amount.parse('0.00') }
  expect([whyNot(anybody, 'allocate', empty), whyNot(anybody, 'reclaim', empty)]).toEqual([undefined, 'customers.reason.no_balance'])
})

test('a referral customer has its own reason, also for people without the rights', () => {
  const referral = { associationType: 'REFERRAL', balance: null } as const
  expect(whyNot(anybody, 'allocate', referral)).toBe('customers.reason.referral')
  expect(whyNot({ ...anybody, permissions: [] }, 'reclaim', referral)).toBe('customers.reason.referral')
})

test('each right is missed by its own name, and a restricted partner moves nothing', () => {
  const allocator: Mover = { ...anybody, permissions: ['funds.allocate'] }
  expect([whyNot(allocator, 'allocate', resale), whyNot(allocator, 'reclaim', resale)]).toEqual([undefined, 'customers.reason.no_reclaim'])
  expect(whyNot({ ...anybody, partnerState: 'RESTRICTED' }, 'allocate', resale)).toBe('customers.reason.partner_state')
})

test.each(['SUBSIDY', 'GOVCLOUD', 'MARKETPLACE'] as const)('an administrator of a partner of the type %s is offered no money to move, and told why', (partnerType) => {
  const mover: Mover = { ...anybody, partnerType }
  expect([mayEver(mover, 'allocate'), mayEver(mover, 'reclaim')]).toEqual([false, false])
  expect([whyNot(mover, 'allocate', resale), whyNot(mover, 'reclaim', resale), whyNotBatch(mover, 'reclaim', 3)]).toEqual(Array.from({ length: 3 }, () => 'customers.reason.no_operation'))
})

test.each([[0, 'customers.reason.none_resale'], [1, undefined], [100, undefined], [101, 'customers.reason.too_many']] as const)('a batch of %i resale customers: %s', (count, reason) => {
  expect(whyNotBatch(anybody, 'reclaim', count)).toBe(reason)
})
