import type { CouponKind } from '#contract/coupons.ts'
import { reclaimCoupons, type ReclaimBody } from '#contract/coupons-issued.ts'
import type { Parsed, Reply } from '#contract/endpoint.ts'
import { Amount, amountFromMinor, amountMaxMinor, toMinor } from '#contract/money.ts'
import { Summary } from '#contract/proofs.ts'
import { customerScope, type Actor } from '#server/auth/actor.ts'
import { list, sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { Confirmed, Context, LogFacts, Operation } from '#server/http/context.ts'
import { Refusal } from '#server/http/refusal.ts'
import { booksClosed } from '#server/ledger/books.ts'
import { maskCompany } from '#server/masking/mask.ts'
import { seesCouponOf } from '#server/operations/coupon-sight.ts'
import { couponStateOf, lockCoupons, takeBack, type Locked, type LockedCoupon } from '#server/operations/coupon-takings.ts'
import { admitKind, refuseField, refuseRows, seenKinds } from './admit.ts'
import { authorshipOf, booksOf } from './outcome.ts'
import { refuseReclaims, sameId, type RowReason } from './rules.ts'

type Endpoint = (typeof reclaimCoupons)[CouponKind]
type Input = Parsed<Endpoint>
type Done = Reply<Endpoint>
export type Owner = { id: string; name: string; number: string }
type Prepared = { locked: Locked; coupons: LockedCoupon[]; owners: Map<string, Owner> }

/** Takes the whole balance of coupons of one kind back, all of them or none. What was expected is shown, not bound: who spends in between only lowers the amount. */
export const reclaimOperation = (kind: CouponKind): Operation<Endpoint, Prepared> => ({
  permission: 'coupon.reclaim',
  prepare: ({ body }, context) => prepare(kind, body, context),
  summarize: (prepared) => summarize(kind, prepared),
  canonical: ({ body }) => ({ couponIds: body.couponIds.map(sameId).toSorted(), remark: body.remark }),
  apply: (prepared, input, context) => apply(prepared, input, context),
  log,
  refused: 'coupon.reclaim',
})

/** @returns the customers of these coupons by the coupons' ids. Refuses with not_found when any coupon is unknown, foreign, not seen by the partner or outside the person's scope. */
export async function readOwners(tx: Tx, actor: Actor, ids: readonly string[]): Promise<Map<string, Owner>> {
  const rows = await tx.rows<Owner & { couponId: string }>(sql`select k.id as "couponId", c.id, c.name, c.number from coupons k join customers c on c.partner_id = k.partner_id and c.id = k.customer_id
    where k.partner_id = ${actor.partner.id} and k.id = any(${list(ids)}::uuid[]) and ${seenKinds(actor, sql`k.kind`, undefined)} and ${seesCouponOf(actor, sql`k.kind`, sql`k.customer_id`)} and ${customerScope(actor)}`)
  if (rows.length < new Set(ids).size) throw new Refusal('not_found')
  return new Map(rows.map(({ couponId, ...owner }) => [couponId, owner]))
}

/** @param coupons in the order asked for. @returns why which of them cannot be reclaimed at this moment. */
export const reasonsOf = (coupons: readonly LockedCoupon[], moment: Date): RowReason[] =>
  refuseReclaims(coupons.map((coupon) => ({ id: coupon.id, kind: coupon.kind, isForeign: coupon.quotaId === null, state: couponStateOf(coupon, moment), balance: coupon.balance })))

/** Order of the refusals: partner, unknown coupons, rows, total. Quotas and coupons stay locked. */
async function prepare(kind: CouponKind, body: ReclaimBody, { tx, now, actor, request }: Context): Promise<Prepared> {
  admitKind(actor, kind)
  if (await booksClosed(tx)) throw new Refusal('busy', { sentence: 'books_closed' })
  const ids = body.couponIds.map(sameId)
  const owners = await readOwners(tx, actor, ids)
  const locked = await lockCoupons(tx, now, actor.partner.id, ids)
  const coupons = ids.flatMap((id) => locked.coupons.get(id) ?? [])
  // Another kind has an operation of its own: here it does not exist.
  if (coupons.length < ids.length || coupons.some((coupon) => coupon.kind !== kind)) throw new Refusal('not_found')
  refuseRows(reasonsOf(coupons, locked.moment), request.locale)
  if (sumOf(coupons.map(({ balance }) => balance)) > amountMaxMinor) throw refuseField('couponIds', 'total_max')
  return { locked, coupons, owners }
}

function summarize(kind: CouponKind, { coupons, owners }: Prepared): Summary {
  const sorted = coupons.toSorted((a, b) => (a.number < b.number ? -1 : 1))
  const items = sorted.flatMap(({ id, number, balance }) => {
    const owner = owners.get(id)
    return owner ? [{ number, nameMasked: maskCompany(owner.name), idTail: owner.number.slice(-4), amount: amountFromMinor(balance) }] : []
  })
  return {
    operation: reclaimCoupons[kind].proof, total: null, count: coupons.length, largest: null, items: [],
    facts: [{ kind: 'count', label: 'coupon_count', count: coupons.length }, ...sorted.map(({ number }) => ({ kind: 'number' as const, label: 'coupon', number }))],
    notes: [{ kind: 'expected', total: amountFromMinor(sumOf(coupons.map(({ balance }) => balance))), items }, { kind: 'notice', notice: 'actual_amount', count: coupons.length }],
  }
}

/** @returns what the proof showed as expected, by coupon number: the newest that the person saw. */
async function readExpected(tx: Tx, actor: Actor, proofId: string | null): Promise<Map<string, bigint>> {
  const [row] = await tx.rows<{ summary: unknown }>(sql`select summary from proofs where partner_id = ${actor.partner.id} and id = ${proofId}::uuid`)
  return new Map(row ? Summary.parse(row.summary).notes.flatMap((note) => (note.kind === 'expected' ? note.items.map(({ number, amount }): [string, bigint] => [number, toMinor(amount)]) : [])) : [])
}

async function apply({ locked, coupons, owners }: Prepared, { body: { remark } }: Input, context: Context & Confirmed): Promise<Done> {
  const { tx, actor, proofId } = context
  const shown = await readExpected(tx, actor, proofId)
  const rows = coupons.map((coupon) => ({ coupon, expected: shown.get(coupon.number) ?? coupon.balance }))
  const taken = await takeBack(tx, { books: booksOf(actor), by: authorshipOf(context), cause: 'reclaimed', locked, rows, remark })
  return {
    items: taken.map(({ coupon, amount, quota }, place) => ({
      couponId: coupon.id, number: coupon.number, nameMasked: maskCompany(owners.get(coupon.id)?.name ?? ''), expected: amountFromMinor(rows[place]?.expected ?? amount), actual: amountFromMinor(amount), quotaNumber: quota?.number ?? null,
    })),
    expectedTotal: amountFromMinor(sumOf(rows.map(({ expected }) => expected))), actualTotal: amountFromMinor(sumOf(taken.map(({ amount }) => amount))),
  }
}

const log = ({ items }: Done, { coupons }: Prepared): LogFacts[] => items.map(({ couponId, number, expected, actual, quotaNumber }) => {
  const customerId = coupons.find(({ id }) => id === couponId)?.customerId
  return { operation: 'coupon.reclaim', objectKind: 'coupon', objectNumber: number, ...(customerId !== undefined && { customerId }), amount: toMinor(Amount.parse(actual)), details: { expected, quota: quotaNumber } }
})

const sumOf = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, amount) => sum + amount, 0n)
