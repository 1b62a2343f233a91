import { beforeEach, expect, test, vi } from 'vitest'
import { Amount } from '#contract/money.ts'
import { Masked } from '#contract/masked.ts'
import { dismissedSteps, dismissSteps, nextSteps } from './next-steps.ts'

const fresh = { associationType: 'RESALE', freezeCause: 'NEW_ASSOCIATION', state: 'ACCOUNT_FROZEN', manager: null, budget: null, allocations: 0 } as const
const done = (customer: Parameters<typeof nextSteps>[0]) => nextSteps(customer)?.filter(({ isDone }) => isDone).map(({ key }) => key)

beforeEach(() => {
  const kept = new Map<string, string>()
  vi.stubGlobal('localStorage', { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) })
})

test('a new resale customer has four steps, each done when its fact is there', () => {
  expect(done(fresh)).toEqual([])
  expect(done({ ...fresh, manager: { id: '0f8fad5b-d9cb-469f-a165-70867728950e', nameMasked: Masked.parse('张**') }, allocations: 2 })).toEqual(['manager', 'allocate'])
  expect(done({ ...fresh, budget: { type: 'MONTHLY', amount: Amount.parse('100.00'), usedPercent: 0 } })).toEqual(['budget'])
  expect(done({ ...fresh, state: 'NORMAL', freezeCause: null })).toEqual(['unfreeze'])
})

test('nothing is asked of a referral customer, of one that can buy, and of one that was frozen for another cause', () => {
  expect(nextSteps({ ...fresh, associationType: 'REFERRAL', state: 'NORMAL', freezeCause: null })).toBeUndefined()
  expect(nextSteps({ ...fresh, state: 'NORMAL', freezeCause: null, allocations: 1 })).toBeUndefined()
  expect(nextSteps({ ...fresh, freezeCause: 'MANUAL' })).toBeUndefined()
})

test('what was closed stays closed, and something else in the store does no harm', () => {
  localStorage.setItem('next-steps-dismissed', '{"not":"a list"}')
  expect(dismissedSteps()).toEqual([])
  dismissSteps('one')
  dismissSteps('two')
  dismissSteps('one')
  expect(dismissedSteps()).toEqual(['one', 'two'])
})
