import type { Parsed, Reply } from '#contract/endpoint.ts'
import { amountFromMinor, amountMaxMinor, toMinor } from '#contract/money.ts'
import { Summary } from '#contract/proofs.ts'
import type { reclaimQuotas } from '#contract/reseller-quotas.ts'
import type { Actor } from '#server/auth/actor.ts'
import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { Confirmed, Context, LogFacts, Operation } from '#server/http/context.ts'
import { Refusal } from '#server/http/refusal.ts'
import { maskCompany } from '#server/masking/mask.ts'
import { lockQuotas, quotaStateOf, takesReturns, type LockedQuota } from '#server/operations/coupon-quotas.ts'
import { reclaimFromResellers } from '#server/operations/coupon-resellers.ts'
import { reachResellers, type ResellerRow } from '#server/operations/resellers.ts'
import { admitMove, authorshipOf, booksOf, refuseRows } from './admit.ts'
import { presentReseller } from './present.ts'
import { refuseReclaims, sameId } from './rules.ts'
import { lockIssued, readIssued } from './store.ts'
import { tellResellers } from './tell.ts'

type Input = Parsed<typeof reclaimQuotas>
type Done = Reply<typeof reclaimQuotas>
type Row = { reseller: ResellerRow; quota: LockedQuota; source: LockedQuota }
type Prepared = { rows: Row[]; moment: Date }

/** Takes the whole remainder of resellers' quotas back, all of them or none. What was expected is shown, not bound: a reseller who issues in between only lowers it. */
export const reclaimOperation: Operation<typeof reclaimQuotas, Prepared> = {
  permission: 'coupon.quota', prepare, summarize, apply, log, refused: 'quota.reclaim',
  canonical: ({ body }) => ({ quotaIds: body.quotaIds.map(sameId).toSorted(), remark: body.remark }),
}

/** Order of the refusals: partner, unknown quotas, rows, total. Resellers and quotas stay locked: the distributor's first, as everybody takes them. */
async function prepare({ body }: Input, { tx, now, actor, request }: Context): Promise<Prepared> {
  await admitMove(tx, actor)
  const ids = body.quotaIds.map(sameId)
  // Whose it is and what it came from never changes, so it may be asked before the locks.
  const issued = await readIssued(tx, actor, ids)
  const resellers = new Map((await reachResellers(tx, actor.partner.id, [...issued.values()].map(({ partnerId }) => partnerId))).map((row) => [row.id, row]))
  const { quotas: sources } = await lockQuotas(tx, now, actor.partner.id, [...issued.values()].map(({ sourceId }) => sourceId))
  const { quotas, moment } = await lockIssued(tx, now, actor, ids)
  const rows = ids.flatMap((id): Row[] => {
    const [quota, found] = [quotas.get(id), issued.get(id)]
    const [reseller, source] = [resellers.get(found?.partnerId ?? ''), sources.get(found?.sourceId ?? '')]
    return quota && reseller && source ? [{ reseller, quota, source }] : []
  })
  if (rows.length < ids.length) throw new Refusal('not_found')
  refuseRows(refuseReclaims(rows.map(({ quota, source }) => ({ id: quota.id, state: quotaStateOf(quota, moment), left: quota.left, isSourceOpen: takesReturns(source, moment) }))), request.locale)
  if (sumOf(rows.map(({ quota }) => quota.left)) > amountMaxMinor) throw new Refusal('invalid_input', { fields: [{ path: 'quotaIds', code: 'total_max', message: '' }] })
  return { rows, moment }
}

function summarize({ rows }: Prepared): Summary {
  const sorted = rows.toSorted((a, b) => (a.quota.number < b.quota.number ? -1 : 1))
  return {
    operation: 'coupon.quota.reclaim', total: null, count: rows.length, largest: null, items: [],
    facts: [{ kind: 'count', label: 'quota_count', count: rows.length }, ...sorted.map(({ quota }) => ({ kind: 'number' as const, label: 'quota', number: quota.number }))],
    notes: [
      { kind: 'expected', total: amountFromMinor(sumOf(rows.map(({ quota }) => quota.left))), items: sorted.map(({ quota, reseller }) => ({ number: quota.number, nameMasked: maskCompany(reseller.name), idTail: reseller.account.slice(-4), amount: amountFromMinor(quota.left) })) },
      { kind: 'notice', notice: 'actual_quota', count: rows.length },
    ],
  }
}

/** @returns what the proof showed as expected, by number: the newest that the person saw. */
async function readExpected(tx: Tx, actor: Actor, proofId: string | null): Promise<Map<string, bigint>> {
  const [row] = await tx.rows<{ summary: unknown }>(sql`select summary from proofs where partner_id = ${actor.partner.id} and id = ${proofId}::uuid`)
  return new Map(row ? Summary.parse(row.summary).notes.flatMap((note) => (note.kind === 'expected' ? note.items.map(({ number, amount }): [string, bigint] => [number, toMinor(amount)]) : [])) : [])
}

async function apply({ rows, moment }: Prepared, { body: { remark } }: Input, context: Context & Confirmed): Promise<Done> {
  const { tx, actor } = context
  const shown = await readExpected(tx, actor, context.proofId)
  const taken = await reclaimFromResellers(tx, { books: booksOf(actor), by: authorshipOf(context), at: moment, rows: rows.map((row) => ({ ...row, expected: shown.get(row.quota.number) ?? row.quota.left })), remark })
  await tellResellers(context, 'reclaimed', taken.map(({ reseller, quota, amount }) => ({ reseller, number: quota.number, amount })))
  return {
    items: taken.map(({ reseller, quota, source, expected, amount }) => ({ quotaId: quota.id, number: quota.number, sourceNumber: source.number, reseller: presentReseller(reseller), expected: amountFromMinor(expected), actual: amountFromMinor(amount) })),
    expectedTotal: amountFromMinor(sumOf(taken.map(({ expected }) => expected))), actualTotal: amountFromMinor(sumOf(taken.map(({ amount }) => amount))),
  }
}

function log({ items }: Done, { rows }: Prepared): LogFacts[] {
  return items.map(({ number, sourceNumber, reseller, expected }, place) => ({ operation: 'quota.reclaim', objectKind: 'quota', objectNumber: number, amount: rows[place]?.quota.left ?? 0n, details: { expected, quota: sourceNumber, reseller: reseller.nameMasked, account: reseller.account } }))
}

const sumOf = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, amount) => sum + amount, 0n)
