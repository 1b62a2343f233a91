import { act, cleanup, renderHook } from '@testing-library/react'
import { afterEach, beforeAll, expect, test } from 'vitest'
import type { RowRefusal } from '#contract/errors.ts'
import { Masked } from '#contract/masked.ts'
import { Amount, Figure } from '#contract/money.ts'
import { ApiError } from '#src/api/api-error.ts'
import { loadRest, startTexts } from '#src/i18n/i18n.ts'
import { limitOf, type Target } from './rules.ts'
import { useMoveRows } from './use-move-rows.ts'

beforeAll(async () => {
  document.documentElement.lang = 'en-US'
  await startTexts()
  await loadRest()
})
afterEach(cleanup)

const zero = Figure.parse('0.00')
const target = (customerId: string, reclaimable: string): Target => ({
  customerId, number: '2081452206', nameMasked: Masked.parse('云海***公司'), isResale: true, isFrozen: false, balance: Amount.parse(reclaimable), lots: [],
  reclaimable: { balance: zero, own: zero, held: zero, unsettled: zero, arrears: zero, reclaimable: Amount.parse(reclaimable), asOf: '2026-11-20T06:31:50.000Z' },
})
const targets = [target('a', '300.00'), target('b', '80.00'), target('c', '0.00')]
const start = new Map(targets.map(({ customerId }) => [customerId, '']))
const form = () => renderHook(() => useMoveRows('reclaim', targets, start)).result
const refusal = (...rows: RowRefusal[]) => new ApiError({ type: 'about:blank', title: '', status: 409, code: 'rows_refused', detail: '', requestId: 'r', rows })

test('a batch is not sent while rows lack an amount, and each of them says so', () => {
  const list = form()
  act(() => list.current.setText('a', '12'))
  let isReady = true
  act(() => { isReady = list.current.check() })
  expect(isReady).toBe(false)
  expect(list.current.rows.map((row) => row.problem?.text)).toEqual([undefined, 'Enter an amount.', 'Nothing can be reclaimed.'])
})

test('all that is reclaimable fills the rows where there is something', () => {
  const list = form()
  act(() => list.current.fill((one) => limitOf(one, undefined)))
  expect(list.current.rows.map((row) => row.text)).toEqual(['300.00', '80.00', ''])
  expect(list.current.total).toBe(38_000n)
})

test('a refusal is told at its own row, also after another row was taken off', () => {
  const list = form()
  act(() => list.current.drop(['a']))
  act(() => list.current.refuse(refusal({ row: 0, code: 'above_reclaimable', message: 'Above the reclaimable 50.00.', max: '50.00' }), ['b'], (one) => limitOf(one, undefined)))
  expect(list.current.rows.map(({ target: { customerId }, problem }) => [customerId, problem])).toEqual([
    ['b', { text: 'The reclaimable amount shrank from 80.00 to 50.00, by 30.00.', max: '50.00' }], ['c', undefined],
  ])
})

test('correcting a refused row takes its reason away and leaves the others', () => {
  const list = form()
  act(() => list.current.refuse(refusal({ row: 0, code: 'lot_empty', message: 'This lot is used up.' }, { row: 1, code: 'lot_unknown', message: 'No such lot.' }), ['a', 'b']))
  act(() => list.current.setText('a', '5'))
  expect(list.current.rows.map((row) => row.problem?.text)).toEqual([undefined, 'No such lot.', undefined])
})

test('closing asks first only when something would be lost', () => {
  const list = form()
  expect(list.current.isDirty).toBe(false)
  act(() => list.current.setText('b', '1'))
  expect(list.current.isDirty).toBe(true)
  act(() => list.current.setText('b', ''))
  expect(list.current.isDirty).toBe(false)
})
