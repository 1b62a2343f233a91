import { couponKinds, getQuota, getQuotaChoices, issueCoupons, mayIssueKinds, queryCandidates, queryQuotas } from '#contract/coupons.ts'
import { expectReclaim, getCoupon, getCouponChoices, queryCouponRecords, queryCoupons, reclaimCoupons } from '#contract/coupons-issued.ts'
import { amountFromMinor, fromMinor } from '#contract/money.ts'
import { list, sql } from '#server/db/query.ts'
import type { Mount, Read } from '#server/http/context.ts'
import { Refusal } from '#server/http/refusal.ts'
import { rowSentence } from '#server/http/sentences.ts'
import { maskCompany, maskName } from '#server/masking/mask.ts'
import { quotaColumns, takesReturns, type LockedQuota } from '#server/operations/coupon-quotas.ts'
import { couponColumns, type LockedCoupon } from '#server/operations/coupon-takings.ts'
import { takeLookUp } from '#server/operations/look-up-limit.ts'
import { kindsOf, resolveLookUp } from '#server/operations/look-up.ts'
import { candidateList } from './candidates.ts'
import { queryCouponRows, readCoupon, readUses } from './coupon-store.ts'
import { issueOperation } from './issue.ts'
import { presentCoupon, presentCouponDetail, presentMovements, presentQuota, presentRecord } from './present.ts'
import { queryQuotaRows, readChoices, readMovements, readNamed, readQuota } from './quota-store.ts'
import { readOwners, reasonsOf, reclaimOperation } from './reclaim.ts'
import { queryRecordRows, readOperators } from './record-store.ts'
import { sameId } from './rules.ts'

const quotaList: Read<typeof queryQuotas> = {
  permission: 'coupon.view',
  async run({ body }, { tx, now, actor }) {
    const { rows, total, granted, left } = await queryQuotaRows(tx, now, actor, body)
    const named = await readNamed(tx, actor, rows)
    return { items: rows.map((row) => presentQuota(row, named, actor, now)), total, totals: { granted: fromMinor(granted), left: fromMinor(left) } }
  },
}

const quota: Read<typeof getQuota> = {
  permission: 'coupon.view',
  async run({ params }, { tx, now, actor }) {
    const row = await readQuota(tx, actor, params.id)
    if (!row) throw new Refusal('not_found')
    const { rows, total } = await readMovements(tx, actor, row.id)
    return { ...presentQuota(row, await readNamed(tx, actor, [row]), actor, now), movements: presentMovements(rows), movementTotal: total }
  },
}

const quotaChoices: Read<typeof getQuotaChoices> = {
  permission: 'coupon.issue',
  async run({ query: { kind } }, { tx, now, actor }) {
    const rows = mayIssueKinds[actor.partner.type].includes(kind) ? await readChoices(tx, now, actor, kind) : []
    const named = await readNamed(tx, actor, rows)
    return { items: rows.map((row) => presentQuota(row, named, actor, now)) }
  },
}

const couponList: Read<typeof queryCoupons> = {
  permission: 'coupon.view',
  async run({ body }, context) {
    const { tx, now, actor } = context
    const asked = await resolveLookUp(body, context)
    const { rows, total, faceValue, balance } = await queryCouponRows(tx, now, actor, { ...body, lookUp: asked?.lookUp })
    return {
      items: rows.map((row) => presentCoupon(row, now)), total, view: asked?.view ?? null, lookupKinds: asked ? kindsOf(asked.lookUp) : [],
      totals: { faceValue: fromMinor(faceValue), balance: fromMinor(balance) },
    }
  },
}

const coupon: Read<typeof getCoupon> = {
  permission: 'coupon.view',
  async run({ params }, { tx, now, actor }) {
    const row = await readCoupon(tx, actor, params.id)
    if (!row) throw new Refusal('not_found')
    return presentCouponDetail(row, await readUses(tx, actor.partner.id, row.id), now)
  },
}

const expected: Read<typeof expectReclaim> = {
  permission: 'coupon.reclaim',
  async run({ body }, { tx, now, actor, request }) {
    const ids = body.couponIds.map(sameId)
    const owners = await readOwners(tx, actor, ids)
    const found = await tx.rows<LockedCoupon>(sql`select ${couponColumns} from coupons k where k.partner_id = ${actor.partner.id} and k.id = any(${list(ids)}::uuid[])`)
    const quotas = await tx.rows<LockedQuota>(sql`select ${quotaColumns} from coupon_quotas q where q.partner_id = ${actor.partner.id} and q.id = any(${list(found.flatMap(({ quotaId }) => quotaId ?? []))}::uuid[])`)
    const coupons = ids.flatMap((id) => found.find((one) => one.id === id) ?? [])
    const reasons = reasonsOf(coupons, now)
    const items = coupons.map((one, row) => {
      const reason = reasons.find((refused) => refused.row === row)
      const owner = owners.get(one.id)
      const target = quotas.find(({ id }) => id === one.quotaId)
      return {
        couponId: one.id, number: one.number, nameMasked: maskCompany(owner?.name ?? ''), customerNumber: owner?.number ?? '', faceValue: amountFromMinor(one.faceValue), expected: amountFromMinor(reason ? 0n : one.balance), minor: reason ? 0n : one.balance,
        quotaNumber: target && takesReturns(target, now) ? target.number : null, refused: reason ? rowSentence(reason.sentence ?? reason.code, request.locale, reason.facts ?? {}) : null,
      }
    })
    return { items, total: fromMinor(items.reduce((sum, { minor }) => sum + minor, 0n)) }
  },
}

const recordList: Read<typeof queryCouponRecords> = {
  permission: 'coupon.view',
  async run({ body }, context) {
    const { tx, actor } = context
    if (body.party !== undefined) await takeLookUp(context)
    const { rows, total } = await queryRecordRows(tx, actor, body)
    return { items: rows.map(presentRecord), total }
  },
}

const choices: Read<typeof getCouponChoices> = {
  permission: 'coupon.view',
  async run(_input, { tx, actor }) {
    return { operators: (await readOperators(tx, actor)).map(({ id, name }) => ({ id, nameMasked: maskName(name) })) }
  },
}

/** Mounts what the coupon pages read, and for each kind the two operations that move coupons. */
export const mountCoupons = (mount: Mount): void => {
  mount.read(queryQuotas, quotaList)
  mount.read(getQuotaChoices, quotaChoices)
  mount.read(getQuota, quota)
  mount.read(queryCandidates, candidateList)
  mount.read(queryCoupons, couponList)
  mount.read(queryCouponRecords, recordList)
  mount.read(getCouponChoices, choices)
  mount.read(expectReclaim, expected)
  mount.read(getCoupon, coupon)
  for (const kind of couponKinds) {
    mount.perform(issueCoupons[kind], issueOperation(kind))
    mount.perform(reclaimCoupons[kind], reclaimOperation(kind))
  }
}
