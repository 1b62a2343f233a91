import { list, sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { grantQuota } from '#server/operations/coupon-quotas.ts'
import { uuidFrom } from './demo-ids.ts'

const partnerId = uuidFrom('partner subsidy')
const dayMs = 86_400_000
/** Accounts at the vendor that the demo's files of a whitelist may name besides the partner's own customers: an enterprise with two members, and two that share a name. */
const accounts: readonly { name: string; company: string; master?: string }[] = [
  { name: 'qingsong_group', company: '青松实业集团有限公司' }, { name: 'qingsong_east', company: '青松实业华东有限公司', master: 'qingsong_group' }, { name: 'qingsong_south', company: '青松实业华南有限公司', master: 'qingsong_group' },
  { name: 'yuelu_tech', company: '岳麓智能科技有限公司' }, { name: 'double_one', company: '同名数据有限公司' }, { name: 'double_two', company: '同名数据有限公司' },
]
/** How many of the partner's customers are on the list: the others cannot get a coupon yet. */
const listedCustomers = 9

/** The whitelist of the partner `subsidy` in its second version, and the quota it issues from. */
export async function seedWhitelist(tx: Tx, now: Date): Promise<void> {
  const ago = (days: number) => new Date(now.getTime() - days * dayMs)
  const id = (name: string | undefined) => (name === undefined ? null : uuidFrom(`account ${name}`))
  await tx.run(sql`insert into cloud_accounts (id, name, company, master_id, language, registered_at)
    select a.id, a.name, a.company, a.master, 'zh-CN', ${ago(500)}::timestamptz
      from unnest(${list(accounts.map(({ name }) => id(name)))}::uuid[], ${list(accounts.map(({ name }) => name))}::text[], ${list(accounts.map(({ company }) => company))}::text[], ${list(accounts.map(({ master }) => id(master)))}::uuid[]) as a(id, name, company, master)`)
  await tx.run(sql`insert into coupon_whitelists (partner_id, version, revision, at, member_id) values (${partnerId}::uuid, 2, 4, ${ago(6)}::timestamptz, ${uuidFrom('member subsidy ')}::uuid)`)
  await tx.run(sql`insert into coupon_whitelist (partner_id, id, account_name, name, master_account_name, version, place, added_at)
    select ${partnerId}::uuid, c.id, c.account_name, c.name, null, 2, (row_number() over (order by c.number))::int, ${ago(20)}::timestamptz from customers c where c.partner_id = ${partnerId} order by c.number limit ${listedCustomers}::int`)
  const [member] = accounts.filter(({ master }) => master !== undefined)
  if (member) {
    await tx.run(sql`insert into coupon_whitelist (partner_id, id, account_name, name, master_account_name, version, place, added_at)
      values (${partnerId}::uuid, ${uuidFrom(`whitelisted ${member.name}`)}::uuid, ${member.name}, ${member.company}, ${member.master ?? null}::text, 2, 0, ${ago(6)}::timestamptz)`)
  }
  const by = { actorId: null, proofId: null, keyHash: null, requestId: 'demo', confirmedBy: 'none' as const, reason: 'demo' }
  for (const [kind, amount] of [['CASH', 60_000_00n], ['VOUCHER', 25_000_00n]] as const) {
    await grantQuota(tx, ago(25), { books: { partnerId, timeZone: 'Asia/Shanghai' }, by, kind, amount, validFrom: ago(25), validTo: new Date(now.getTime() + 150 * dayMs), origin: { source: 'vendor' } })
  }
}
