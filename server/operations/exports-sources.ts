import type { ExportRequest } from '#contract/exports.ts'
import type { Locale } from '#contract/people.ts'
import type { Actor } from '#server/auth/actor.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { Context } from '#server/http/context.ts'
import { queryRows as queryAdjustmentRows, readLotParts } from '#server/features/funds/adjustment-store.ts'
import { presentAdjustment, presentTransaction } from '#server/features/funds/present.ts'
import { readPartnerAccounts } from '#server/features/funds/store.ts'
import { queryRows as queryTransactionRows } from '#server/features/funds/transaction-store.ts'
import { findCustomers } from '#server/features/customers/find.ts'
import { cleanLookUp, openView } from '#server/features/customers/lookup.ts'
import { presentCustomer } from '#server/features/customers/present.ts'
import { readCustomers } from '#server/features/customers/store.ts'
import { presentEntry, presentReveal } from '#server/features/operation-log/present.ts'
import { findEntries, findReveals, readEntries, readReveals } from '#server/features/operation-log/store.ts'
import type { Cell } from './csv.ts'
import { invitationChunks, invitationColumns, linkChunks, linkColumns, prospectChunks, prospectColumns } from './exports-invites.ts'
import { couponChunks, couponColumns, couponRecordChunks, couponRecordColumns, quotaChunks, quotaColumns } from './exports-coupons.ts'
import { lineChunks, lineColumns, statementChunks, statementColumns } from './exports-incentives.ts'
import { memberChunks, memberColumns } from './exports-members.ts'
import { whitelistChunks, whitelistColumns } from './exports-whitelist.ts'
import { chunkRows, exportRowsMax, parts, refuseTooMany, text, timeCell, type Asked, type Reading } from './exports-rows.ts'
import { exportWords, type Label } from './exports-words.ts'
import { takeLookUp } from './look-up-limit.ts'

export type ExportSource = {
  headers: string[]
  /** Rows in the order of the list, some hundred at a time. To be read within the transaction it was made with. */
  chunks: AsyncIterable<Cell[][]>
}

/** @param request as the contract parsed it, with any look-up resolved. @param locks of login names that too many failures keep out, for members. @returns headers and rows of the same list that the person sees, masked by the
 *  same presenters, within the same scope. Refuses with TooManyRows while being read. */
export function exportSource(tx: Tx, now: Date, actor: Actor, request: ExportRequest, locale: Locale, locks: ReadonlyMap<string, Date> = new Map()): ExportSource {
  const word = exportWords(locale)
  const reading: Reading = { tx, now, actor, word, time: timeCell(actor.partner.timeZone), locks }
  const headers = (labels: readonly Label[]) => labels.map(word.label)
  switch (request.content) {
    case 'customers': return { headers: headers(customerColumns), chunks: customerChunks(reading, request) }
    case 'adjustments': return { headers: headers(adjustmentColumns), chunks: adjustmentChunks(reading, request) }
    case 'transactions': return { headers: headers(transactionColumns), chunks: transactionChunks(reading, request) }
    case 'operation-log': return { headers: headers(logColumns), chunks: logChunks(reading, request) }
    case 'reveal-records': return { headers: headers(revealColumns), chunks: revealChunks(reading, request) }
    case 'prospects': return { headers: headers(prospectColumns), chunks: prospectChunks(reading, request) }
    case 'invitations': return { headers: headers(invitationColumns), chunks: invitationChunks(reading, request) }
    case 'members': return { headers: headers(memberColumns), chunks: memberChunks(reading, request) }
    case 'coupon-quotas': return { headers: headers(quotaColumns), chunks: quotaChunks(reading, request) }
    case 'coupons': return { headers: headers(couponColumns), chunks: couponChunks(reading, request) }
    case 'coupon-records': return { headers: headers(couponRecordColumns), chunks: couponRecordChunks(reading, request) }
    case 'incentive-statements': return { headers: headers(statementColumns), chunks: statementChunks(reading, request, locale) }
    case 'incentive-lines': return { headers: headers(lineColumns), chunks: lineChunks(reading, request, locale) }
    case 'coupon-whitelist': return { headers: headers(whitelistColumns), chunks: whitelistChunks(reading, request) }
    case 'invite-links': return { headers: headers(linkColumns), chunks: linkChunks(reading, request) }
  }
}

/** Turns the opaque id of a look-up into what was looked for, checks it, and counts it like one in the list: a file of no rows or one would tell just as much.
 *  @returns the request to keep. Refuses as the list does. */
export async function resolveLookUp(context: Context, request: ExportRequest): Promise<ExportRequest> {
  if ((request.content === 'adjustments' && request.counterparty !== undefined) || (request.content === 'incentive-lines' && request.reseller !== undefined)) await takeLookUp(context)
  if (request.content === 'coupon-records' && request.party !== undefined) await takeLookUp(context)
  if (request.content !== 'coupons' && request.content !== 'customers' && request.content !== 'prospects' && request.content !== 'invitations' && request.content !== 'members' && request.content !== 'incentive-lines' && request.content !== 'coupon-whitelist') return request
  const { view, ...rest } = request
  const typed = rest.lookup ?? (view === undefined ? undefined : await openView(context.tx, context, view))
  const lookUp = cleanLookUp(typed)
  if (!lookUp) return rest
  await takeLookUp(context)
  return { ...rest, lookup: lookUp.typed }
}

// ---- customers ----

const customerColumns = ['number', 'name', 'accountName', 'associationType', 'associatedAt', 'mobile', 'email', 'tag', 'manager', 'monthExpenditure', 'balance', 'budget', 'budgetUsed', 'state', 'nextExpiry'] as const

async function* customerChunks({ tx, actor, word, time }: Reading, request: Asked<'customers'>): AsyncGenerator<Cell[][]> {
  const lookUp = cleanLookUp(request.lookup)
  const { ids } = await findCustomers(tx, actor, { filter: request.filter, sort: request.sort, lookUp, selected: request.selected }, { offset: 0, limit: exportRowsMax + 1 })
  for (const part of parts(ids)) {
    // oxlint-disable-next-line no-await-in-loop -- some hundred rows at a time keep the memory flat
    yield (await readCustomers(tx, actor, part)).map(presentCustomer).map((row) => [
      { digits: row.number }, text(row.nameMasked), text(row.accountNameMasked), text(word.value(row.associationType)), time(row.associatedAt), text(row.mobileMasked), text(row.emailMasked), text(row.tag),
      text(row.manager?.nameMasked ?? null), { amount: row.monthExpenditure }, { amount: row.balance }, { amount: row.budget?.amount ?? null }, { count: row.budget?.usedPercent ?? null },
      text(word.value(row.state)), time(row.nextExpiry),
    ])
  }
}

// ---- funds ----

const adjustmentColumns = ['transactionNumber', 'batchNumber', 'time', 'kind', 'number', 'name', 'source', 'amount', 'balanceBefore', 'balanceAfter', 'lots', 'operator'] as const

async function* adjustmentChunks({ tx, actor, word, time }: Reading, { filter, sort, selected, counterparty }: Asked<'adjustments'>): AsyncGenerator<Cell[][]> {
  for (let page = 1; ; page += 1) {
    // oxlint-disable-next-line no-await-in-loop -- some hundred rows at a time keep the memory flat
    const { rows, total } = await queryAdjustmentRows(tx, actor, { filter, sort, selected, counterparty, page, pageSize: 2 * chunkRows })
    refuseTooMany(total)
    if (rows.length === 0) return
    // oxlint-disable-next-line no-await-in-loop -- the lots of exactly these rows
    const lots = groupByAdjustment(await readLotParts(tx, actor.partner.id, rows.map(({ id }) => id)))
    yield rows.map((record) => presentAdjustment(record, lots.get(record.id) ?? [])).map((row) => [
      text(row.number), text(row.batchNumber), time(row.at), text(word.value(row.kind)), { digits: row.customer.number }, text(row.customer.nameMasked), text(word.value(row.source)),
      { amount: row.amount }, { amount: row.balanceBefore }, { amount: row.balanceAfter }, text(row.lots.map(({ number }) => number).join(' ')), text(row.operatorMasked),
    ])
  }
}

function groupByAdjustment<T extends { adjustmentId: string }>(rows: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) groups.set(row.adjustmentId, [...(groups.get(row.adjustmentId) ?? []), row])
  return groups
}

const transactionColumns = ['transactionNumber', 'time', 'account', 'kind', 'in', 'out', 'balanceAfter', 'counterparty', 'related', 'operator'] as const

async function* transactionChunks({ tx, actor, word, time }: Reading, { filter, selected }: Asked<'transactions'>): AsyncGenerator<Cell[][]> {
  const { id } = (await readPartnerAccounts(tx, actor.partner.id))[filter.account]
  for (let page = 1; ; page += 1) {
    // oxlint-disable-next-line no-await-in-loop -- some hundred rows at a time keep the memory flat
    const { rows, total } = await queryTransactionRows(tx, actor, id, { filter, selected, page, pageSize: 2 * chunkRows })
    refuseTooMany(total)
    if (rows.length === 0) return
    yield rows.map(presentTransaction).map((row) => [
      text(row.number), time(row.at), text(word.value(filter.account)), text(word.value(row.kind)), { amount: row.in }, { amount: row.out }, { amount: row.balanceAfter },
      text(row.counterparty === null ? null : row.counterparty.nameMasked ?? String(row.counterparty.count)), text(row.related?.number ?? null), text(row.operatorMasked),
    ])
  }
}

// ---- operation log ----

const logColumns = ['time', 'operator', 'operation', 'objectKind', 'objectNumber', 'number', 'name', 'amount', 'result', 'confirmedBy', 'origin', 'requestId'] as const

async function* logChunks({ tx, actor, word, time }: Reading, { filter, selected }: Asked<'operation-log'>): AsyncGenerator<Cell[][]> {
  const { ids } = await findEntries(tx, actor, filter, { offset: 0, limit: exportRowsMax + 1 }, selected)
  for (const part of parts(ids)) {
    // oxlint-disable-next-line no-await-in-loop -- some hundred rows at a time keep the memory flat
    yield (await readEntries(tx, actor, part)).map(presentEntry).map((row) => [
      time(row.at), text(row.operatorMasked), text(word.operation(row.operation)), text(row.objectKind === null ? null : word.value(row.objectKind)), text(row.objectNumber),
      row.customer === null ? text(null) : { digits: row.customer.number }, text(row.customer?.nameMasked ?? null), { amount: row.amount }, text(word.value(row.result)), text(word.value(row.confirmedBy)), text(word.value(row.source)), text(row.requestId),
    ])
  }
}

const revealColumns = ['time', 'operator', 'number', 'name', 'field', 'page'] as const

async function* revealChunks({ tx, actor, word, time }: Reading, { filter, selected }: Asked<'reveal-records'>): AsyncGenerator<Cell[][]> {
  const { ids } = await findReveals(tx, actor, filter, { offset: 0, limit: exportRowsMax + 1 }, selected)
  for (const part of parts(ids)) {
    // oxlint-disable-next-line no-await-in-loop -- some hundred rows at a time keep the memory flat
    yield (await readReveals(tx, actor, part)).map(presentReveal).map((row) => [time(row.at), text(row.operatorMasked), { digits: row.subject.number }, text(row.subject.nameMasked), text(word.value(row.field)), text(row.page)])
  }
}
