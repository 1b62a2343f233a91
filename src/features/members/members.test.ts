import { describe, expect, test } from 'vitest'
import type { Member } from '#contract/members.ts'
import { Permission } from '#contract/people.ts'
import { EditForm, MemberForm, toChange, toCreate, toRights } from './member-form.ts'
import { consequencesOf, grouped, isGiven, isSame, permissionGroups, type Rights, withPermission, withRole } from './rights.ts'
import { type Act, actsOf, customersLeft, hasOpenContacts, whyNot } from './why-not.ts'

const manager = { has: ['home.view', 'customer.view', 'customer.tag'], mayGet: ['funds.allocate', 'funds.reclaim'] } satisfies { has: Permission[]; mayGet: Permission[] }
const director = { has: ['home.view', 'customer.view', 'org.view'], mayGet: [] } satisfies { has: Permission[]; mayGet: Permission[] }
const rights = (given: Partial<Rights> = {}): Rights => ({ role: 'manager', extra: [], removed: [], ...given })

describe('the groups of the menu', () => {
  test('hold every permission once, so that none can be given unseen', () => {
    const all = permissionGroups.flatMap(({ permissions }) => permissions)
    expect([...all].toSorted()).toEqual([...Permission.options].toSorted())
  })
  test('leave out what a role neither has nor may get', () => {
    expect(grouped(['funds.allocate', 'customer.view'])).toEqual([{ key: 'customers', permissions: ['customer.view'] }, { key: 'funds', permissions: ['funds.allocate'] }])
  })
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

test('another role keeps only what it knows', () => {
  expect(withRole(rights({ extra: ['funds.allocate'], removed: ['customer.tag', 'customer.view'] }), 'director', director)).toEqual({ role: 'director', extra: [], removed: ['customer.view'] })
})

test('the same rights in another order are no change', () => {
  expect(isSame(rights({ extra: ['funds.allocate', 'funds.reclaim'] }), rights({ extra: ['funds.reclaim', 'funds.allocate'] }))).toBe(true)
  expect(isSame(rights(), rights({ role: 'operator' }))).toBe(false)
  expect(isSame(rights(), rights({ removed: ['customer.tag'] }))).toBe(false)
})

describe('consequences that are easily overlooked', () => {
  test.each<[Rights, Rights, readonly string[]]>([
    [rights(), rights({ role: 'administrator' }), ['signs_out', 'becomes_administrator']],
    [rights({ role: 'director' }), rights(), ['signs_out', 'loses_managers']],
    [rights({ role: 'director' }), rights({ role: 'administrator' }), ['signs_out', 'becomes_administrator', 'loses_managers']],
    [rights({ role: 'operator' }), rights({ role: 'operator', extra: ['customer.view'] }), ['sees_all']],
    [rights({ role: 'operator', extra: ['customer.view'] }), rights({ role: 'operator', extra: ['customer.view', 'customer.tag'] }), []],
    [rights(), rights({ extra: ['funds.allocate'] }), []],
  ])('%o to %o', (before, after, found) => expect(consequencesOf(before, after)).toEqual(found))
})

describe('what may be done to a member', () => {
  const member = (given: Partial<Member> = {}) => ({ login: 'lin.wei', role: 'manager' as const, state: 'ACTIVE' as const, isSelf: false, isLastAdministrator: false, signIns: 1, lockedUntil: null, ...given })
  test('unlocking is offered only where there is a lock, and enabling only to whom is disabled', () => {
    expect(actsOf(member())).toEqual(['edit', 'rights', 'reset', 'end', 'disable'])
    expect(actsOf(member({ state: 'LOCKED' }))).toContain('unlock')
    expect(actsOf(member({ lockedUntil: '2026-11-20T06:00:00.000Z' }))).toContain('unlock')
    expect(actsOf(member({ state: 'DISABLED' }))).toEqual(['edit', 'rights', 'reset', 'end', 'enable'])
  })
  test.each<[Act, Partial<Member>, string | undefined]>([
    ['disable', {}, undefined],
    ['disable', { isSelf: true }, 'members.why.self_disable'],
    ['disable', { isLastAdministrator: true, isSelf: true }, 'members.why.last_administrator'],
    ['disable', { login: '' }, 'members.why.master_account'],
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
    expect(whyNot('edit', member({ role: 'administrator' }), false)).toBe('members.why.by_administrators')
    expect(whyNot('edit', member(), false)).toBeUndefined()
  })
  test('own contacts and those of the master account are changed elsewhere', () => {
    expect(hasOpenContacts({ login: 'lin.wei', isSelf: false })).toBe(true)
    expect(hasOpenContacts({ login: 'lin.wei', isSelf: true })).toBe(false)
    expect(hasOpenContacts({ login: '', isSelf: false })).toBe(false)
  })
  test('only customers of an account manager would be left alone', () => {
    expect(customersLeft({ role: 'manager', customers: 3 })).toBe(3)
    expect(customersLeft({ role: 'director', customers: 3 })).toBe(0)
  })
})

describe('the form of a new member', () => {
  const form: MemberForm = { login: 'lin.wei', name: 'Lin Wei', mobile: '', email: 'lin@partner.example', language: 'zh-CN', directorId: '', role: 'manager' }
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
    expect(toCreate({ ...form, directorId }, ['funds.allocate']).body).toEqual({ login: 'lin.wei', name: 'Lin Wei', email: 'lin@partner.example', language: 'zh-CN', role: 'manager', extraPermissions: ['funds.allocate'], directorId })
    expect(toCreate({ ...form, directorId, role: 'operator' }, []).body).not.toHaveProperty('directorId')
    expect(toRights({ id: 'm' }, rights({ role: 'operator' }), directorId).body.directorId).toBeNull()
    expect(toRights({ id: 'm' }, rights(), directorId).body.directorId).toBe(directorId)
  })
  test('an empty field of a change keeps what is there', () => {
    expect(toChange({ id: 'm' }, EditForm.parse({ name: '', mobile: '', email: ' new@partner.example ' }))).toEqual({ params: { id: 'm' }, body: { email: 'new@partner.example' } })
    expect(toChange({ id: 'm' }, EditForm.parse({ name: '', mobile: ' ', email: '' }))).toBeUndefined()
  })
})

