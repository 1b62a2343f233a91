import { amountFromMinor, fromMinor } from '#contract/money.ts'
import { expectQuotaReclaim, issueQuotas, queryIssuedQuotas, queryResellers, reclaimQuotas } from '#contract/reseller-quotas.ts'
import { momentOf } from '#server/db/moment.ts'
import type { Mount } from '#server/http/context.ts'
import { Refusal } from '#server/http/refusal.ts'
import { quotaStateOf } from '#server/operations/coupon-quotas.ts'
import { takeLookUp } from '#server/operations/look-up-limit.ts'
import { kindsOf, resolveLookUp } from '#server/operations/look-up.ts'
import { demandDistributor, messageOf } from './admit.ts'
import { issueOperation } from './issue.ts'
import { isSourceOpen, presentIssued, presentPick } from './present.ts'
import { reclaimOperation } from './reclaim.ts'
import { refuseReclaims, sameId } from './rules.ts'
import { findIssued, findResellers, readIssued } from './store.ts'

/** What distributors do with voucher quota: choose resellers, give it, see what became of it, and take back what is left. */
export const mountResellerQuotas = (mount: Mount): void => {
  mount.read(queryResellers, {
    permission: 'coupon.quota',
    async run({ body: { page, pageSize, lookup, resellerIds } }, context) {
      demandDistributor(context.actor)
      if (lookup) await takeLookUp(context)
      const { rows, total } = await findResellers(context.tx, context.now, context.actor, { name: lookup?.name, ids: resellerIds }, { offset: (page - 1) * pageSize, limit: pageSize })
      return { items: rows.map((row) => presentPick(row, context.request.locale)), total }
    },
  })

  mount.read(queryIssuedQuotas, {
    permission: 'coupon.quota',
    async run({ body }, context) {
      const { tx, now, actor } = context
      demandDistributor(actor)
      const asked = await resolveLookUp(body, context)
      const { rows, total, amount, left } = await findIssued(tx, now, actor, { filter: body.filter, sort: body.sort, name: asked?.lookUp.name }, { offset: (body.page - 1) * body.pageSize, limit: body.pageSize })
      return { items: rows.map((row) => presentIssued(row, now)), total, view: asked?.view ?? null, lookupKinds: asked ? kindsOf(asked.lookUp) : [], totals: { amount: fromMinor(amount), left: fromMinor(left) } }
    },
  })

  mount.read(expectQuotaReclaim, {
    permission: 'coupon.quota',
    async run({ body }, { tx, now, actor, request }) {
      demandDistributor(actor)
      const ids = body.quotaIds.map(sameId)
      const [issued, moment] = [await readIssued(tx, actor, ids), await momentOf(tx, now)]
      const rows = ids.flatMap((id) => issued.get(id) ?? [])
      if (rows.length < ids.length || rows.some(({ isOwn }) => !isOwn)) throw new Refusal('not_found')
      const reasons = refuseReclaims(rows.map((row) => ({ id: row.id, state: quotaStateOf(row, moment), left: row.left, isSourceOpen: isSourceOpen(row, moment) })))
      const items = rows.map((row, place) => {
        const reason = reasons.find((one) => one.row === place)
        const { number, reseller, amount } = presentIssued(row, moment)
        return { quotaId: row.id, number, sourceNumber: row.sourceNumber, reseller, amount, expected: amountFromMinor(reason ? 0n : row.left), refused: reason ? messageOf(reason, request.locale) : null }
      })
      return { items, total: fromMinor(rows.reduce((sum, { left }, place) => (reasons.some((one) => one.row === place) ? sum : sum + left), 0n)) }
    },
  })

  mount.perform(issueQuotas, issueOperation)
  mount.perform(reclaimQuotas, reclaimOperation)
}
