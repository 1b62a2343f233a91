import { act, renderHook } from '@testing-library/react'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { AssignedCustomer } from '#contract/assignments.ts'
import { Masked } from '#contract/masked.ts'
import { Figure } from '#contract/money.ts'
import { loadRest, startTexts } from '#src/i18n/i18n.ts'
import { useHandoverWish } from './use-handover-wish.ts'

beforeAll(async () => {
  document.documentElement.lang = 'en-US'
  await startTexts()
  await loadRest()
})
beforeEach(() => void vi.useFakeTimers({ now: Date.parse('2026-11-20T06:00:00.000Z') }))
afterEach(() => void vi.useRealTimers())

const customer = (id: string): AssignedCustomer => ({
  id, number: '2081458841', nameMasked: Masked.parse('云海***公司'), accountNameMasked: Masked.parse('yunh***07'), associationType: 'RESALE',
  assignedAt: '2026-11-01T06:00:00.000Z', countsFrom: '2026-11-02', monthExpenditure: Figure.parse('0.00'), planned: null,
})
const start = (from?: string, ticked?: AssignedCustomer[]) => renderHook(() => useHandoverWish(from, ticked)).result

test('whoever starts from nothing is told step by step what is missing, and then everything of the manager is handed over today', () => {
  const form = start()
  expect(form.current.problem).toBe('Choose who hands over')
  act(() => form.current.setFrom('zhang'))
  expect(form.current.problem).toBe('Choose who takes over')
  act(() => form.current.setTo('li'))
  expect(form.current.problem).toBeUndefined()
  expect(form.current.wish).toEqual({ fromId: 'zhang', toId: 'li', day: '2026-11-20', customers: { which: 'all', except: [] }, tellCustomers: true })
})

test('customers that were ticked before are the ones that move, and at least one must stay ticked', () => {
  const form = start('zhang', [customer('a'), customer('b')])
  act(() => form.current.setTo('li'))
  expect(form.current.wish.customers).toEqual({ which: 'these', ids: ['a', 'b'] })
  act(() => form.current.selection.clear())
  expect(form.current.problem).toBe('Select at least one customer')
})

test('ticks that meant “stay” never become ticks that mean “move”, and leave with the manager they belong to', () => {
  const form = start('zhang')
  act(() => form.current.selection.toggle(customer('a')))
  expect(form.current.wish.customers).toEqual({ which: 'all', except: ['a'] })
  act(() => form.current.setWhich('these'))
  expect(form.current.wish.customers).toEqual({ which: 'these', ids: [] })
  act(() => form.current.selection.toggle(customer('a')))
  act(() => form.current.setTo('li'))
  act(() => form.current.setFrom('li'))
  expect(form.current.selection.count).toBe(0)
  expect(form.current.to).toBe('')
})

test('a day in the past or more than 90 days ahead cannot be chosen', () => {
  const form = start('zhang')
  act(() => form.current.setTo('li'))
  act(() => form.current.setDay('2026-11-19'))
  expect(form.current.problem).toBe('Choose a day from today to 2027-02-18')
  act(() => form.current.setDay('2027-02-18'))
  expect(form.current.problem).toBeUndefined()
})
