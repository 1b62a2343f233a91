import { beforeEach, expect, test } from 'vitest'
import { allocateFunds } from '#contract/funds.ts'
import { parseAmount } from '#contract/money.ts'
import { reportProspect } from '#contract/prospects.ts'
import { ApiError, Cancelled, Unreachable } from './api-error.ts'
import { forgetIntents, unfinished, withIntent } from './intent.ts'

const amountOf = (text: string) => {
  const amount = parseAmount(text)
  if (!amount) throw new Error(`${text} is no amount`)
  return amount
}
const input = (text: string) => ({ body: { from: 'top-up' as const, items: [{ customerId: '7f3a1c52-8d0e-4f6b-9a77-2f1de0c4b511', amount: amountOf(text) }] } })
const refused = (code: string, status = 409) => new ApiError({ type: 'about:blank', title: code, status, code, detail: code, requestId: 'r' })

/** Carries the operation out under its key. @returns the key that was used. */
async function keyOf(amount: string, outcome?: Error): Promise<string> {
  let used = ''
  await withIntent(allocateFunds, input(amount), async (key) => {
    used = key
    if (outcome) throw outcome
  }).catch(() => undefined)
  return used
}

beforeEach(() => sessionStorage.clear())

test.each([['no answer', new Unreachable('cut')], ['outcome_unknown', refused('outcome_unknown', 503)], ['in_progress', refused('in_progress')], ['internal', refused('internal', 500)], ['not_signed_in', refused('not_signed_in', 401)]])(
  'after %s the same input goes on under the same key', async (_, outcome) => {
    const first = await keyOf('200.00', outcome)
    expect(await keyOf('200.00')).toBe(first)
  })

test.each([['success', undefined], ['insufficient_funds', refused('insufficient_funds')], ['a closed security check', new Cancelled()]])(
  'after %s the next attempt is a new one', async (_, outcome) => {
    const first = await keyOf('200.00', outcome)
    expect(await keyOf('200.00')).not.toBe(first)
  })

test('another amount never travels under the key of the first', async () => {
  const first = await keyOf('200.00', new Unreachable('cut'))
  expect(await keyOf('201.00', new Unreachable('cut'))).not.toBe(first)
})

test('a reloaded page finds what was about to happen, until there is a final answer', async () => {
  await keyOf('200.00', new Unreachable('cut'))
  expect(unfinished(allocateFunds)).toEqual(input('200.00'))
  await keyOf('200.00')
  expect(unfinished(allocateFunds)).toBeUndefined()
})

test('keys have 128 bits and nobody else finds them after sign-out', async () => {
  expect(await keyOf('200.00', new Unreachable('cut'))).toMatch(/^[0-9a-f]{32}$/)
  forgetIntents()
  expect(unfinished(allocateFunds)).toBeUndefined()
})

test('an attempt with personal input goes on under its key and leaves nothing in the browser', async () => {
  const keys: string[] = []
  const attempt = () => withIntent(reportProspect, { body: { name: '青屿数据', mobile: '13966667777' } }, async (key) => {
    keys.push(key)
    throw new Unreachable('cut')
  }).catch(() => undefined)
  await attempt()
  expect(sessionStorage).toHaveLength(0)
  await attempt()
  expect(keys[1]).toBe(keys[0])
  forgetIntents()
  await attempt()
  expect(keys[2]).not.toBe(keys[0])
})
