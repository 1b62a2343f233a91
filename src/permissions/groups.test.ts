import { expect, test } from 'vitest'
import { Permission } from '#contract/people.ts'
import { grouped, permissionGroups } from './groups.ts'

test('the groups of the menu hold every permission once, so that none can be given unseen', () => {
  const all = permissionGroups.flatMap(({ permissions }) => permissions)
  expect([...all].toSorted()).toEqual([...Permission.options].toSorted())
})

test('groups leave out what a role neither has nor may get', () => {
  expect(grouped(['funds.allocate', 'customer.view'])).toEqual([{ key: 'customers', permissions: ['customer.view'] }, { key: 'funds', permissions: ['funds.allocate'] }])
})
