import { expect, test } from 'vitest'
import { cureOf, InviteCause } from '#contract/invites.ts'
import { Masked } from '#contract/masked.ts'
import { cureStep, isPending, stepsOf, timeLeft } from './rules.ts'

const sent = { state: 'SENT', accountNameMasked: null, associationType: 'RESALE', openedAt: null, registeredAt: null, associatedAt: null, isUnfrozen: false } as const
const at = '2026-11-20T01:12:00.000Z'
const bar = (progress: Parameters<typeof stepsOf>[0]) => stepsOf(progress).map((step) => step.at).join(' ')

test('the bar goes as far as the customer came, and marks where it broke off', () => {
  expect(bar(sent)).toBe('done open open open open')
  expect(bar({ ...sent, state: 'SEND_FAILED' })).toBe('failed open open open open')
  expect(bar({ ...sent, state: 'OPENED', openedAt: at })).toBe('done done open open open')
  expect(bar({ ...sent, state: 'FAILED', openedAt: at, registeredAt: at })).toBe('done done done failed open')
  expect(bar({ ...sent, state: 'FAILED', openedAt: at })).toBe('done done open failed open')
})

test('who signs in with an account that existed before is past registering, also when the association then fails', () => {
  expect(bar({ ...sent, state: 'FAILED', accountNameMasked: Masked.parse('un***mo'), openedAt: at })).toBe('done done done failed open')
  expect(bar({ ...sent, state: 'FAILED', openedAt: at })).toBe('done done open failed open')
})

test('somebody who had an account never registered, yet has passed that point once associated', () => {
  expect(bar({ ...sent, state: 'ASSOCIATED', openedAt: at, associatedAt: at })).toBe('done done done done open')
  expect(bar({ ...sent, state: 'ASSOCIATED', openedAt: at, associatedAt: at, isUnfrozen: true })).toBe('done done done done done')
})

test('a referral customer is never frozen, so nothing is left to unfreeze', () => {
  expect(bar({ ...sent, associationType: 'REFERRAL', state: 'ASSOCIATED', associatedAt: at })).toBe('done done done done')
})

test('what is left is told in whole days, on the last day in hours, and not at all when it is over', () => {
  const now = Date.parse('2026-11-20T00:00:00.000Z')
  expect(timeLeft('2026-11-26T23:59:59.000Z', now)).toEqual({ unit: 'days', count: 6 })
  expect(timeLeft('2026-11-21T00:00:00.000Z', now)).toEqual({ unit: 'days', count: 1 })
  expect(timeLeft('2026-11-20T23:59:59.000Z', now)).toEqual({ unit: 'hours', count: 23 })
  expect(timeLeft('2026-11-20T00:30:00.000Z', now)).toEqual({ unit: 'hours', count: 0 })
  expect(timeLeft('2026-11-20T00:00:00.000Z', now)).toBeUndefined()
})

test('only a mail that may still be accepted can be revoked', () => {
  expect(isPending({ kind: 'MAIL', state: 'OPENED' })).toBe(true)
  expect(isPending({ kind: 'MAIL', state: 'EXPIRED' })).toBe(false)
  expect(isPending({ kind: 'CUSTOM', state: 'OPENED' })).toBe(false)
})

test('every cause has a cure that opens something: the mail again, the link of the person, or what to do', () => {
  const mail = { kind: 'MAIL', associationType: 'RESALE', resendAt: at } as const
  expect(cureStep(cureOf.UNPAID_BILLS, mail)).toEqual({ opens: 'resend', associationType: 'RESALE' })
  expect(cureStep(cureOf.CREDIT_ACCOUNT, mail)).toEqual({ opens: 'resend', associationType: 'REFERRAL' })
  expect(cureStep(cureOf.CREDIT_ACCOUNT, { ...mail, kind: 'GENERAL', resendAt: null })).toEqual({ opens: 'link', associationType: 'REFERRAL' })
  expect(cureStep(cureOf.UNPAID_BILLS, { ...mail, resendAt: null })).toEqual({ opens: 'explain' })
  for (const cause of InviteCause.options) expect(cureStep(cureOf[cause], mail).opens).toMatch(/^(resend|explain)$/)
})
