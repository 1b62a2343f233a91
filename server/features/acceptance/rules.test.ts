import { expect, test } from 'vitest'
import type { InviteCause } from '#contract/invites.ts'
import { causeOf, stateOf, type Candidate, type Offer, type Standing } from './rules.ts'

const now = new Date('2026-11-20T08:00:00Z')
const at = (seconds: number) => new Date(now.getTime() + seconds * 1000)
const partner = { isBlocked: false, mayResell: true, distributorLeft: false }
const mail: Offer = { via: 'mail', associationType: 'RESALE', isOver: false, expiresAt: at(60), startsAt: null, endsAt: null, mobile: '+8613700000001', partner }
const link: Offer = { ...mail, via: 'link', expiresAt: null, mobile: null }
const candidate: Candidate = { mobile: '+8613700000001', registeredAt: now, facts: [], isAssociated: false }
const standing: Standing = { isReportedByOther: false, isReportedByThis: true, oldBefore: at(-7 * 86_400) }

test('a mail invitation lives up to its last second and not in the instant of its end', () => {
  expect(stateOf({ ...mail, expiresAt: at(1) }, now)).toBe('open')
  expect(stateOf({ ...mail, expiresAt: now }, now)).toBe('expired')
  expect(stateOf({ ...mail, expiresAt: at(-1) }, now)).toBe('expired')
})

test('an activity link opens with its activity and closes with it', () => {
  expect(stateOf({ ...link, startsAt: at(1), endsAt: at(60) }, now)).toBe('not_started')
  expect(stateOf({ ...link, startsAt: now, endsAt: at(1) }, now)).toBe('open')
  expect(stateOf({ ...link, startsAt: at(-60), endsAt: now }, now)).toBe('ended')
})

test('what is void says so and nothing of its partner; a blocked partner is told apart from a void link', () => {
  expect(stateOf({ ...link, isOver: true, partner: { ...partner, isBlocked: true } }, now)).toBe('invalid')
  expect(stateOf({ ...link, partner: { ...partner, isBlocked: true } }, now)).toBe('partner_blocked')
  expect(stateOf({ ...mail, partner: { ...partner, distributorLeft: true } }, now)).toBe('partner_blocked')
  expect(stateOf({ ...link, partner: { ...partner, distributorLeft: true } }, now)).toBe('open')
})

test('an account that nothing speaks against may be associated, by mail and by link', () => {
  expect(causeOf(mail, candidate, standing, now)).toBe(null)
  expect(causeOf(link, { ...candidate, mobile: null }, { ...standing, isReportedByThis: false }, now)).toBe(null)
})

const cases: [InviteCause, Partial<Offer>, Partial<Candidate>, Partial<Standing>][] = [
  ['PHONE_DIFFERS', {}, { mobile: '+8613700000002' }, {}], ['PHONE_DIFFERS', {}, { mobile: null }, {}],
  ['NO_RESALE', { partner: { ...partner, mayResell: false } }, {}, {}], ['PARTNER_BLOCKED', { partner: { ...partner, isBlocked: true } }, {}, {}], ['DISTRIBUTOR_LEFT', { partner: { ...partner, distributorLeft: true } }, {}, {}],
  ['ACTIVITY_ENDED', { ...link, endsAt: now }, {}, {}],
  ...(['IS_PARTNER', 'VENDOR_INTERNAL', 'CONSUMER_CLOUD', 'REPORTED_BY_VENDOR', 'REWARD_PROGRAM', 'UNPAID_BILLS', 'CREDIT_ACCOUNT', 'ENTERPRISE_MEMBERS', 'RESERVED_INSTANCES', 'SERVICE_CONTRACT', 'SPECIAL_CONTRACT'] as const)
    .map((fact): [InviteCause, Partial<Offer>, Partial<Candidate>, Partial<Standing>] => [fact, {}, { facts: [fact] }, {}]),
  ['REPORTED_BY_OTHER', {}, {}, { isReportedByOther: true }], ['ALREADY_ASSOCIATED', {}, { isAssociated: true }, {}],
  ['ACCOUNT_TOO_OLD', link, { registeredAt: at(-7 * 86_400 - 1) }, { isReportedByThis: false }], ['ACCOUNT_TOO_OLD', link, { facts: ['CASH_SPEND'] }, { isReportedByThis: false }],
]
test.each(cases)('%s keeps an association from coming about', (cause, offer, account, known) => {
  expect(causeOf({ ...mail, ...offer }, { ...candidate, ...account }, { ...standing, ...known }, now)).toBe(cause)
})

test('a referral stands where a resale does not, and a reported account may be old or have spent', () => {
  for (const fact of ['CREDIT_ACCOUNT', 'ENTERPRISE_MEMBERS', 'RESERVED_INSTANCES', 'SERVICE_CONTRACT']) expect(causeOf({ ...mail, associationType: 'REFERRAL' }, { ...candidate, facts: [fact] }, standing, now)).toBe(null)
  expect(causeOf({ ...mail, associationType: 'REFERRAL', partner: { ...partner, mayResell: false } }, candidate, standing, now)).toBe(null)
  expect(causeOf(mail, { ...candidate, facts: ['CASH_SPEND'], registeredAt: at(-90 * 86_400) }, standing, now)).toBe(null)
  expect(causeOf(link, { ...candidate, registeredAt: at(-7 * 86_400) }, { ...standing, isReportedByThis: false }, now)).toBe(null)
})

test('whose number it is decides first: nothing else is told of somebody who was not invited', () => {
  const everything = { mobile: '+8613700000002', isAssociated: true, facts: ['IS_PARTNER', 'UNPAID_BILLS'], registeredAt: at(-90 * 86_400) }
  expect(causeOf({ ...mail, partner: { isBlocked: true, mayResell: false, distributorLeft: true } }, everything, { ...standing, isReportedByOther: true }, now)).toBe('PHONE_DIFFERS')
})
