import type { Reply } from '#contract/endpoint.ts'
import { type BarKey, type Deadline, type getLine, type queryFreezes, type queryLines, type queryStatements, takesFeedback } from '#contract/incentives.ts'
import { fromMinor, type Figure } from '#contract/money.ts'
import type { Locale } from '#contract/people.ts'
import { seesWholePartner, type Actor } from '#server/auth/actor.ts'
import { maskCompany, maskName } from '#server/masking/mask.ts'
import { chinaDayOf, workingDaysBetween } from '#server/messages/working-days.ts'
import type { FreezeRecord } from './freeze-store.ts'
import type { LineRecord, LineTotals } from './line-store.ts'
import { barsOf, rateText, type Sums } from './rules.ts'
import type { ProgramRecord, StatementRecord } from './statement-store.ts'

const nameIn = (locale: Locale, { nameZh, nameEn }: { nameZh: string; nameEn: string }): string => (locale === 'zh-CN' ? nameZh : nameEn)

export const presentProgram = (row: ProgramRecord, locale: Locale): Reply<typeof queryStatements>['items'][number]['program'] =>
  ({ id: row.programId, name: nameIn(locale, row), kind: row.kind, associationType: row.programType, onDeadline: row.onDeadline, payoutOptions: row.payoutOptions })

type Until = { confirmUntil: Date; confirmDay: string; isProvisional: boolean; onDeadline: Deadline['onDeadline'] }
/** @returns until when, and how many working days are left after today. */
export const presentDeadline = ({ confirmUntil, confirmDay, isProvisional, onDeadline }: Until, now: Date): Deadline =>
  ({ until: confirmUntil.toISOString(), day: confirmDay, workingDaysLeft: workingDaysBetween(chinaDayOf(now), confirmDay), isProvisional, onDeadline })

/** @returns a statement as far as the person sees it. What was confirmed and paid of it is the partner's, so account managers and directors do not get it. */
export function presentStatement(row: StatementRecord, now: Date, actor: Actor, locale: Locale): Reply<typeof queryStatements>['items'][number] {
  const isWhole = seesWholePartner(actor)
  const { confirmUntil, confirmDay } = row
  return {
    id: row.id, number: row.number, period: row.period, program: presentProgram(row, locale), isNegative: row.isNegative, amount: fromMinor(row.net),
    confirmedAmount: isWhole && row.confirmedAmount !== null ? fromMinor(row.confirmedAmount) : null, confirmedAt: row.confirmedAt?.toISOString() ?? null, confirmedBy: row.confirmedByName === null ? null : maskName(row.confirmedByName),
    state: row.state, deadline: confirmUntil === null || confirmDay === null ? null : presentDeadline({ ...row, confirmUntil, confirmDay }, now),
    feedback: { open: row.open, answered: row.answered, closed: row.closed }, frozen: fromMinor(row.frozen),
    payment: isWhole ? { inPayment: fromMinor(row.requested), paid: fromMinor(row.paid), payable: fromMinor(row.payable) } : null,
    lines: row.lines, isPartial: !isWhole, canConfirm: row.state === 'PENDING_CONFIRMATION' && isWhole && actor.permissions.has('incentive.confirm'),
  }
}

/** @returns the bars as texts, and what they end at. */
export function presentBars(sums: Sums): { bars: { key: BarKey; amount: Figure }[]; payable: Figure } {
  const { bars, payable } = barsOf(sums)
  return { bars: bars.map(({ key, amount }) => ({ key, amount: fromMinor(amount) })), payable: fromMinor(payable) }
}

export type FeedbackRecord = { id: string; opinion: string; state: NonNullable<LineRecord['feedbackState']>; byName: string; at: Date; answer: string | null; answeredAt: Date | null; closedAt: Date | null }
export const presentFeedback = (row: FeedbackRecord): Reply<typeof getLine>['feedbacks'][number] => ({
  id: row.id, opinion: row.opinion, state: row.state, byMasked: maskName(row.byName), at: row.at.toISOString(), answer: row.answer, answeredAt: row.answeredAt?.toISOString() ?? null, closedAt: row.closedAt?.toISOString() ?? null,
})

/** @returns one line with everybody in it masked. */
export function presentLine(row: LineRecord, locale: Locale): Reply<typeof queryLines>['items'][number] {
  const { feedbackId: id, feedbackState: state, opinion, feedbackBy: byName, feedbackAt: at, answer, answeredAt, closedAt } = row
  return {
    id: row.id, number: row.number, statement: { id: row.statementId, number: row.statementNumber, period: row.period, takesFeedback: takesFeedback(row.statementState) }, programName: nameIn(locale, row),
    customer: row.customerId === null || row.customerNumber === null ? null : { id: row.customerId, number: row.customerNumber, nameMasked: maskCompany(row.customerName ?? ''), accountNameMasked: maskCompany(row.accountName ?? '') },
    noCustomer: row.noCustomer, order: row.order, dataNumber: row.dataNumber, productType: row.productType, billingMode: row.billingMode, associationType: row.associationType,
    baseAmount: fromMinor(row.baseAmount), rate: rateText(row.rate), incentive: fromMinor(row.incentive), tax: fromMinor(row.tax), isExcluded: row.isExcluded, exclusionReason: row.exclusionReason,
    adjustment: fromMinor(row.adjusted), adjustmentReason: row.adjustmentReason, adjustments: row.adjustments, net: fromMinor(row.net), isFrozen: row.freezes > 0,
    feedback: id === null || state === null || opinion === null || byName === null || at === null ? null : presentFeedback({ id, state, opinion, byName, at, answer, answeredAt, closedAt }),
    manager: row.managerId === null ? null : { id: row.managerId, nameMasked: maskName(row.managerName ?? '') }, resellerMasked: row.reseller === null ? null : maskCompany(row.reseller),
  }
}

export const presentTotals = ({ incentive, excluded, tax, adjustment, net, bar }: LineTotals): Reply<typeof queryLines>['totals'] =>
  ({ incentive: fromMinor(incentive), excluded: fromMinor(excluded), tax: fromMinor(tax), adjustment: fromMinor(adjustment), net: fromMinor(net), bar: bar === null ? null : fromMinor(bar) })

export const presentFreeze = (row: FreezeRecord): Reply<typeof queryFreezes>['items'][number] => ({
  id: row.id, statement: { id: row.statementId, number: row.statementNumber, period: row.period }, reason: row.cause, explanation: row.explanation,
  customer: row.customerId === null || row.customerNumber === null ? null : { id: row.customerId, number: row.customerNumber, nameMasked: maskCompany(row.customerName ?? '') },
  lines: row.lines, amount: fromMinor(row.amount), frozenAt: row.frozenAt.toISOString(), releasesOn: row.releasesOn, releasedAt: row.releasedAt?.toISOString() ?? null,
})
