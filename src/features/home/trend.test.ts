import { expect, test } from 'vitest'
import { fromMinor } from '#contract/money.ts'
import { axisMarks, busiestMonth, daysBetween } from './trend.ts'

test.each([
  [0, [0]],
  [3, [0, 1, 2, 3]],
  [3_128_063.18, [0, 1_000_000, 2_000_000, 3_000_000, 4_000_000]],
  [980, [0, 250, 500, 750, 1000]],
  [0.04, [0, 0.01, 0.02, 0.03, 0.04]],
])('an axis for %d has few round marks and ends at or above it', (highest, marks) => {
  const found = axisMarks(highest)
  expect(found.map((mark) => Math.round(mark * 100) / 100)).toEqual(marks)
})

test('every axis has at most four steps and reaches the highest bar', () => {
  for (let highest = 0.01; highest < 10 ** 12; highest *= 1.37) {
    const marks = axisMarks(highest)
    expect(marks.length).toBeLessThanOrEqual(5)
    expect(marks.at(-1)).toBeGreaterThanOrEqual(highest)
    expect(highest / (marks.at(-1) ?? 1)).toBeGreaterThan(0.5)
  }
})

const month = (name: string, minor: bigint) => ({ month: name, expenditure: fromMinor(minor), allocated: fromMinor(0n), reclaimed: fromMinor(0n) })

test('the busiest month is named, unless nobody spent anything', () => {
  expect(busiestMonth([month('2026-09', 5n), month('2026-10', 900n), month('2026-11', 900n)])?.month).toBe('2026-10')
  expect(busiestMonth([month('2026-11', 0n)])).toBeUndefined()
})

test.each([['2026-11-20', 0], ['2026-11-22', 2], ['2026-12-01', 11], ['2026-11-19', -1]])('on 20 November, %s is %d days away', (day, days) => expect(daysBetween('2026-11-20', day)).toBe(days))
