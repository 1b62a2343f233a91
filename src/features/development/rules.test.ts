import { expect, test } from 'vitest'
import { Masked } from '#contract/masked.ts'
import type { Prospect } from '#contract/prospects.ts'
import { daysLeft, hasPendingLink, mainAct, whyNotInvite } from './rules.ts'

const now = Date.parse('2026-11-20T06:00:00.000Z')
const at = (seconds: number) => new Date(now + seconds * 1000).toISOString()
const sender = { maySend: true, block: null }
const row: Pick<Prospect, 'state' | 'emailMasked' | 'inviteAt' | 'cure' | 'customer' | 'lastInvitation'> = {
  state: 'REPORTED', emailMasked: Masked.parse('l***@example.com'), inviteAt: at(-5), cure: null, customer: null, lastInvitation: null,
}
const invited = (state: NonNullable<Prospect['lastInvitation']>['state']) => ({
  ...row, lastInvitation: { id: 'i', number: 'IN1', state, associationType: 'RESALE' as const, sentAt: at(-60), expiresAt: at(600_000) },
})

test('a reported prospect with an address may be invited', () => expect(whyNotInvite(row, sender, now)).toBeUndefined())

test.each([
  ['a person without the right', row, { maySend: false, block: null }, { key: 'no_send' }],
  ['a frozen partner', row, { maySend: true, block: 'partner_frozen' as const }, { key: 'blocked' }],
  ['one under review', { ...row, state: 'UNDER_REVIEW' as const }, sender, { key: 'under_review' }],
  ['an expired one', { ...row, state: 'EXPIRED' as const }, sender, { key: 'not_reported' }],
  ['one without an address', { ...row, emailMasked: null }, sender, { key: 'no_email' }],
  ['one that the server does not let be invited', { ...row, inviteAt: null }, sender, { key: 'not_now' }],
  ['a failure that no mail cures', { ...row, state: 'ASSOCIATION_FAILED' as const, inviteAt: null }, sender, { key: 'not_by_mail' }],
  ['one invited twenty seconds ago', { ...row, inviteAt: at(39.2) }, sender, { key: 'wait', seconds: 40 }],
])('nobody sends a mail: %s', (_, prospect, who, reason) => expect(whyNotInvite(prospect, who, now)).toEqual(reason))

test('the wait is over at its second', () => expect(whyNotInvite({ ...row, inviteAt: at(0) }, sender, now)).toBeUndefined())

test.each([
  ['invite', row], ['resend', invited('EXPIRED')], ['resend', invited('OPENED')], ['edit_email', invited('SEND_FAILED')], ['report_again', { ...row, state: 'EXPIRED' as const }], ['report_again', { ...row, state: 'REJECTED' as const }],
])('the row offers %s first', (act, prospect) => expect(mainAct(prospect)).toEqual({ at: act }))

test('a failed association offers its cure, an associated prospect its customer', () => {
  expect(mainAct({ ...row, state: 'ASSOCIATION_FAILED', cure: 'resend_after_payment' })).toEqual({ at: 'cure', cure: 'resend_after_payment' })
  expect(mainAct({ ...row, state: 'ASSOCIATED', customer: { id: 'c', number: '2081450001' } })).toEqual({ at: 'view_customer', customerId: 'c' })
})

test.each([['SENT', true], ['OPENED', true], ['EXPIRED', false], ['REPLACED', false]] as const)('a new address makes a link void that is %s: %s', (state, isVoided) => expect(hasPendingLink(invited(state))).toBe(isVoided))

test.each([[15 * 86_400, 15], [86_400 + 3600, 1], [3600, 0], [0, undefined], [-1, undefined]])('%i seconds before the end %s days are left', (seconds, days) => expect(daysLeft(at(seconds), now)).toBe(days))
