import type { Parsed, Reply } from '#contract/endpoint.ts'
import { amountFromMinor, fromMinor, toMinor } from '#contract/money.ts'
import type { Summary } from '#contract/proofs.ts'
import type { issueQuotas } from '#contract/reseller-quotas.ts'
import type { Confirmed, Context, LogFacts, Operation } from '#server/http/context.ts'
import { Refusal } from '#server/http/refusal.ts'
import { shortage } from '#server/ledger/post.ts'
import { maskCompany } from '#server/masking/mask.ts'
import { lockQuotas, quotaStateOf, type LockedQuota } from '#server/operations/coupon-quotas.ts'
import { issueToResellers, type Share } from '#server/operations/coupon-resellers.ts'
import { reachResellers } from '#server/operations/resellers.ts'
import { admitMove, authorshipOf, booksOf, refuseRows } from './admit.ts'
import { presentReseller } from './present.ts'
import { refuseIssues, sameId, totalOf } from './rules.ts'
import { tellResellers } from './tell.ts'

type Input = Parsed<typeof issueQuotas>
type Done = Reply<typeof issueQuotas>
type Prepared = { quota: LockedQuota; shares: Share[]; total: bigint; moment: Date }

/** Gives voucher quota to resellers of the distributor, all or nothing. */
export const issueOperation: Operation<typeof issueQuotas, Prepared> = {
  permission: 'coupon.quota', prepare, summarize, apply, log, refused: 'quota.issue',
  canonical: ({ body: { quotaId, items, remark } }) => ({ quotaId: sameId(quotaId), remark, items: items.map(({ resellerId, amount }) => ({ resellerId: sameId(resellerId), amount })).toSorted((a, b) => (a.resellerId < b.resellerId ? -1 : 1)) }),
}

/** Order of the refusals: partner, unknown resellers and quota, the quota's state, rows, what is left. Resellers and quota stay locked. */
async function prepare({ body }: Input, { tx, now, actor, request }: Context): Promise<Prepared> {
  await admitMove(tx, actor)
  const items = body.items.map(({ resellerId, amount }) => ({ resellerId: sameId(resellerId), amount: toMinor(amount) }))
  const resellers = new Map((await reachResellers(tx, actor.partner.id, items.map(({ resellerId }) => resellerId))).map((row) => [row.id, row]))
  const shares = items.flatMap(({ resellerId, amount }): Share[] => {
    const reseller = resellers.get(resellerId)
    return reseller ? [{ reseller, amount }] : []
  })
  if (shares.length < items.length) throw new Refusal('not_found', { sentence: 'reseller_unknown' })
  const { quotas, moment } = await lockQuotas(tx, now, actor.partner.id, [sameId(body.quotaId)])
  const quota = quotas.get(sameId(body.quotaId))
  if (quota?.kind !== 'VOUCHER') throw new Refusal('not_found')
  const state = quotaStateOf(quota, moment)
  if (state !== 'ACTIVE' && state !== 'USED_UP') throw new Refusal('conflict', { sentence: 'quota_state', facts: { state } })
  // It came back from one customer and may only go to that one.
  if (quota.onlyCustomerId !== null) throw new Refusal('conflict', { sentence: 'quota_only_customer' })
  refuseRows(refuseIssues(shares.map(({ reseller }) => reseller)), request.locale)
  const total = totalOf(shares.map(({ amount }) => amount))
  if (total === undefined) throw new Refusal('invalid_input', { fields: [{ path: 'items', code: 'total_max', message: '' }] })
  if (total > quota.left) throw new Refusal('insufficient_funds', { sentence: 'quota_short', facts: shortage(quota.left, total).more.facts ?? {} })
  return { quota, shares, total, moment }
}

function summarize({ quota, shares, total }: Prepared): Summary {
  const sorted = shares.toSorted((a, b) => (a.reseller.account < b.reseller.account ? -1 : 1))
  const largest = sorted.reduce((most, { amount }) => (amount > most ? amount : most), 0n)
  return {
    operation: 'coupon.quota.issue', total: amountFromMinor(total), count: shares.length, largest: amountFromMinor(largest), facts: [{ kind: 'number', label: 'quota', number: quota.number }],
    items: sorted.map(({ reseller, amount }) => ({ nameMasked: maskCompany(reseller.name), idTail: reseller.account.slice(-4), amount: amountFromMinor(amount) })),
    notes: [{ kind: 'change', label: 'quota_left', from: fromMinor(quota.left), to: fromMinor(quota.left - total) }],
  }
}

async function apply({ quota, shares, total, moment }: Prepared, { body: { remark } }: Input, context: Context & Confirmed): Promise<Done> {
  const { tx, actor } = context
  const issued = await issueToResellers(tx, { books: booksOf(actor), by: authorshipOf(context), at: moment, quota, shares, remark })
  await tellResellers(context, 'issued', issued)
  return {
    items: issued.map(({ reseller, quotaId, number, amount }) => ({ quotaId, number, reseller: presentReseller(reseller), amount: amountFromMinor(amount) })),
    total: amountFromMinor(total), quota: { id: quota.id, number: quota.number, left: amountFromMinor(quota.left - total) },
  }
}

function log({ items, quota }: Done, { shares }: Prepared): LogFacts[] {
  return items.map(({ number, reseller }, place) => ({ operation: 'quota.issue', objectKind: 'quota', objectNumber: number, amount: shares[place]?.amount ?? 0n, details: { quota: quota.number, reseller: reseller.nameMasked, account: reseller.account } }))
}
