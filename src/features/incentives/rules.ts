import { confirmMax, type Deadline, type FeedbackState, type IncentiveLine, type Statement, type StatementState } from '#contract/incentives.ts'
import { fromMinor, type Figure, toMinor } from '#contract/money.ts'

/** Why a statement cannot be confirmed now: a key under `incentives.why`. */
export type WhyNotConfirm = StatementState | 'no_confirm'

/** @param mayConfirm the person's permission. @returns undefined when the statement can be confirmed. */
export function whyNotConfirm(row: Pick<Statement, 'state' | 'canConfirm'>, mayConfirm: boolean): WhyNotConfirm | undefined {
  if (!mayConfirm) return 'no_confirm'
  return row.canConfirm ? undefined : row.state
}

/** @returns whether the statement brings something when it is requested now. A negative one is set off with others and asked for by nobody. */
export const isRequestable = (row: Pick<Statement, 'state' | 'payment' | 'isNegative'>): boolean =>
  row.state === 'CONFIRMED' && !row.isNegative && row.payment !== null && toMinor(row.payment.payable) > 0n

/** @returns whether it is requested with its calendar quarter and not by itself. A negative one is set off with any request. */
export const isQuarterly = ({ program, isNegative }: Pick<Statement, 'program' | 'isNegative'>): boolean => program.kind === 'project' && !isNegative

export const isFrozen = (row: Pick<Statement, 'frozen'>): boolean => row.frozen !== '0.00'

/** What a row offers first; everything else is in its menu. */
export type MainAct = 'confirm' | 'request' | 'details'

/** @returns the next step of a statement for a person with these permissions. */
export function mainAct(row: Pick<Statement, 'state' | 'canConfirm' | 'payment' | 'isNegative'>, may: { confirm: boolean; request: boolean }): MainAct {
  if (whyNotConfirm(row, may.confirm) === undefined) return 'confirm'
  return may.request && isRequestable(row) ? 'request' : 'details'
}

/** What a bulk button does with the ticked statements: those it applies to, or why it does nothing. */
export type Bulk = { at: 'ready'; ids: string[] } | { at: 'none' } | { at: 'too_many' }

/** @param fits which of the ticked statements the button is for. @returns what pressing it would do. */
export function bulkOf(rows: readonly Statement[], fits: (row: Statement) => boolean): Bulk {
  const ids = rows.filter(fits).map((row) => row.id)
  if (ids.length === 0) return { at: 'none' }
  return ids.length > confirmMax ? { at: 'too_many' } : { at: 'ready', ids }
}

/** @returns the sum of figures, exactly. */
export const sumOf = (figures: readonly Figure[]): Figure => fromMinor(figures.reduce((sum, figure) => sum + toMinor(figure), 0n))

export type Countdown = { key: 'over' | 'last_day' } | { key: 'days_left'; count: number }

/** @param now milliseconds by the server's clock. @returns how much of a deadline is left, in working days. */
export function countdown({ until, workingDaysLeft }: Pick<Deadline, 'until' | 'workingDaysLeft'>, now: number): Countdown {
  if (Date.parse(until) <= now) return { key: 'over' }
  return workingDaysLeft === 0 ? { key: 'last_day' } : { key: 'days_left', count: workingDaysLeft }
}

/** From how many working days on a deadline is marked: the second of the three reminders. */
const soonDays = 5

/** @returns whether a deadline is so near that it stands out. */
export const isSoon = (left: Countdown): boolean => left.key === 'last_day' || (left.key === 'days_left' && left.count <= soonDays)

/** Why a line takes no feedback now: a key under `incentives.feedback`. One at a time, and only until the amount is settled, as the server has it. */
export const whyNoFeedback = ({ statement, feedback }: { statement: Pick<IncentiveLine['statement'], 'takesFeedback'>; feedback: { state: FeedbackState } | null }): 'closed' | 'has_open' | undefined =>
  (statement.takesFeedback ? (feedback?.state === 'OPEN' ? 'has_open' : undefined) : 'closed')
