import type { Answer } from '#contract/endpoint.ts'
import type { getHome } from '#contract/home.ts'
import type { Figure } from '#contract/money.ts'

export type Month = Answer<typeof getHome>['trend'][number]

/** @param amount a figure. @returns it as a number, exact enough for a drawing and for nothing else. */
export const heightOf = (amount: Figure): number => Number(amount)

/** @param highest the largest value drawn, in yuan. @returns the axis: its marks from 0 upwards, three or four steps of a round size, the last at or above the value. */
export function axisMarks(highest: number): number[] {
  if (highest <= 0) return [0]
  const power = 10 ** Math.floor(Math.log10(highest / 3))
  const step = [1, 2, 2.5, 5, 10].map((size) => size * power).find((size) => Math.ceil(highest / size) <= 4) ?? 10 * power
  return Array.from({ length: Math.ceil(highest / step) + 1 }, (_, place) => place * step)
}

/** @returns the month with the largest expenditure, the earliest of equals; undefined when nothing was spent. */
export function busiestMonth(months: readonly Month[]): Month | undefined {
  const [first] = months.toSorted((a, b) => heightOf(b.expenditure) - heightOf(a.expenditure))
  return first && heightOf(first.expenditure) > 0 ? first : undefined
}

/** @param day @param asOf both YYYY-MM-DD. @returns how many days of the calendar lie between them; negative when the day is over. */
export const daysBetween = (asOf: string, day: string): number => Math.round((Date.parse(day) - Date.parse(asOf)) / 86_400_000)
