import type { Locale } from '#contract/people.ts'
import { cleanLookUp } from '#server/features/customers/lookup.ts'
import { findLines } from '#server/features/incentives/line-store.ts'
import { presentLine, presentStatement } from '#server/features/incentives/present.ts'
import { findStatements } from '#server/features/incentives/statement-store.ts'
import type { Cell } from './csv.ts'
import { chunkRows, refuseTooMany, text, type Asked, type Reading } from './exports-rows.ts'

export const statementColumns = ['statementNumber', 'period', 'program', 'associationType', 'incentiveAmount', 'confirmedAmount', 'statementState', 'confirmUntil', 'confirmedAt', 'feedback', 'frozen', 'inPayment', 'paid', 'payable', 'lineCount'] as const

/** @returns the statements of the request in parts, as the list shows them. */
export async function* statementChunks({ tx, now, actor, word, time }: Reading, { filter, sort, selected }: Asked<'incentive-statements'>, locale: Locale): AsyncGenerator<Cell[][]> {
  for (let page = 0; ; page += 1) {
    // oxlint-disable-next-line no-await-in-loop -- some hundred rows at a time keep the memory flat
    const { rows, total } = await findStatements(tx, now, actor, { filter, sort, selected }, { offset: page * chunkRows, limit: chunkRows })
    refuseTooMany(total)
    if (rows.length === 0) return
    yield rows.map((record) => presentStatement(record, now, actor, locale)).map((row) => [
      text(row.number), text(row.period), text(row.program.name), text(row.program.associationType === null ? null : word.value(row.program.associationType)), { amount: row.amount }, { amount: row.confirmedAmount },
      text(word.value(`statement.${row.state}`)), text(row.deadline === null ? null : `${row.deadline.day} 24:00 (GMT+08:00)`), time(row.confirmedAt), { count: row.feedback.open + row.feedback.answered + row.feedback.closed }, { amount: row.frozen },
      { amount: row.payment?.inPayment ?? null }, { amount: row.payment?.paid ?? null }, { amount: row.payment?.payable ?? null }, { count: row.lines },
    ])
  }
}

export const lineColumns = ['lineNumber', 'statementNumber', 'period', 'program', 'number', 'name', 'accountName', 'noCustomer', 'order', 'dataNumber', 'productType', 'billingMode', 'associationType', 'baseAmount', 'rate', 'incentive', 'tax', 'excluded', 'adjustment', 'adjustmentReason', 'net', 'isFrozen', 'feedback', 'manager', 'reseller'] as const

/** @returns the lines of the request in parts, with everybody masked as in the list. */
export async function* lineChunks({ tx, now, actor, word }: Reading, { filter, sort, lookup, reseller, selected }: Asked<'incentive-lines'>, locale: Locale): AsyncGenerator<Cell[][]> {
  for (let page = 0; ; page += 1) {
    // oxlint-disable-next-line no-await-in-loop -- some hundred rows at a time keep the memory flat
    const { rows, totals } = await findLines(tx, now, actor, { filter, sort, lookUp: cleanLookUp(lookup), reseller, selected }, { offset: page * linesAtOnce, limit: linesAtOnce })
    refuseTooMany(totals.total)
    if (rows.length === 0) return
    yield rows.map((record) => presentLine(record, locale)).map((row) => [
      text(row.number), text(row.statement.number), text(row.statement.period), text(row.programName), row.customer === null ? text(null) : { digits: row.customer.number }, text(row.customer?.nameMasked ?? null), text(row.customer?.accountNameMasked ?? null),
      text(row.noCustomer === null ? null : word.value(`noCustomer.${row.noCustomer}`)), text(row.order), text(row.dataNumber), text(row.productType), text(word.value(`billingMode.${row.billingMode}`)), text(word.value(row.associationType)),
      { amount: row.baseAmount }, text(row.rate), { amount: row.incentive }, { amount: row.tax }, text(row.exclusionReason), { amount: row.adjustment }, text(row.adjustmentReason), { amount: row.net },
      text(word.value(`isFrozen.${row.isFrozen}`)), text(row.feedback === null ? null : word.value(`feedbackState.${row.feedback.state}`)), text(row.manager?.nameMasked ?? null), text(row.resellerMasked),
    ])
  }
}

/** Each part reads the totals and passes the lines before it anew, so that there are few of them for a statement of many lines. */
const linesAtOnce = 4 * chunkRows
