import type { Qualification, SpecialistState, SpecialistWay } from '#contract/specialists.ts'
import { json, sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { specialistLinkLife } from '#server/limits.ts'
import { uuidFrom } from './demo-ids.ts'

/** Personal accounts at the vendor of people who are project specialists, or may become one. The password is that of all demo accounts. */
export const demoSpecialistAccounts: readonly { name: string; mobile: string; story: string }[] = [
  { name: 'expert.demo', mobile: '+8610060020001', story: 'a project specialist of 青屿数科: keeps the qualifications up to date at /my/specialist' },
  { name: 'review.demo', mobile: '+8610060020002', story: 'has accepted an invitation as project specialist; the vendor has not decided yet' },
  { name: 'former.demo', mobile: '+8610060020003', story: 'was a project specialist once; a second time the vendor said no' },
  { name: 'engineer.demo', mobile: '+8610060020004', story: 'a personal account that is nobody’s specialist: can accept an invitation' },
]

type Story = { name: string; way: SpecialistWay; destination: string; state: Exclude<SpecialistState, 'LAPSED'>; invited: number; accepted?: number; bound?: number; account?: string; reason?: string }
/** Of the partner `demo`, one in each state; figures are days counted back from the seeding. The second one has lapsed. */
const stories: readonly Story[] = [
  { name: '季云帆', way: 'MOBILE', destination: '+8610060020011', state: 'INVITED', invited: 2 },
  { name: '温如初', way: 'EMAIL', destination: 'wen.ruchu@delivery.example', state: 'INVITED', invited: 12 },
  { name: '方以墨', way: 'ACCOUNT', destination: 'review.demo', state: 'UNDER_REVIEW', invited: 4, accepted: 3, account: 'review.demo' },
  { name: '苏映雪', way: 'MOBILE', destination: '+8610060020001', state: 'BOUND', invited: 160, accepted: 158, bound: 156, account: 'expert.demo' },
  { name: '陆星野', way: 'EMAIL', destination: 'lu.xingye@delivery.example', state: 'UNBOUND', invited: 300, accepted: 299, bound: 297, account: 'former.demo' },
  { name: '陆星野', way: 'MOBILE', destination: '+8610060020003', state: 'REJECTED', invited: 34, accepted: 33, account: 'former.demo', reason: '证书已过有效期，请更新后再申请。' },
  { name: '白既明', way: 'MOBILE', destination: '+8610060020012', state: 'CANCELLED', invited: 20 },
]
const qualifications: readonly Qualification[] = [
  { kind: 'employment', title: '高级交付工程师', organization: '溪山云服务工作室', from: '2021-03', to: null, note: '负责华东区政企客户的迁移与交付。' },
  { kind: 'employment', title: '运维工程师', organization: '岚桥信息技术公司', from: '2017-07', to: '2021-02', note: '' },
  { kind: 'certificate', title: '云架构师（高级）', organization: '云平台认证中心', from: '2024-11', to: '2027-11', note: '' },
  { kind: 'training', title: '数据库迁移专项培训', organization: '云平台学院', from: '2025-05', to: '2025-06', note: '' },
  { kind: 'project', title: '港口数据平台上云', organization: '交付负责人', from: '2025-02', to: '2025-09', note: '二十套业务系统分三批迁移，停机窗口控制在四小时内。' },
]

type Desk = { partnerId: string; memberIds: ReadonlyMap<string, string>; passwordHash: string }

/** Project specialists of the partner `demo` and the accounts behind them. No link of theirs is known to anybody; a new one is sent from the list. */
export async function seedSpecialists(tx: Tx, now: Date, { partnerId, memberIds, passwordHash }: Desk): Promise<void> {
  const ago = (days: number) => new Date(now.getTime() - days * 86_400_000)
  const [inviter] = memberIds.values()
  const accountId = (name: string) => uuidFrom(`account ${name}`)
  const accounts = demoSpecialistAccounts.map(({ name, mobile }) => ({ id: accountId(name), name, mobile, email: `${name}@delivery.example` }))
  await tx.run(sql`insert into cloud_accounts (id, name, mobile, email, language, password_hash, registered_at, is_personal)
    select a.id, a.name, a.mobile, a.email, 'zh-CN', ${passwordHash}, ${ago(400)}::timestamptz, true from jsonb_to_recordset(${json(accounts)}) as a(id uuid, name text, mobile text, email text)`)
  const rows = stories.map((one) => ({
    id: uuidFrom(`specialist ${one.destination}`), name: one.name, way: one.way, destination: one.destination, state: one.state, reason: one.reason ?? null, invited_at: ago(one.invited),
    expires_at: new Date(ago(one.invited).getTime() + specialistLinkLife * 1000), account_id: one.account === undefined ? null : accountId(one.account), accepted_at: one.accepted === undefined ? null : ago(one.accepted), bound_at: one.bound === undefined ? null : ago(one.bound),
  }))
  await tx.run(sql`insert into specialists (partner_id, id, name, way, destination, language, state, reason, inviter_id, invited_at, sent_at, expires_at, account_id, accepted_at, bound_at)
    select ${partnerId}::uuid, s.id, s.name, s.way, s.destination, 'zh-CN', s.state, s.reason, ${inviter ?? null}::uuid, s.invited_at, s.invited_at, s.expires_at, s.account_id, s.accepted_at, s.bound_at
      from jsonb_to_recordset(${json(rows)}) as s(id uuid, name text, way text, destination text, state text, reason text, invited_at timestamptz, expires_at timestamptz, account_id uuid, accepted_at timestamptz, bound_at timestamptz)`)
  // Whose an account is or was last: the newest of its stories.
  await tx.run(sql`insert into specialist_accounts (account_id, partner_id, specialist_id, is_active, qualifications, changed_at)
    select distinct on (s.account_id) s.account_id, s.partner_id, s.id, s.state in ('UNDER_REVIEW','BOUND'), case when s.state = 'BOUND' then ${json(qualifications)} else '[]'::jsonb end, case when s.state = 'BOUND' then ${ago(21)}::timestamptz end
      from specialists s where s.partner_id = ${partnerId}::uuid and s.account_id is not null order by s.account_id, s.invited_at desc`)
}
