import { amountFromMinor } from '#contract/money.ts'
import { writeLog } from '#server/audit/write.ts'
import { sql } from '#server/db/query.ts'
import type { Database, Tx } from '#server/db/transaction.ts'
import { booksClosed } from '#server/ledger/books.ts'
import type { Authorship } from '#server/ledger/post.ts'
import { couponEndsSoonDays } from '#contract/coupons.ts'
import { tellEnding, tellQuota, type ToldCustomer } from './coupon-notices.ts'
import { quotaStateSql } from './coupon-quotas.ts'
import { lockCoupons, takeBack, type Cause, type Locked, type LockedCoupon, type TakenBack } from './coupon-takings.ts'

export type ReturningPartner = { id: string; name: string; timeZone: string }

const bySystem = (requestId: string): Authorship => ({ actorId: null, proofId: null, keyHash: null, requestId, confirmedBy: 'none', reason: '' })

/** Takes back what is left of locked coupons because of something that happened, and writes it into the log as the system's doing. */
async function returnAll(tx: Tx, now: Date, partner: Pick<ReturningPartner, 'id' | 'timeZone'>, cause: Cause, locked: Locked, coupons: readonly LockedCoupon[], requestId: string): Promise<TakenBack[]> {
  const taken = await takeBack(tx, { books: { partnerId: partner.id, timeZone: partner.timeZone }, by: bySystem(requestId), cause, locked, rows: coupons.map((coupon) => ({ coupon })) })
  await writeLog(tx, now, { partnerId: partner.id, memberId: null, name: null, source: 'system' }, { id: requestId, address: '', agent: '', locale: 'zh-CN' },
    taken.map(({ coupon, amount, quota }) => ({ operation: 'coupon.return', objectKind: 'coupon', objectNumber: coupon.number, customerId: coupon.customerId, amount, details: { cause, quota: quota?.number ?? null, balance: amountFromMinor(amount) } })))
  return taken
}

const isOpen = ({ state, balance }: LockedCoupon): boolean => (state === 'ACTIVE' || state === 'INACTIVE') && balance > 0n

/** Takes back every coupon of a customer that still has a balance: because the association ended, or because the customer withdrew everything it had. The
 *  customer's row is locked by the caller. @returns what was taken of each; to its quota, or to nobody where that is no longer in force. */
export async function returnCouponsOf(tx: Tx, now: Date, partner: Pick<ReturningPartner, 'id' | 'timeZone'>, customerId: string, cause: 'returned_disassociation' | 'returned_withdrawal', requestId: string): Promise<TakenBack[]> {
  // Only what the partner issued: another issuer's coupon is not the partner's to take.
  const ids = await tx.rows<{ id: string }>(sql`select k.id from coupons k where k.partner_id = ${partner.id} and k.customer_id = ${customerId} and k.state in ('INACTIVE','ACTIVE') and k.quota_id is not null order by k.id`)
  const locked = await lockCoupons(tx, now, partner.id, ids.map(({ id }) => id))
  return await returnAll(tx, now, partner, cause, locked, [...locked.coupons.values()].filter(isOpen), requestId)
}

/** So many coupons end in one transaction. */
const slice = 100

/** Ends coupons whose time is over: what is left goes back to a quota that is still in force, and lapses otherwise. What a coupon may be used for is decided by
 *  the time alone; this moves the amounts. Tells customers and administrators once of what ends within a week.
 *  @param publicUrl where the console is, for the link in the mail. */
export async function endCoupons(database: Database, publicUrl: string | undefined, onError: (error: Error) => void): Promise<void> {
  const partners = await database.inGlobal((tx) => tx.rows<ReturningPartner>(sql`select id, name, time_zone as "timeZone" from partners order by id`))
  if (partners.length === 0) return
  const due = await database.inTenant(partners.map(({ id }) => id), (tx, now) => tx.rows<{ id: string }>(sql`
    select p.id from partners p where exists (select 1 from coupons k where k.partner_id = p.id and k.state in ('INACTIVE','ACTIVE') and (k.valid_until <= ${now}::timestamptz or k.reminded_at is null and k.valid_until <= ${soon(now)}))
       or exists (select 1 from coupon_quotas q where q.partner_id = p.id and q.reminded_at is null and q.valid_to <= ${soon(now)} and ${quotaStateSql(now)} = 'ACTIVE')`))
  for (const partner of partners.filter(({ id }) => due.some((one) => one.id === id))) {
    try {
      let ended: number
      do {
        // oxlint-disable-next-line no-await-in-loop -- a slice at a time keeps the locks short
        ended = await database.inTenant(partner.id, (tx, now) => endSlice(tx, now, partner))
      } while (ended === slice)
      // oxlint-disable-next-line no-await-in-loop -- one partner after the other, and only those with something to do
      await database.inTenant(partner.id, (tx, now) => remind(tx, now, partner, publicUrl))
    } catch (error) {
      // One partner's trouble is not the others'.
      onError(error instanceof Error ? error : new Error(String(error)))
    }
  }
}

const soon = (now: Date) => sql`${now}::timestamptz + make_interval(days => ${couponEndsSoonDays}::int)`

/** @returns how many were due; what somebody used up in the meantime is none of them any more. */
async function endSlice(tx: Tx, now: Date, partner: ReturningPartner): Promise<number> {
  const due = await tx.rows<{ id: string }>(sql`select k.id from coupons k where k.partner_id = ${partner.id} and k.state in ('INACTIVE','ACTIVE') and k.valid_until <= ${now}::timestamptz order by k.valid_until, k.id limit ${slice}::int`)
  if (due.length === 0 || await booksClosed(tx)) return 0
  const locked = await lockCoupons(tx, now, partner.id, due.map(({ id }) => id))
  await returnAll(tx, now, partner, 'returned_expiry', locked, [...locked.coupons.values()].filter((coupon) => isOpen(coupon) && coupon.validUntil <= locked.moment), 'job')
  return due.length
}

type Ending = ToldCustomer & { count: number; balance: bigint; until: Date }

async function remind(tx: Tx, now: Date, partner: ReturningPartner, publicUrl: string | undefined): Promise<void> {
  const customers = await tx.rows<Ending>(sql`
    with told as (
      update coupons k set reminded_at = ${now}::timestamptz where k.partner_id = ${partner.id} and k.state = 'ACTIVE' and k.reminded_at is null and k.valid_until > ${now}::timestamptz and k.valid_until <= ${soon(now)}
      returning k.customer_id, k.balance, k.valid_until
    )
    select c.id, c.mobile, c.email, c.language, count(*)::int as count, sum(t.balance)::bigint as balance, min(t.valid_until) as until
      from told t join customers c on c.partner_id = ${partner.id} and c.id = t.customer_id group by c.id, c.mobile, c.email, c.language order by c.id`)
  await tellEnding(tx, now, partner, customers)
  const quotas = await tx.rows<{ kind: 'VOUCHER' | 'CASH' | 'DELIVERY'; number: string; amount: bigint; until: Date }>(sql`
    update coupon_quotas q set reminded_at = ${now}::timestamptz where q.partner_id = ${partner.id} and q.reminded_at is null and q.valid_to <= ${soon(now)} and ${quotaStateSql(now)} = 'ACTIVE'
    returning q.kind, q.number, q.left_over as amount, q.valid_to as until`)
  for (const quota of quotas) {
    // oxlint-disable-next-line no-await-in-loop -- few quotas end in a week
    await tellQuota(tx, now, partner, { what: 'ending', ...quota, publicUrl })
  }
}
