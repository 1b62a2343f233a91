import { expect, test } from 'vitest'
import { draftOf, faultsOf, itemOf } from './drafts.ts'

const full = { ...draftOf('employment'), title: ' 交付工程师 ', organization: '远山科技', from: '2021-06' }

test.each([['2021-06', '2021-06'], ['2021/6', '2021-06'], ['２０２１．６', '2021-06'], ['2021年6月', '2021-06'], ['June', 'June'], ['2021', '2021']])('a month typed as %s is kept as %s', (typed, kept) => {
  expect(itemOf({ ...full, from: typed }).from).toBe(kept)
})

test('what is still so has no end, and blanks around a text are dropped', () => {
  expect(itemOf(full)).toEqual({ kind: 'employment', title: '交付工程师', organization: '远山科技', from: '2021-06', to: null, note: '' })
})

test('each field says what is wrong with it, and nothing else does', () => {
  expect(faultsOf(full)).toEqual({})
  expect(faultsOf({ ...full, title: ' ', from: '' })).toEqual({ title: 'required', from: 'required' })
  expect(faultsOf({ ...full, from: '2021-13' })).toEqual({ from: 'month' })
  expect(faultsOf({ ...full, to: '2020-01' })).toEqual({ to: 'month_order' })
  expect(faultsOf({ ...full, note: 'see https://evil.cn' })).toEqual({ note: 'characters' })
})

test('what was kept can be changed again, and two entries that are alike stay two', () => {
  const kept = itemOf(full)
  const [one, other] = [draftOf(kept), draftOf(kept)]
  expect([itemOf(one), one.key === other.key]).toEqual([kept, false])
})
