import { describe, expect, test } from 'vitest'
import type { Member } from '#contract/members.ts'
import type { Permission } from '#contract/people.ts'
import { EditForm, MemberForm, toChange, toCreate, toRights } from './member-form.ts'
import { consequencesOf, givenBy, isGiven, isSame, type Rights, type RoleChoice, type Roles, whyNotBeside, withPermission, withRole } from './rights.ts'
import { type Act, actsOf, customersLeft, hasOpenContacts, whyNot } from './why-not.ts'

const support = '0b9c2b0e-3f0a-4a7e-9a53-6f9bb1c1b101'
const orders = '0b9c2b0e-3f0a-4a7e-9a53-6f9bb1c1b102'
const custom = (id: string, permissions: Permission[]) => ({ id, name: id, description: '', permissions, members: 0, changedAt: '2026-11-20T06:00:00.000Z', changedByMasked: null })
const builtIn = (role: 'administrator' | 'director' | 'manager' | 'operator', has: Permission[], mayGet: Permission[] = []) => ({ role, has, mayGet, members: 0 })
const all: Roles = {
  builtIn: [
    builtIn('administrator', ['home.view', 'funds.view', 'customer.view', 'customer.tag', 'org.view', 'org.role']), builtIn('director', ['home.view', 'funds.view', 'customer.view', 'org.view']),
    builtIn('manager', ['home.view', 'funds.view', 'customer.view', 'customer.tag'], ['funds.allocate', 'funds.reclaim']), builtIn('operator', ['home.view', 'funds.view'], ['customer.view', 'funds.allocate']),
  ],
  custom: [custom(support, ['home.view', 'funds.view', 'customer.view', 'funds.allocate']), custom(orders, ['home.view', 'funds.view'])], customMax: 10, grantable: [], directors: [],
}
const rights = (given: Partial<Rights> = {}): Rights => ({ roles: ['manager'], customRoleIds: [], extra: [], removed: [], ...given })
const manager = givenBy(all, rights())

test('roles give together what each gives, and what a role has needs not be given on top', () => {
  const given = givenBy(all, rights({ customRoleIds: [support] }))
  expect(given.has.toSorted()).toEqual(['customer.tag', 'customer.view', 'funds.allocate', 'funds.view', 'home.view'])
  expect(given.mayGet).toEqual(['funds.reclaim'])
})

describe('which roles go together', () => {
  test.each<[Partial<Rights>, RoleChoice, string | undefined]>([
    [{ roles: ['manager'] }, { role: 'director' }, 'not_with_manager'],
    [{ roles: ['director'] }, { role: 'manager' }, 'not_with_director'],
    [{ roles: ['manager'] }, { role: 'administrator' }, 'others_first'],
    [{ roles: [], customRoleIds: [support] }, { role: 'administrator' }, 'others_first'],
    [{ roles: ['administrator'] }, { role: 'operator' }, 'administrator_alone'],
    [{ roles: ['administrator'] }, { customRoleId: support }, 'administrator_alone'],
    [{ roles: ['administrator'] }, { role: 'administrator' }, undefined],
    [{ roles: [] }, { role: 'administrator' }, undefined],
    [{ roles: ['manager'] }, { role: 'operator' }, undefined],
    [{ roles: ['manager', 'operator'], customRoleIds: [support] }, { customRoleId: orders }, 'too_many'],
    [{ roles: ['manager', 'operator'], customRoleIds: [support] }, { customRoleId: support }, undefined],
  ])('%o, and then %o: %s', (given, choice, reason) => expect(whyNotBeside(rights(given), choice)).toBe(reason))
})

describe('giving and taking a permission', () => {
  test('what the role has by itself is taken away by name, and comes back without being an extra', () => {
    const without = withPermission(rights(), manager, 'customer.tag', false)
    expect(without).toEqual(rights({ removed: ['customer.tag'] }))
    expect(isGiven(without, manager, 'customer.tag')).toBe(false)
    expect(withPermission(without, manager, 'customer.tag', true)).toEqual(rights())
  })
  test('what is given on top just goes again', () => {
    const richer = withPermission(rights(), manager, 'funds.allocate', true)
    expect(richer).toEqual(rights({ extra: ['funds.allocate'] }))
    expect(isGiven(richer, manager, 'funds.allocate')).toBe(true)
    expect(withPermission(richer, manager, 'funds.allocate', false)).toEqual(rights())
  })
  test('an extra that was taken away is only there again once it is given again', () => {
    const taken = rights({ extra: ['funds.allocate'], removed: ['funds.allocate'] })
    expect(isGiven(taken, manager, 'funds.allocate')).toBe(false)
    expect(withPermission(taken, manager, 'funds.allocate', true)).toEqual(rights({ extra: ['funds.allocate'] }))
  })
  test('an extra that the role may not have is none', () => expect(isGiven(rights({ extra: ['org.member'] }), manager, 'org.member')).toBe(false))
})

test('a role more or less keeps of the exceptions only what the roles know', () => {
  const before = rights({ extra: ['funds.allocate', 'funds.reclaim'], removed: ['customer.tag'] })
  const more = withRole(all, before, { customRoleId: support }, true)
  expect(more).toEqual({ roles: ['manager'], customRoleIds: [support], extra: ['funds.reclaim'], removed: ['customer.tag'] })
  expect(withRole(all, more, { role: 'manager' }, false)).toEqual({ roles: [], customRoleIds: [support], extra: [], removed: [] })
})

test('the same rights in another order are no change', () => {
  expect(isSame(rights({ extra: ['funds.allocate', 'funds.reclaim'] }), rights({ extra: ['funds.reclaim', 'funds.allocate'] }))).toBe(true)
  expect(isSame(rights({ roles: ['manager', 'operator'] }), rights({ roles: ['operator', 'manager'] }))).toBe(true)
  expect(isSame(rights(), rights({ customRoleIds: [support] }))).toBe(false)
  expect(isSame(rights(), rights({ removed: ['customer.tag'] }))).toBe(false)
})

describe('consequences that are easily overlooked', () => {
  test.each<[Rights | undefined, Rights, readonly string[]]>([
    [rights(), rights({ roles: ['administrator'] }), ['signs_out', 'becomes_administrator']],
    [rights({ roles: ['director'] }), rights(), ['signs_out', 'loses_managers']],
    [rights({ roles: ['director'] }), rights({ roles: ['administrator'] }), ['signs_out', 'becomes_administrator', 'loses_managers']],
    [rights(), rights({ customRoleIds: [orders] }), ['signs_out', 'manager_sees_all']],
    [rights(), rights({ roles: ['manager', 'operator'] }), ['signs_out', 'manager_sees_all']],
    [rights({ roles: ['director'] }), rights({ roles: ['director', 'operator'] }), ['signs_out', 'director_sees_all']],
    [rights({ roles: ['operator'] }), rights({ roles: ['operator'], extra: ['customer.view'] }), ['sees_all']],
    [rights({ roles: ['operator'], extra: ['customer.view'] }), rights({ roles: ['operator'], extra: ['customer.view', 'funds.allocate'] }), []],
    [rights(), rights({ extra: ['funds.allocate'] }), []],
    [undefined, rights(), []],
    [undefined, rights({ roles: ['administrator'] }), ['becomes_administrator']],
    [undefined, rights({ roles: ['manager'], customRoleIds: [support] }), ['manager_sees_all']],
    [undefined, rights({ roles: [], customRoleIds: [orders] }), []],
  ])('%o to %o: %o', (before, after, found) => expect(consequencesOf(all, before, after)).toEqual(found))
})

describe('what may be done to a member', () => {
  const member = (given: Partial<Member> = {}) => ({ login: 'lin.wei', roles: ['manager'] satisfies Member['roles'], state: 'ACTIVE' as const, isSelf: false, isLastAdministrator: false, signIns: 1, lockedUntil: null, ...given })
  test('unlocking is offered only where there is a lock, and enabling only to whom is disabled', () => {
    expect(actsOf(member())).toEqual(['edit', 'rights', 'reset', 'end', 'disable', 'delete'])
    expect(actsOf(member({ state: 'LOCKED' }))).toContain('unlock')
    expect(actsOf(member({ lockedUntil: '2026-11-20T06:00:00.000Z' }))).toContain('unlock')
    expect(actsOf(member({ state: 'DISABLED' }))).toEqual(['edit', 'rights', 'reset', 'end', 'enable', 'delete'])
  })
  test.each<[Act, Partial<Member>, string | undefined]>([
    ['disable', {}, undefined],
    ['disable', { isSelf: true }, 'members.why.self_disable'],
    ['disable', { isLastAdministrator: true, isSelf: true }, 'members.why.last_administrator'],
    ['disable', { login: '' }, 'members.why.master_account'],
    ['delete', {}, undefined],
    ['delete', { isSelf: true }, 'members.why.self_delete'],
    ['delete', { isLastAdministrator: true }, 'members.why.last_administrator'],
    ['delete', { login: '' }, 'members.why.master_account'],
    ['reset', {}, undefined],
    ['reset', { login: '' }, 'members.why.master_account'],
    ['rights', { login: '' }, 'members.why.master_account'],
    ['unlock', { isSelf: true, state: 'LOCKED' }, 'members.why.self_unlock'],
    ['reset', { isSelf: true }, 'members.why.self_profile'],
    ['reset', { state: 'DISABLED' }, 'members.why.disabled'],
    ['end', { signIns: 0 }, 'members.why.no_sign_in'],
    ['end', { isSelf: true }, 'members.why.self_profile'],
    ['edit', { isSelf: true }, undefined],
  ])('%s of %o: %s', (act, given, reason) => expect(whyNot(act, member(given), true)).toBe(reason))
  test('whoever is no administrator changes neither rights nor administrators', () => {
    expect(whyNot('rights', member(), false)).toBe('members.why.by_administrators')
    expect(whyNot('edit', member({ roles: ['administrator'] }), false)).toBe('members.why.by_administrators')
    expect(whyNot('edit', member(), false)).toBeUndefined()
  })
  test('own contacts and those of the master account are changed elsewhere', () => {
    expect(hasOpenContacts({ login: 'lin.wei', isSelf: false })).toBe(true)
    expect(hasOpenContacts({ login: 'lin.wei', isSelf: true })).toBe(false)
    expect(hasOpenContacts({ login: '', isSelf: false })).toBe(false)
  })
  test('only customers of an account manager would be left alone', () => {
    expect(customersLeft({ roles: ['operator', 'manager'], customers: 3 })).toBe(3)
    expect(customersLeft({ roles: ['director'], customers: 3 })).toBe(0)
  })
})

describe('the form of a new member', () => {
  const form: MemberForm = { login: 'lin.wei', name: 'Lin Wei', mobile: '', email: 'lin@partner.example', department: '', language: 'zh-CN', directorId: '' }
  const problems = (given: Partial<MemberForm>) => MemberForm.safeParse({ ...form, ...given }).error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`) ?? []
  test.each<[Partial<MemberForm>, string[]]>([
    [{}, []],
    [{ mobile: '138 0013 8000', email: '' }, []],
    [{ mobile: '', email: '' }, ['mobile one_contact']],
    [{ mobile: '12', email: '' }, ['mobile mobile']],
    [{ email: 'lin' }, ['email email']],
    [{ login: 'Lin' }, ['login login']],
    [{ login: '.lin.wei' }, ['login login']],
    [{ name: ' ' }, ['name required']],
    [{ name: 'www.evil.example' }, ['name characters']],
  ])('%o: %o', (given, found) => expect(problems(given)).toEqual(found))
  test('leaves out what is empty, and the director of whoever is no account manager', () => {
    const directorId = '0b9c2b0e-3f0a-4a7e-9a53-6f9bb1c1b111'
    expect(toCreate({ ...form, directorId }, rights({ customRoleIds: [support], extra: ['funds.allocate'] })).body)
      .toEqual({ login: 'lin.wei', name: 'Lin Wei', email: 'lin@partner.example', language: 'zh-CN', roles: ['manager'], customRoleIds: [support], extraPermissions: ['funds.allocate'], directorId })
    expect(toCreate({ ...form, directorId, department: 'East' }, rights({ roles: ['operator'] })).body).not.toHaveProperty('directorId')
    expect(toCreate({ ...form, department: 'East' }, rights()).body.department).toBe('East')
    expect(toRights({ id: 'm' }, rights({ roles: ['operator'] }), directorId).body.directorId).toBeNull()
    expect(toRights({ id: 'm' }, rights({ roles: ['operator', 'manager'] }), directorId).body.directorId).toBe(directorId)
  })
  test('an empty field of a change keeps what is there', () => {
    const present = { id: 'm', department: 'East' }
    expect(toChange(present, EditForm.parse({ name: '', mobile: '', email: ' new@partner.example ', department: 'East' }))).toEqual({ params: { id: 'm' }, body: { email: 'new@partner.example' } })
    expect(toChange(present, EditForm.parse({ name: '', mobile: ' ', email: '', department: ' East ' }))).toBeUndefined()
    expect(toChange(present, EditForm.parse({ name: '', mobile: '', email: '', department: '' }))).toEqual({ params: { id: 'm' }, body: { department: '' } })
  })
})

