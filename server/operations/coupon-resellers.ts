import { list, sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { post, type Authorship, type Books } from '#server/ledger/post.ts'
import { couponAccount, grantQuota, recordedBy, withdrawQuota, withOutside, type LockedQuota } from './coupon-quotas.ts'
import { writeCouponRecords } from './coupon-records.ts'
import type { ResellerRow } from './resellers.ts'

// Quota between a distributor and its resellers stands in two books. In each it comes from or goes to `coupon-outside`, and ledger.check compares the two.
// Accounts are locked reseller by reseller in the order of their ids, and the distributor's last, in both directions.

/** In a reseller's own books and records the act has no member: the distributor did it. */
const asDistributor = ({ requestId, confirmedBy }: Authorship): Authorship => ({ actorId: null, proofId: null, keyHash: null, requestId, confirmedBy, reason: '' })
const booksOf = ({ id, timeZone }: Pick<ResellerRow, 'id' | 'timeZone'>): Books => ({ partnerId: id, timeZone })
const inOrder = <T extends { reseller: ResellerRow }>(rows: readonly T[]): T[] => rows.toSorted((a, b) => (a.reseller.id < b.reseller.id ? -1 : 1))

export type Share = { reseller: ResellerRow; /** Minor units, more than zero. */ amount: bigint }
export type IssuedShare = Share & { quotaId: string; number: string }

/** Gives parts of a distributor's quota to its resellers, each as a quota of its own with the same limits and end.
 *  @param quota locked, with enough left; the posting and the row's constraint decide again. @param shares each reseller once, reached. @returns them in the order given. */
export async function issueToResellers(tx: Tx, { books, by, at, quota, shares, remark }: { books: Books; by: Authorship; at: Date; quota: LockedQuota; shares: readonly Share[]; remark: string }): Promise<IssuedShare[]> {
  const given = new Map<string, IssuedShare>()
  for (const { reseller, amount } of inOrder(shares)) {
    const { validFrom, validTo, invoiceRecipient, startsInactive, products, orderTypes, customerNumbers, associationType } = quota
    // oxlint-disable-next-line no-await-in-loop -- each reseller has books of its own, locked one after the other
    const granted = await grantQuota(tx, at, {
      books: booksOf(reseller), by: asDistributor(by), kind: quota.kind, amount, validFrom, validTo, limits: { products, orderTypes, customerNumbers, associationType }, invoiceRecipient, startsInactive,
      origin: { source: 'distributor', partnerId: books.partnerId, quotaId: quota.id },
    })
    given.set(reseller.id, { reseller, amount, quotaId: granted.id, number: granted.number })
  }
  const issued = shares.flatMap(({ reseller }) => given.get(reseller.id) ?? [])
  const total = issued.reduce((sum, { amount }) => sum + amount, 0n)
  await tx.run(sql`update coupon_quotas set issued = issued + ${total}::bigint, left_over = left_over - ${total}::bigint where partner_id = ${books.partnerId} and id = ${quota.id}`)
  const { accounts, outsideId } = await withOutside(tx, books.partnerId, [couponAccount('quota', quota.accountId, quota.id, quota.left)])
  const { transferId } = await post(tx, { books, by, at, kind: 'quota_issue', isBatch: issued.length > 1, accounts, moves: [{ accountId: quota.accountId, amount: -total }, { accountId: outsideId, amount: total }] })
  let left = quota.left
  await writeCouponRecords(tx, recordedBy({ books, by, at, transferId, remark }, 'system'), issued.map(({ reseller, amount, number }) => {
    left -= amount
    return { operation: 'quota_issued', kind: quota.kind, couponId: null, quotaId: quota.id, number, customerId: null, reseller, amount, actual: amount, quotaChange: -amount, quotaLeft: left }
  }))
  return issued
}

export type Remainder = { reseller: ResellerRow; /** The reseller's, locked, with something left. */ quota: LockedQuota; /** The distributor's own that it came from, locked and in force. */ source: LockedQuota; /** What people were told before. */ expected: bigint }
export type TakenShare = Remainder & { /** Minor units. */ amount: bigint }

/** Takes all that is left of resellers' quotas back to the distributor's quotas they came from. All or none. @returns what was taken, in the order given. */
export async function reclaimFromResellers(tx: Tx, { books, by, at, rows, remark }: { books: Books; by: Authorship; at: Date; rows: readonly Remainder[]; remark: string }): Promise<TakenShare[]> {
  const taken = rows.map((row): TakenShare => ({ ...row, amount: row.quota.left }))
  for (const { reseller, quota } of inOrder(taken)) {
    // oxlint-disable-next-line no-await-in-loop -- each reseller has books of its own, locked one after the other
    await withdrawQuota(tx, { books: booksOf(reseller), by: asDistributor(by), quota, moment: at, initiator: 'distributor' })
  }
  const sums = new Map<string, bigint>()
  for (const { source, amount } of taken) sums.set(source.id, (sums.get(source.id) ?? 0n) + amount)
  await tx.run(sql`update coupon_quotas q set returned = q.returned + t.amount, left_over = q.left_over + t.amount from unnest(${list([...sums.keys()])}::uuid[], ${list([...sums.values()])}::bigint[]) as t(id, amount) where q.partner_id = ${books.partnerId} and q.id = t.id`)
  const sources = new Map(taken.map(({ source }) => [source.id, source]))
  const { accounts, outsideId } = await withOutside(tx, books.partnerId, [...sources.values()].map((source) => couponAccount('quota', source.accountId, source.id, source.left)))
  const { transferId } = await post(tx, {
    books, by, at, kind: 'quota_reclaim', isBatch: taken.length > 1, accounts, moves: taken.flatMap(({ source, amount }) => [{ accountId: outsideId, amount: -amount }, { accountId: source.accountId, amount }]),
  })
  const left = new Map([...sources.values()].map((source) => [source.id, source.left]))
  await writeCouponRecords(tx, recordedBy({ books, by, at, transferId, remark }, 'system'), taken.map(({ reseller, quota, source, expected, amount }) => {
    left.set(source.id, (left.get(source.id) ?? 0n) + amount)
    return {
      operation: 'quota_reclaimed', kind: quota.kind, couponId: null, quotaId: source.id, number: quota.number, customerId: null, reseller, amount: expected > amount ? expected : amount, actual: amount, quotaChange: amount, quotaLeft: left.get(source.id) ?? null,
    }
  }))
  return taken
}
