import { expect, test } from 'vitest'
import type { Role } from '#contract/people.ts'
import type { MemberRoles } from '#server/auth/permissions.ts'
import { changeRights } from './member-rights.ts'

const nothing = { extra: [], removed: [] }
const only = (role: Role): MemberRoles => ({ roles: [role], customRoles: [] })
const [manager, director, operator] = [only('manager'), only('director'), only('operator')]

test('a manager can be given the right to allocate, and it can be taken away again', () => {
  const given = changeRights(manager, nothing, ['funds.allocate'], [])
  expect(given).toEqual({ extra: ['funds.allocate'], removed: [] })
  expect(changeRights(manager, { extra: ['funds.allocate'], removed: [] }, [], ['funds.allocate'])).toEqual(nothing)
})

test('a right of the role can be taken away and given back', () => {
  expect(changeRights(manager, nothing, [], ['data.reveal'])).toEqual({ extra: [], removed: ['data.reveal'] })
  expect(changeRights(manager, { extra: [], removed: ['data.reveal'] }, ['data.reveal'], [])).toEqual(nothing)
})

test('nobody gets what the role may never have, or loses what they do not have', () => {
  expect(changeRights(director, nothing, ['funds.allocate'], [])).toContain('cannot get funds.allocate')
  expect(changeRights(operator, nothing, ['verification.switch'], [])).toContain('cannot get verification.switch')
  expect(changeRights(operator, nothing, [], ['funds.allocate'])).toContain('does not have funds.allocate')
})
