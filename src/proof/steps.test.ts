import { expect, test } from 'vitest'
import type { ProofRequired, SentCode } from '#contract/proofs.ts'
import { Masked } from '#contract/masked.ts'
import { firstStep, firstWay, type Happening, nextStep, type Step, waysOf } from './steps.ts'

const now = Date.parse('2026-11-18T02:00:00.000Z')
const sent: SentCode = {
  channel: 'sms', sentTo: Masked.parse('138****5678'), reference: 'KQ', sentAt: '2026-11-18T02:00:00.000Z', resendAt: '2026-11-18T02:01:00.000Z', expiresAt: '2026-11-18T02:10:00.000Z',
}
const proof: ProofRequired = {
  proofId: '7f3a1c52-8d0e-4f6b-9a77-2f1de0c4b511', why: 'needed', needs: 'code',
  summary: { operation: 'funds.allocate', total: null, count: 1, largest: null, facts: [], items: [], notes: [] },
  channels: [{ channel: 'sms', destination: Masked.parse('138****5678') }], authenticators: [], needsAuthenticator: false, preferred: 'sms', expiresAt: '2026-11-18T02:30:00.000Z',
  sendsUsed: 0, sendsMax: 4, attemptsLeft: 5, sent: null, passedUntil: null,
}
const after = (...happenings: Happening[]): Step => happenings.reduce(nextStep, firstStep(proof, now))
const refused = (code: string, more: Partial<Extract<Happening, { type: 'refused' }>['problem']> = {}): Happening => ({ type: 'refused', problem: { code, detail: `sentence of ${code}`, ...more } })
const gotCode: Happening = { type: 'sent', sent, sendsUsed: 1, sendsMax: 4, attemptsLeft: 5 }

test('it starts with choosing a channel', () => {
  expect(after()).toMatchObject({ at: 'code', sent: null, doing: 'nothing' })
})

test('with the switch off it asks a plain question', () => {
  expect(firstStep({ ...proof, needs: 'click', channels: [] }, now)).toEqual({ at: 'click' })
})

test('somebody without a verified contact is not asked for a code that cannot come', () => {
  expect(firstStep({ ...proof, channels: [] }, now)).toEqual({ at: 'no-contact' })
})

test('after a reload the living code and the counters are still there', () => {
  expect(firstStep({ ...proof, sent, sendsUsed: 2, attemptsLeft: 3 }, now)).toMatchObject({ at: 'code', sent, sendsUsed: 2, attemptsLeft: 3 })
})

test('a code that was right already is not asked for again within its 120 seconds', () => {
  expect(firstStep({ ...proof, passedUntil: '2026-11-18T02:01:00.000Z' }, now)).toEqual({ at: 'passed' })
  expect(firstStep({ ...proof, passedUntil: '2026-11-18T01:59:00.000Z' }, now)).toMatchObject({ at: 'code' })
})

test('a wrong code leaves the code valid and says how many attempts are left', () => {
  expect(after(gotCode, { type: 'checking' }, refused('code_wrong', { attemptsLeft: 4 }))).toMatchObject({ at: 'code', sent, attemptsLeft: 4, doing: 'nothing', trouble: { kind: 'wrong' } })
})

test('the fifth wrong code ends the check', () => {
  expect(after(gotCode, refused('code_wrong', { attemptsLeft: 0 }))).toMatchObject({ at: 'void', why: 'attempts' })
})

test('an expired code is taken away, so that only a new one can be entered', () => {
  expect(after(gotCode, refused('code_expired'))).toMatchObject({ at: 'code', sent: null, trouble: { kind: 'code_expired' } })
})

test('a failed message counts and the other channel can be tried', () => {
  expect(after({ type: 'sending' }, refused('send_failed'))).toMatchObject({ at: 'code', sendsUsed: 1, doing: 'nothing', trouble: { kind: 'send_failed' } })
})

test('asking too soon says for how long', () => {
  expect(after(gotCode, refused('too_many_requests', { retryAfter: 41 }))).toMatchObject({ at: 'code', sent, trouble: { kind: 'wait', seconds: 41 } })
})

test('after the last message no other can be asked for, but the newest code still works', () => {
  expect(after(gotCode, refused('sends_used_up'))).toMatchObject({ at: 'code', sent, sendsUsed: 4 })
})

test('a lock ends the check and keeps its length', () => {
  expect(after(gotCode, refused('proof_locked', { retryAfter: 1800 }))).toEqual({ at: 'locked', seconds: 1800, text: 'sentence of proof_locked' })
})

test.each([['used', 'used'], ['expired', 'expired'], ['attempts', 'attempts'], ['voided', 'other']])('a closed check says why: %s', (why, told) => {
  expect(after(gotCode, refused('proof_closed', { facts: { why } }))).toMatchObject({ at: 'void', why: told })
})

test('a lost network changes nothing that is known', () => {
  expect(after(gotCode, { type: 'checking' }, { type: 'unreachable' })).toMatchObject({ at: 'code', sent, attemptsLeft: 5, doing: 'nothing', trouble: { kind: 'unreachable' } })
})

test('a new code wipes the trouble with the old one', () => {
  expect(after(gotCode, refused('code_wrong', { attemptsLeft: 4 }), { ...gotCode, sendsUsed: 2, attemptsLeft: 4 })).toMatchObject({ sendsUsed: 2, trouble: undefined })
})

test('an ended check does not come back to life', () => {
  expect(after(gotCode, refused('proof_locked', { retryAfter: 9 }), gotCode)).toMatchObject({ at: 'locked' })
  expect(after(gotCode, refused('proof_locked'), gotCode)).toMatchObject({ at: 'void', why: 'attempts' })
})

const app = { id: '7f3a1c52-8d0e-4f6b-9a77-2f1de0c4b512', kind: 'totp' as const, name: 'Phone' }
const passkey = { id: '7f3a1c52-8d0e-4f6b-9a77-2f1de0c4b513', kind: 'passkey' as const, name: 'Key' }
const anything = () => true

test('an app and passkeys stand beside the channels, each once', () => {
  const spare = { ...passkey, id: '7f3a1c52-8d0e-4f6b-9a77-2f1de0c4b514', name: 'Spare key' }
  expect(waysOf({ ...proof, authenticators: [passkey, app, spare] })).toEqual([{ way: 'sms', note: '138****5678' }, { way: 'totp', note: 'Phone' }, { way: 'passkey', note: 'Key · Spare key' }])
})

test('where an authenticator is required no message is offered, and without one there is no code to wait for', () => {
  expect(waysOf({ ...proof, needsAuthenticator: true, authenticators: [app] }).map(({ way }) => way)).toEqual(['totp'])
  expect(firstStep({ ...proof, needsAuthenticator: true }, now)).toEqual({ at: 'no-authenticator' })
  expect(firstStep({ ...proof, needsAuthenticator: true, needs: 'click' }, now)).toEqual({ at: 'no-authenticator' })
})

test('somebody without a contact confirms with the app', () => {
  expect(firstStep({ ...proof, channels: [], authenticators: [app] }, now)).toMatchObject({ at: 'code' })
})

test('it begins with a code that still lives, else with what was used last, else with the first that works here', () => {
  const all = { ...proof, authenticators: [app, passkey], preferred: 'passkey' as const }
  expect(firstWay({ ...all, sent }, anything)).toBe('sms')
  expect(firstWay(all, anything)).toBe('passkey')
  expect(firstWay(all, (way) => way !== 'passkey')).toBe('sms')
  expect(firstWay({ ...all, needsAuthenticator: true, sent }, (way) => way !== 'passkey')).toBe('totp')
  expect(firstWay({ ...proof, channels: [], authenticators: [passkey] }, (way) => way !== 'passkey')).toBeUndefined()
})

test('a closed browser dialog is no error, costs no attempt and can be opened again', () => {
  const stopped = after({ type: 'signing' }, { type: 'stopped' })
  expect(stopped).toMatchObject({ at: 'code', doing: 'nothing', attemptsLeft: 5, trouble: { kind: 'passkey_stopped' } })
  expect(nextStep(stopped, { type: 'signing' })).toMatchObject({ doing: 'signing', trouble: undefined })
  expect(nextStep(stopped, { type: 'chosen' })).toMatchObject({ trouble: undefined })
})
