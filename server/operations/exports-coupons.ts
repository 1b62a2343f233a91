import { cleanLookUp } from '#server/features/customers/lookup.ts'
import { queryCouponRows } from '#server/features/coupons/coupon-store.ts'
import { presentCoupon, presentQuota, presentRecord } from '#server/features/coupons/present.ts'
import { queryQuotaRows, readNamed } from '#server/features/coupons/quota-store.ts'
import { queryRecordRows } from '#server/features/coupons/record-store.ts'
import type { Cell } from './csv.ts'
import { chunkRows, refuseTooMany, text, type Asked, type Reading } from './exports-rows.ts'
import type { ExportWords } from './exports-words.ts'

export const quotaColumns = ['quotaNumber', 'couponKind', 'quotaSource', 'granted', 'withdrawn', 'issued', 'returned', 'left', 'validFrom', 'validTo', 'scope', 'invoiceRecipient', 'quotaState'] as const
export const couponColumns = ['couponNumber', 'couponKind', 'number', 'name', 'faceValue', 'couponBalance', 'minOrder', 'maxShare', 'scope', 'issuedAt', 'validTo', 'quotaNumber', 'couponState', 'remark'] as const
export const couponRecordColumns = ['time', 'couponOperation', 'couponKind', 'objectNumber', 'sourceQuota', 'number', 'name', 'amount', 'actual', 'operator', 'remark', 'result'] as const

const scopeText = (word: ExportWords, { products, orderTypes }: { products: string[]; orderTypes: string[] }): string => word.list([...products, ...orderTypes.map((type) => word.value(`order.${type}`))])

/** @returns quotas in parts, as the list shows them. */
export async function* quotaChunks({ tx, now, actor, word, time }: Reading, { filter, sort, selected }: Asked<'coupon-quotas'>): AsyncGenerator<Cell[][]> {
  for (let page = 1; ; page += 1) {
    // oxlint-disable-next-line no-await-in-loop -- some hundred rows at a time keep the memory flat
    const { rows, total } = await queryQuotaRows(tx, now, actor, { filter, sort, selected, page, pageSize: chunkRows })
    refuseTooMany(total)
    if (rows.length === 0) return
    // oxlint-disable-next-line no-await-in-loop -- the customers of exactly these rows
    const named = await readNamed(tx, actor, rows)
    yield rows.map((row) => presentQuota(row, named, actor, now)).map((row) => [
      text(row.number), text(word.value(`coupon.${row.kind}`)), text(word.value(`quota.${row.source}`)), { amount: row.granted }, { amount: row.withdrawn }, { amount: row.issued }, { amount: row.returned }, { amount: row.left }, time(row.validFrom), time(row.validTo),
      text(word.list([scopeText(word, row.scope), ...row.scope.customers.map(({ number }) => number)].filter((part) => part !== ''))), text(word.value(`invoice.${row.invoiceRecipient}`)), text(word.value(`quota.${row.state}`)),
    ])
  }
}

/** @returns issued coupons in parts, as the list shows them. */
export async function* couponChunks({ tx, now, actor, word, time }: Reading, { filter, sort, lookup, selected }: Asked<'coupons'>): AsyncGenerator<Cell[][]> {
  const lookUp = cleanLookUp(lookup)
  for (let page = 1; ; page += 1) {
    // oxlint-disable-next-line no-await-in-loop -- some hundred rows at a time keep the memory flat
    const { rows, total } = await queryCouponRows(tx, now, actor, { filter, sort, lookUp, selected, page, pageSize: chunkRows })
    refuseTooMany(total)
    if (rows.length === 0) return
    yield rows.map((row) => presentCoupon(row, now)).map((row) => [
      text(row.number), text(word.value(`coupon.${row.kind}`)), { digits: row.customer.number }, text(row.customer.nameMasked), { amount: row.faceValue }, { amount: row.balance }, { amount: row.minOrder }, { count: row.maxShare }, text(scopeText(word, row.scope)),
      time(row.issuedAt), time(row.validUntil), text(row.quota?.number ?? row.issuerName), text(word.value(`coupon.${row.state}`)), text(row.remark),
    ])
  }
}

/** @returns operation records in parts, as the list shows them. */
export async function* couponRecordChunks({ tx, actor, word, time }: Reading, { filter, sort, party, selected }: Asked<'coupon-records'>): AsyncGenerator<Cell[][]> {
  for (let page = 1; ; page += 1) {
    // oxlint-disable-next-line no-await-in-loop -- some hundred rows at a time keep the memory flat
    const { rows, total } = await queryRecordRows(tx, actor, { filter, party, sort, selected, page, pageSize: chunkRows })
    refuseTooMany(total)
    if (rows.length === 0) return
    yield rows.map(presentRecord).map((row) => [
      time(row.at), text(word.value(`coupon.${row.operation}`)), text(word.value(`coupon.${row.kind}`)), text(row.number), text(row.sourceQuotaNumber), typeof row.party?.number === 'string' ? { digits: row.party.number } : text(null), text(row.party?.nameMasked ?? null),
      { amount: row.amount }, { amount: row.actual }, text(row.operatorMasked ?? word.value(`coupon.${row.initiator}`)), text(row.remark), text(word.value(`coupon.${row.result}`)),
    ])
  }
}
