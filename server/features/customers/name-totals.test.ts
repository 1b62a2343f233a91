import { expect, test } from 'vitest'
import { keepTotal, recallTotal } from './name-totals.ts'

const total = (count: number) => ({ version: 'v1', total: count, gram: '公司', holders: count })

test('only the totals of common parts are kept, for the partner alone, and the oldest of too many goes', () => {
  keepTotal('a', '有限公司', total(900))
  keepTotal('a', '青禾', total(17))
  expect([recallTotal('a', '有限公司')?.total, recallTotal('a', '青禾'), recallTotal('b', '有限公司')]).toEqual([900, undefined, undefined])
  for (let part = 0; part < 2000; part += 1) keepTotal('b', `part ${part}`, total(900))
  expect([recallTotal('a', '有限公司'), recallTotal('b', 'part 0')?.total, recallTotal('b', 'part 1999')?.total]).toEqual([undefined, 900, 900])
})
