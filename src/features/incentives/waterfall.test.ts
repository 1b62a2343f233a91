import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BarKey } from '#contract/incentives.ts'
import { fromMinor, toMinor } from '#contract/money.ts'
import { drawingOf, drawn, hasLines, stepsOf } from './waterfall.ts'

const bars = (...amounts: bigint[]) => BarKey.options.map((key, place) => ({ key, amount: fromMinor(amounts[place] ?? 0n) }))
const anyBars = fc.array(fc.bigInt({ min: -99_999_999_999_999_999n, max: 99_999_999_999_999_999n }), { minLength: BarKey.options.length, maxLength: BarKey.options.length }).map((amounts) => bars(...amounts))

test('whoever adds the bars up gets the payable amount to the cent, whatever the amounts', () => {
  fc.assert(fc.property(anyBars, (some) => {
    const steps = stepsOf(some)
    const sum = some.reduce((total, { amount }) => total + toMinor(amount), 0n)
    expect(toMinor(steps.at(-1)?.amount ?? fromMinor(-1n))).toBe(sum)
    // Each begins where the one before it ended.
    for (const [place, step] of steps.slice(0, -1).entries()) {
      expect(step.from).toBe(place === 0 ? 0n : steps[place - 1]?.to)
      expect(step.to - step.from).toBe(toMinor(step.amount))
    }
  }))
})

test('every bar of the drawing lies inside it, and bars that change nothing are left to the table', () => {
  fc.assert(fc.property(anyBars, (some) => {
    const { bars: shown, zero, marks } = drawingOf(drawn(stepsOf(some)))
    for (const { low, high, end } of shown) {
      expect(low).toBeGreaterThanOrEqual(0)
      expect(high).toBeLessThanOrEqual(100)
      expect([low, high]).toContain(end)
    }
    expect(zero).toBeGreaterThanOrEqual(0)
    expect(marks.length).toBeGreaterThan(1)
  }))
  const steps = drawn(stepsOf(bars(100_000n, 0n, -6_000n)))
  expect(steps.map(({ key }) => key)).toEqual(['performance', 'tax', 'payable'])
})

test('a partner whose negative incentives exceed everything sees what is carried over and nothing payable', () => {
  const steps = stepsOf(bars(50_000n, 0n, 0n, 0n, -80_000n, 0n, 0n, 0n, 0n, 0n, 30_000n))
  expect(steps.at(-1)?.amount).toBe('0.00')
  expect(steps.find(({ key }) => key === 'negative')?.to).toBe(-30_000n)
  expect(drawingOf(drawn(steps)).zero).toBeGreaterThan(0)
})

test('the payable amount, what is carried over and what is zero have no lines to open', () => {
  const open = stepsOf(bars(100n, -10n, 0n, 0n, 0n, 0n, 0n, 0n, 0n, 0n, 20n)).filter(hasLines)
  expect(open.map(({ key }) => key)).toEqual(['performance', 'excluded'])
})

test('nothing at all is drawn as two bars on zero', () => {
  const { bars: shown, zero } = drawingOf(drawn(stepsOf(bars())))
  expect(shown.map(({ low, high }) => [low, high])).toEqual([[zero, zero], [zero, zero]])
})
