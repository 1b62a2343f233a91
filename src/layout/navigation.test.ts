import { expect, test } from 'vitest'
import { Permission } from '#contract/people.ts'
import { isCurrent, mayOpen, navigation } from './navigation.ts'

const items = navigation.flatMap((group) => group.items)
const marked = (pathname: string) => items.filter(({ to }) => isCurrent(to, pathname)).map(({ key }) => key)

test('whoever reads business information sees its entry marked, and no other; the rest of the profile has none', () => {
  expect(marked('/profile/business')).toEqual(['business'])
  expect(marked('/incentives/invoices/some/list')).toEqual(['incentive-invoices'])
  expect([marked('/profile'), marked('/profile/cases')]).toEqual([[], []])
})

test('a government-cloud partner is offered no page of money, and its coupons', () => {
  const offered = (type: 'CSP' | 'GOVCLOUD') => items.filter((item) => mayOpen(item, { permissions: Permission.options, partner: { id: '', name: '', type, state: 'ACTIVE', verificationOn: true, timeZone: 'Asia/Shanghai' } })).map(({ key }) => key)
  expect(offered('CSP').filter((key) => !offered('GOVCLOUD').includes(key))).toEqual(['funds', 'adjustments', 'transactions'])
  expect(offered('GOVCLOUD')).toContain('coupons')
})
