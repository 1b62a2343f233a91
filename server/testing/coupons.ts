import { randomUUID } from 'node:crypto'
import { issueCoupons, type CouponKind, type IssueBody } from '#contract/coupons.ts'
import { reclaimCoupons } from '#contract/coupons-issued.ts'
import type { Endpoint, Input } from '#contract/endpoint.ts'
import { Amount } from '#contract/money.ts'
import type { ProofRequired } from '#contract/proofs.ts'
import { sql } from '#server/db/query.ts'
import { findMismatches } from '#server/ledger/invariants.ts'
import { grantQuota, type Grant } from '#server/operations/coupon-quotas.ts'
import { redeemCoupon } from '#server/operations/coupon-redeem.ts'
import type { Client, Reply, TestApp } from './app.ts'

export const vendor = { actorId: null, proofId: null, keyHash: null, requestId: 'test', confirmedBy: 'none' as const, reason: 'test' }
export const booksOf = (partnerId: string) => ({ partnerId, timeZone: 'Asia/Shanghai' })
const day = 24 * 3600_000

/** @returns the quota that a partner was granted: 1,000.00 of vouchers for a year, unless `more` says otherwise. */
export const grant = (app: TestApp, partnerId: string, more: Partial<Omit<Grant, 'books' | 'by'>> & { days?: number } = {}) => app.inTenant(partnerId, (tx, now) => {
  const { days = 365, ...rest } = more
  return grantQuota(tx, now, { books: booksOf(partnerId), by: vendor, kind: 'VOUCHER', amount: 1000_00n, validFrom: now, validTo: new Date(now.getTime() + days * day), origin: { source: 'vendor' }, ...rest })
})

/** @returns the day so many days from the application's today, in the partner's zone. */
export const dayAhead = (app: TestApp, partnerId: string, days: number): Promise<string> =>
  app.inTenant(partnerId, async (_tx, now) => new Date(now.getTime() + 8 * 3600_000 + days * day).toISOString().slice(0, 10))

/** Sends a sensitive request, and again with its proof, as where a click confirms. @param between what happens while the person reads the summary. */
export async function confirm<E extends Endpoint>(client: Client, endpoint: E, input: Input<E>, between: (frozen: ProofRequired) => Promise<unknown> = async () => undefined): Promise<Reply<E> & { frozen: ProofRequired | undefined }> {
  const key = randomUUID()
  const asked = await client.call(endpoint, input, { key })
  const frozen = asked.status === 403 ? asked.problem.proof : undefined
  if (!frozen) return { ...asked, frozen }
  await between(frozen)
  return { ...(await client.call(endpoint, input, { key, proof: frozen.proofId })), frozen }
}

export const amount = (text: string) => Amount.parse(text)
type Asked = Partial<Omit<IssueBody, 'faceValue' | 'minOrder'>> & { quotaId: string; validUntil: string; customerIds: string[]; faceValue?: string; minOrder?: string }
/** @returns the body of an issue: 100.00 each without minimum, unless said otherwise. */
export const issueOf = ({ faceValue = '100.00', minOrder = '0.00', orderTypes = [], products = [], remark = '', ...rest }: Asked) => ({ body: { faceValue: amount(faceValue), minOrder: amount(minOrder), orderTypes, products, remark, ...rest } })

/** Issues coupons and says which. */
export async function issued(client: Client, asked: Asked, kind: CouponKind = 'VOUCHER'): Promise<{ id: string; number: string }[]> {
  const { status, body, text } = await confirm(client, issueCoupons[kind], issueOf(asked))
  if (status !== 200) throw new Error(`the issue was refused: ${text}`)
  return body.items.map(({ couponId, number }) => ({ id: couponId, number }))
}
export const reclaimed = (client: Client, ids: string[], between?: () => Promise<unknown>, kind: CouponKind = 'VOUCHER') => confirm(client, reclaimCoupons[kind], { body: { couponIds: ids, remark: '' } }, between)

/** A customer pays part of an order of 10,000.00. @param minor minor units. */
export const spend = (app: TestApp, partnerId: string, number: string, minor: bigint, order = 'ORD-1') =>
  app.inTenant(partnerId, (tx, now) => redeemCoupon(tx, now, { books: booksOf(partnerId), by: vendor, number, amount: minor, order: { number: order, amount: 10_000_00n } }))

type QuotaFigures = { granted: bigint; withdrawn: bigint; issued: bigint; returned: bigint; left: bigint }
export const quotaOf = async (app: TestApp, partnerId: string, id: string): Promise<QuotaFigures | undefined> =>
  (await app.inTenant(partnerId, (tx) => tx.rows<QuotaFigures>(sql`select granted, withdrawn, issued, returned, left_over as left from coupon_quotas where partner_id = ${partnerId} and id = ${id}`)))[0]
type CouponFigures = { state: string; faceValue: bigint; balance: bigint; used: bigint; returned: bigint; lapsed: bigint }
export const couponOf = async (app: TestApp, partnerId: string, id: string): Promise<CouponFigures | undefined> =>
  (await app.inTenant(partnerId, (tx) => tx.rows<CouponFigures>(sql`select state, face_value as "faceValue", balance, used, returned, lapsed from coupons where partner_id = ${partnerId} and id = ${id}`)))[0]
/** @returns what of a partner's books does not agree. */
export const mismatches = (app: TestApp, partnerId: string) => app.inTenant(partnerId, findMismatches)
