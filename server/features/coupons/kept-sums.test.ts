import { expect, test } from 'vitest'
import { keepSums, recallSums } from './kept-sums.ts'

const sums = (total: number, version = 'v1') => ({ version, seen: '1:1:', at: '2026-11-30', total, faceValue: 0n, balance: 0n })

test('only the sums of many coupons are kept, the newest of each view, and the oldest of too many goes', () => {
  keepSums('a', sums(900))
  keepSums('b', sums(17))
  expect([recallSums('a')?.total, recallSums('b'), recallSums('c')]).toEqual([900, undefined, undefined])
  keepSums('a', sums(901, 'v2'))
  expect(recallSums('a')).toEqual(sums(901, 'v2'))
  keepSums('a', sums(3, 'v3'))
  expect(recallSums('a')).toBeUndefined()
  for (let view = 0; view <= 2000; view += 1) keepSums(`view ${view}`, sums(900))
  expect([recallSums('view 0'), recallSums('view 1')?.total, recallSums('view 2000')?.total]).toEqual([undefined, 900, 900])
})
