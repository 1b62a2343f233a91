import { expect, test } from 'vitest'
import type { Permission, Role } from '#contract/people.ts'
import { grantable, permissionsOf, reachOf, rolePermissions } from './permissions.ts'

const custom = (...permissions: Permission[]) => ({ id: 'a', name: '财务专员', permissions })

test('an account manager or director alone sees a part, and with any role beside it everything', () => {
  expect(reachOf({ roles: ['manager'], customRoles: [] })).toBe('own')
  expect(reachOf({ roles: ['director'], customRoles: [] })).toBe('managers')
  for (const [roles, customRoles] of [[['administrator'], []], [['operator'], []], [[], [custom()]], [['manager', 'operator'], []], [['director', 'operator'], []], [['manager'], [custom()]], [['director'], [custom()]]] satisfies [Role[], unknown[]][]) {
    expect([roles, reachOf({ roles, customRoles })]).toEqual([roles, 'partner'])
  }
})

test('two roles may do what either may, an extra counts when one of them may get it, and what is taken is gone from all', () => {
  const both = permissionsOf({ roles: ['director', 'operator'], customRoles: [], extra: ['org.assign', 'verification.switch'], removed: ['log.view'] })
  expect(both).toEqual(new Set([...rolePermissions.director.has, ...rolePermissions.operator.has, 'org.assign'].filter((permission) => permission !== 'log.view')))
  expect(permissionsOf({ roles: ['operator'], customRoles: [custom('log.view')], extra: [], removed: ['log.view'] }).has('log.view')).toBe(false)
})

test('whatever a custom role was written with, administrators keep to themselves what is theirs', () => {
  const own = rolePermissions.administrator.has.filter((permission) => !grantable.includes(permission))
  expect(own.toSorted()).toEqual(['customer.export', 'org.role', 'partner.settings', 'prospect.export', 'verification.switch'])
  const held = permissionsOf({ roles: [], customRoles: [custom(...rolePermissions.administrator.has)], extra: [], removed: [] })
  expect(own.filter((permission) => held.has(permission))).toEqual([])
})
