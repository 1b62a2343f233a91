import { describe, expect, test } from 'vitest'
import type { HandoverState } from '#contract/assignments.ts'
import { Masked } from '#contract/masked.ts'
import { chinaDay, isMoving, isPlannable, refusedRows, split, whyNotHandOver } from './rules.ts'

const now = Date.parse('2026-11-20T17:30:00.000Z')
const zhang = { id: 'zhang', nameMasked: Masked.parse('张**') }
const li = { id: 'li', nameMasked: Masked.parse('李*') }
const customer = (id: string, manager: typeof zhang | null) => ({ id, number: id, nameMasked: Masked.parse('云海***公司'), manager })

describe('the day of a handover', () => {
  test('is a day in China, where it is tomorrow already while it is evening in London', () => {
    expect(chinaDay(now)).toBe('2026-11-21')
    expect(chinaDay(now, 90)).toBe('2027-02-19')
  })
  test.each([['2026-11-20', false], ['2026-11-21', true], ['2027-02-19', true], ['2027-02-20', false], ['', false], ['2026-11', false]])('%s can be chosen: %s', (day, can) => {
    expect(isPlannable(day, now)).toBe(can)
  })
})

test('a customer who already belongs to the chosen manager is left out, the others change hands', () => {
  const items = [customer('a', null), customer('b', zhang), customer('c', li)]
  expect(split(items, 'zhang')).toEqual({ changing: [items[0], items[2]], unchanged: 1 })
})

test('a refused customer is told once with its reason, by its place in what was sent', () => {
  const rows = [customer('a', null), customer('b', zhang)]
  const refusals = [{ row: 1, code: 'already_assigned' as const, message: '已分配' }, { row: 1, code: 'in_plan' as const, message: '已在计划中' }, { row: 7, code: 'not_yours' as const, message: '没有' }]
  expect(refusedRows(refusals, rows)).toEqual([{ row: rows[1], reason: '已分配' }])
  expect(refusedRows(undefined, rows)).toEqual([])
})

test.each<[HandoverState, string, boolean]>([['RUNNING', '2026-11-21', true], ['PLANNED', '2026-11-21', true], ['PLANNED', '2026-11-22', false], ['DONE', '2026-11-21', false], ['CANCELLED', '2026-11-21', false]])(
  'a handover that is %s for %s is looked at again by itself: %s', (state, day, again) => { expect(isMoving([{ state, day }], now)).toBe(again) })

test('a handover with customers of another plan, or without anything to hand over, cannot be confirmed', () => {
  const nothing = { customers: 0, planned: 0, prospects: 0, invitations: 0 }
  expect(whyNotHandOver({ ...nothing, customers: 3 })).toBeUndefined()
  expect(whyNotHandOver({ ...nothing, customers: 3, planned: 1 })).toBe('planned')
  expect(whyNotHandOver(nothing)).toBe('nothing')
  expect(whyNotHandOver({ ...nothing, invitations: 1 })).toBeUndefined()
})
