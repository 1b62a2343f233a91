import { scaleLinear } from 'd3-scale'
import type { Bar, BarKey } from '#contract/incentives.ts'
import { fromMinor, type Figure, toMinor } from '#contract/money.ts'

/** A bar hangs between two sums: before it was added and after. The last one stands on zero. */
export type Step = { key: BarKey | 'payable'; amount: Figure; from: bigint; to: bigint }

/** @param bars as the server gave them, in its order. @returns one step for each, and the sum of all as the last. Exact: minor units throughout. */
export function stepsOf(bars: readonly Bar[]): Step[] {
  let sum = 0n
  const steps: Step[] = bars.map(({ key, amount }) => {
    const from = sum
    sum += toMinor(amount)
    return { key, amount, from, to: sum }
  })
  return [...steps, { key: 'payable', amount: fromMinor(sum), from: 0n, to: sum }]
}

/** @returns the steps that are drawn: where the figures begin and end, and all that changes them. The table has the others, too. */
export const drawn = (steps: readonly Step[]): Step[] => steps.filter(({ key, amount }) => key === 'performance' || key === 'payable' || amount !== '0.00')

/** Places along the axis, per cent from its lower end. */
export type Drawing = { marks: readonly { value: number; at: number }[]; zero: number; bars: readonly { step: Step; low: number; high: number; end: number }[] }

/** @param steps what is drawn. @returns where everything lies. Amounts become inexact only here, where they are lengths. */
export function drawingOf(steps: readonly Step[]): Drawing {
  const ends = steps.flatMap(({ from, to }) => [yuan(from), yuan(to)])
  const scale = scaleLinear().domain([Math.min(0, ...ends), Math.max(1, ...ends)]).nice(4).range([0, 100])
  return {
    marks: scale.ticks(4).map((value) => ({ value, at: scale(value) })),
    zero: scale(0),
    bars: steps.map((step) => {
      const [from, to] = [scale(yuan(step.from)), scale(yuan(step.to))]
      return { step, low: Math.min(from, to), high: Math.max(from, to), end: to }
    }),
  }
}

const yuan = (minor: bigint): number => Number(minor) / 100

/** @returns whether a bar has lines behind it. */
export const hasLines = ({ key, amount }: Pick<Step, 'key' | 'amount'>): boolean => key !== 'payable' && key !== 'carried' && amount !== '0.00'
