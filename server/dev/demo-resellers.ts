import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { issueFrom } from '#server/operations/coupon-issue.ts'
import { grantQuota, lockQuotas } from '#server/operations/coupon-quotas.ts'
import { issueToResellers, reclaimFromResellers } from '#server/operations/coupon-resellers.ts'
import { reachResellers } from '#server/operations/resellers.ts'
import { uuidFrom } from './demo-ids.ts'

const dayMs = 86_400_000
const zone = 'Asia/Shanghai'
const partnerOf = (account: string): string => uuidFrom(`partner ${account}`)

/** Voucher quota of the distributor `delta`: given to both resellers, partly issued by the first to its customers, taken back from the second and given again. */
export async function seedResellers(tx: Tx, now: Date): Promise<void> {
  const ago = (days: number) => new Date(now.getTime() - days * dayMs)
  const distributor = partnerOf('delta')
  const fence = await tx.rows<{ ids: string }>(sql`select current_setting('app.partner_ids') as ids`)
  const books = { partnerId: distributor, timeZone: zone }
  const vendor = { actorId: null, proofId: null, keyHash: null, requestId: 'demo', confirmedBy: 'none' as const, reason: 'demo' }
  const by = { ...vendor, actorId: uuidFrom('member delta '), confirmedBy: 'sms' as const }
  const granted = await grantQuota(tx, ago(60), { books, by: vendor, kind: 'VOUCHER', amount: 200_000_00n, validFrom: ago(60), validTo: new Date(now.getTime() + 200 * dayMs), origin: { source: 'vendor' } })
  const resellers = await reachResellers(tx, distributor, [partnerOf('delta-r1'), partnerOf('delta-r2')])
  const named = (account: string) => {
    const found = resellers.find((one) => one.account === account)
    if (!found) throw new Error(`the demo has no reseller ${account}`)
    return found
  }
  const give = async (days: number, shares: readonly [string, bigint][], remark: string) => {
    const { quotas } = await lockQuotas(tx, now, distributor, [granted.id])
    const quota = quotas.get(granted.id)
    return quota ? await issueToResellers(tx, { books, by, at: ago(days), quota, shares: shares.map(([account, amount]) => ({ reseller: named(account), amount })), remark }) : []
  }
  const [first, second] = await give(40, [['delta-r1', 30_000_00n], ['delta-r2', 12_000_00n]], '第一批')
  if (!first || !second) throw new Error('quota that was just given')
  await issueVouchers(tx, now, { partnerId: partnerOf('delta-r1'), quotaId: first.quotaId, at: ago(33) })
  const quota = (await lockQuotas(tx, now, partnerOf('delta-r2'), [second.quotaId])).quotas.get(second.quotaId)
  const source = (await lockQuotas(tx, now, distributor, [granted.id])).quotas.get(granted.id)
  if (quota && source) await reclaimFromResellers(tx, { books, by, at: ago(20), rows: [{ reseller: named('delta-r2'), quota, source, expected: quota.left }], remark: '季度调整' })
  await grantQuota(tx, ago(12), { books, by: vendor, kind: 'VOUCHER', amount: 50_000_00n, validFrom: ago(12), validTo: new Date(now.getTime() + 5 * dayMs), limits: { orderTypes: ['NEW'] }, origin: { source: 'incentive' } })
  await give(9, [['delta-r2', 8_000_00n]], '第二批')
  // What follows in this transaction sees what it saw before.
  await tx.run(sql`select set_config('app.partner_ids', ${fence[0]?.ids ?? ''}, true)`)
}

/** Three vouchers of the first reseller. */
async function issueVouchers(tx: Tx, now: Date, { partnerId, quotaId, at }: { partnerId: string; quotaId: string; at: Date }): Promise<void> {
  const quota = (await lockQuotas(tx, now, partnerId, [quotaId])).quotas.get(quotaId)
  const customers = await tx.rows<{ id: string }>(sql`select id from customers where partner_id = ${partnerId} order by number limit 3`)
  if (!quota) return
  await issueFrom(tx, {
    books: { partnerId, timeZone: zone }, by: { actorId: uuidFrom('member delta-r1 '), proofId: null, keyHash: null, requestId: 'demo', confirmedBy: 'sms', reason: '' }, at, quota, customerIds: customers.map(({ id }) => id), remark: '新客户',
    terms: { faceValue: 1_500_00n, minOrder: 2_000_00n, maxShare: null, products: [], orderTypes: [], validUntil: new Date(now.getTime() + 90 * dayMs) },
  })
}
