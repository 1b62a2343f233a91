import { describe, expect, test } from 'vitest'
import { type FeedbackState, takesFeedback } from '#contract/incentives.ts'
import { fromMinor } from '#contract/money.ts'
import { requestPlace } from './request-of.ts'
import { bulkOf, countdown, isRequestable, isSoon, mainAct, sumOf, whyNoFeedback, whyNotConfirm } from './rules.ts'
import { statement } from './testing-statements.ts'

const may = { confirm: true, request: true }
const paying = (payable: bigint) => ({ inPayment: fromMinor(0n), paid: fromMinor(0n), payable: fromMinor(payable) })

describe('what can be done with a statement', () => {
  test('a statement that waits is confirmed first, a confirmed one is requested, any other is looked at', () => {
    expect(mainAct(statement({ canConfirm: true }), may)).toBe('confirm')
    expect(mainAct(statement({ state: 'CONFIRMED', canConfirm: false, payment: paying(100n) }), may)).toBe('request')
    for (const state of ['ESTIMATED', 'ISSUING', 'ISSUED', 'LAPSED'] as const) expect(mainAct(statement({ state, canConfirm: false, payment: paying(0n) }), may)).toBe('details')
  })

  test('whoever may neither confirm nor request only looks, and is told whom to ask', () => {
    expect(mainAct(statement({ canConfirm: true }), { confirm: false, request: false })).toBe('details')
    expect(mainAct(statement({ state: 'CONFIRMED', canConfirm: false, payment: paying(100n) }), { confirm: true, request: false })).toBe('details')
    expect(whyNotConfirm({ state: 'PENDING_CONFIRMATION', canConfirm: true }, false)).toBe('no_confirm')
  })

  test('a statement whose deadline is over is not confirmed although it was still waiting', () => {
    expect(whyNotConfirm({ state: 'LAPSED', canConfirm: false }, true)).toBe('LAPSED')
  })

  test('a frozen statement, a negative one and one that a manager sees in part bring nothing to request', () => {
    const confirmed = { state: 'CONFIRMED', canConfirm: false } as const
    expect(isRequestable(statement({ ...confirmed, payment: paying(0n) }))).toBe(false)
    expect(isRequestable(statement({ ...confirmed, isNegative: true, payment: paying(-100n) }))).toBe(false)
    expect(isRequestable(statement({ ...confirmed, payment: null }))).toBe(false)
  })
})

describe('where payment is requested', () => {
  const [sales, delivery, project] = (['sales', 'delivery', 'project'] as const).map((kind) => statement({ program: { ...statement().program, kind } }))
  if (!sales || !delivery || !project) throw new Error('No statements')

  test('whoever requests a project incentive comes to its quarters, not to a form that cannot take it', () => {
    expect(requestPlace([project])).toBe('/incentives/projects/requests')
    expect(requestPlace([sales, project, delivery])).toBe(requestPlace([sales, delivery]))
    expect(requestPlace([sales, project, delivery])).toContain(`ids=${sales.id}.${delivery.id}`)
  })
})

describe('bulk buttons', () => {
  test('only the ticked statements that fit are acted on', () => {
    const [open, lapsed] = [statement({ canConfirm: true }), statement({ state: 'LAPSED', canConfirm: false })]
    expect(bulkOf([open, lapsed], (row) => row.canConfirm)).toEqual({ at: 'ready', ids: [open.id] })
    expect(bulkOf([lapsed], (row) => row.canConfirm)).toEqual({ at: 'none' })
  })

  test('a hundred statements are confirmed at once, and not one more', () => {
    const many = Array.from({ length: 101 }, () => statement({ canConfirm: true }))
    expect(bulkOf(many.slice(1), () => true)).toMatchObject({ at: 'ready' })
    expect(bulkOf(many, () => true)).toEqual({ at: 'too_many' })
  })

  test('sums of large amounts keep their cents', () => {
    expect(sumOf([fromMinor(9_007_199_254_740_993n), fromMinor(1n), fromMinor(-3n)])).toBe('90071992547409.91')
  })
})

describe('countdowns', () => {
  const until = '2026-11-30T16:00:00.000Z'
  const before = Date.parse(until) - 1

  test('the last day ends at midnight in China, to the millisecond', () => {
    expect(countdown({ until, workingDaysLeft: 0 }, before)).toEqual({ key: 'last_day' })
    expect(countdown({ until, workingDaysLeft: 0 }, before + 1)).toEqual({ key: 'over' })
  })

  test('working days are counted, and the last five stand out', () => {
    expect(countdown({ until, workingDaysLeft: 6 }, before)).toEqual({ key: 'days_left', count: 6 })
    expect([0, 1, 5, 6].map((workingDaysLeft) => isSoon(countdown({ until, workingDaysLeft }, before)))).toEqual([true, true, true, false])
    expect(isSoon({ key: 'over' })).toBe(false)
  })
})

test('feedback is taken one at a time, while a statement is estimated or waits', () => {
  const why = (isOpen: boolean, ...feedbacks: readonly (FeedbackState | undefined)[]) => feedbacks.map((state) => whyNoFeedback({ statement: { takesFeedback: isOpen }, feedback: state ? { state } : null }))
  expect(why(true, undefined, 'OPEN', 'ANSWERED', 'CLOSED')).toEqual([undefined, 'has_open', undefined, undefined])
  expect(why(false, undefined, 'OPEN')).toEqual(['closed', 'closed'])
  expect((['ESTIMATED', 'PENDING_CONFIRMATION', 'CONFIRMED', 'ISSUING', 'ISSUED', 'LAPSED'] as const).map(takesFeedback)).toEqual([true, true, false, false, false, false])
})
