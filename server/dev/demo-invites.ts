import type { AssociationType } from '#contract/customers.ts'
import { documentsFor } from '#contract/documents.ts'
import type { InviteCause } from '#contract/invites.ts'
import type { ProspectState, ReviewCause } from '#contract/prospects.ts'
import { json, list, sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { dayPart, nextNumber } from '#server/ledger/numbers.ts'
import { invitationLife, reportLife } from '#server/limits.ts'
import { maskEmail } from '#server/masking/mask.ts'
import { uuidFrom } from './demo-ids.ts'

/** Customers' accounts at the vendor that are nobody's customer yet, to sign in with behind a link. The password is that of all demo accounts. */
export const demoCustomerAccounts: readonly { name: string; mobile: string; facts: readonly string[]; ageDays: number; story: string }[] = [
  { name: 'fresh.demo', mobile: '+8610060010001', facts: [], ageDays: 0, story: 'nothing is in the way, for seven days from the seeding: it is associated' },
  { name: 'unpaid.demo', mobile: '+8610060010009', facts: ['UNPAID_BILLS'], ageDays: 2, story: 'has unpaid bills: pays first, then is invited again' },
  { name: 'old.demo', mobile: '+8610060010020', facts: ['CASH_SPEND'], ageDays: 400, story: 'registered long ago and not reported: must be preregistered first' },
  { name: 'credit.demo', mobile: '+8610060010010', facts: ['CREDIT_ACCOUNT'], ageDays: 3, story: 'has a credit account: fails as resale, is associated as referral' },
]
/** The customer of the partner `demo` who can sign in at /my; also one of the stories. */
export const demoSignedCustomer = { name: 'lzqinghe92', number: '2081458841', story: 'a customer of 青屿数科: sees its partner, its balance and what it agreed to at /my/partner' }

type Mail = { sentDays: number; type?: AssociationType; state: 'SENT' | 'OPENED' | 'FAILED' | 'ASSOCIATED' | 'REVOKED' | 'REPLACED'; cause?: InviteCause; isUndelivered?: true; account?: string }
type Report = { name: string; mobile: string; email: string | null; by: string; days: number; state: ProspectState; cause?: InviteCause; review?: { cause: ReviewCause; reason: string }; rejected?: string; customer?: string; mails?: readonly Mail[] }

/** Prospects of the partner `demo`, one in each state; `days` and `sentDays` are counted back from the seeding. */
const reports: readonly Report[] = [
  { name: '霁州澄空物流有限公司', mobile: '+8610060010002', email: 'it@chengkong.example', by: 'manager.zhang', days: 1, state: 'UNDER_REVIEW', review: { cause: 'FOLLOWED_BY_SALES', reason: '客户已由我司跟进三个月，随附往来记录。' } },
  { name: '云汐半山茶业有限公司', mobile: '+8610060010003', email: 'caigou@banshan.example', by: 'manager.zhang', days: 4, state: 'REPORTED', mails: [{ sentDays: 3, state: 'REPLACED' }, { sentDays: 1, state: 'SENT' }] },
  { name: '岚州听潮文旅有限公司', mobile: '+8610060010004', email: 'ops@tingchao.example', by: 'manager.li', days: 3, state: 'REPORTED', mails: [{ sentDays: 2, state: 'OPENED', type: 'REFERRAL' }] },
  { name: '望川白露医疗器械有限公司', mobile: '+8610060010005', email: null, by: 'manager.li', days: 13, state: 'REPORTED' },
  { name: '松陂远帆进出口有限公司', mobile: '+8610060010006', email: 'hello@yuanfan.example', by: '', days: 9, state: 'REPORTED', mails: [{ sentDays: 8, state: 'SENT' }] },
  { name: '桐屿飞鸟影像工作室', mobile: '+8610060010007', email: 'studio@feiniao.example', by: 'manager.zhang', days: 2, state: 'REPORTED', mails: [{ sentDays: 1, state: 'SENT', isUndelivered: true }] },
  { name: '泽川玉衡仪表有限公司', mobile: '+8610060010008', email: 'yuheng@yuheng.example', by: 'manager.li', days: 6, state: 'REJECTED', review: { cause: 'OWNED_BY_VENDOR_SALES', reason: '客户主动联系我司。' }, rejected: '客户由线上销售跟进中。' },
  { name: '澜浦栖木家居有限公司', mobile: '+8610060010012', email: 'it@qimu.example', by: 'manager.zhang', days: 5, state: 'ASSOCIATION_FAILED', cause: 'PHONE_DIFFERS', mails: [{ sentDays: 4, state: 'FAILED', cause: 'PHONE_DIFFERS' }] },
  { name: '星湾拾贝旅行社有限公司', mobile: '+8610060010009', email: 'caiwu@shibei.example', by: 'manager.zhang', days: 5, state: 'ASSOCIATION_FAILED', cause: 'UNPAID_BILLS', mails: [{ sentDays: 3, state: 'FAILED', cause: 'UNPAID_BILLS', account: 'unpaid.demo' }] },
  { name: '北汀寒武建材有限公司', mobile: '+8610060010010', email: 'info@hanwu.example', by: '', days: 6, state: 'ASSOCIATION_FAILED', cause: 'CREDIT_ACCOUNT', mails: [{ sentDays: 5, state: 'FAILED', cause: 'CREDIT_ACCOUNT', account: 'credit.demo' }] },
  { name: '桐屿知序软件有限公司', mobile: '+8610060010011', email: 'zhixu@zhixu.example', by: '', days: 4, state: 'ASSOCIATED', customer: '2081898094', mails: [{ sentDays: 3, state: 'ASSOCIATED' }] },
  { name: '江渚旧时光书店', mobile: '+8610060010013', email: 'shop@jiushiguang.example', by: 'manager.li', days: 20, state: 'EXPIRED', mails: [{ sentDays: 18, state: 'REVOKED' }] },
]

const activities = [
  { name: '秋季上云季', type: 'RESALE', from: -40, to: 20 }, { name: '新客首单礼', type: 'REFERRAL', from: -60, to: -5 }, { name: '冬季迁云周', type: 'RESALE', from: 25, to: 55 },
] as const
const links = [
  { kind: 'GENERAL', type: 'RESALE', label: 'demo', by: '', days: 80, opened: 214, registered: 31, associated: 18 },
  { kind: 'GENERAL', type: 'REFERRAL', label: 'manager.zhang', by: 'manager.zhang', days: 62, opened: 57, registered: 6, associated: 4 },
  { kind: 'CUSTOM', type: 'RESALE', label: '华东巡展', by: 'manager.zhang', days: 30, opened: 148, registered: 21, associated: 9 },
  { kind: 'CUSTOM', type: 'REFERRAL', label: '渠道手册第二版', by: 'manager.li', days: 45, opened: 12, registered: 0, associated: 0, revokedDays: 10 },
  { kind: 'ACTIVITY', type: 'RESALE', label: '秋季上云季', by: '', days: 38, opened: 96, registered: 14, associated: 7 },
  { kind: 'ACTIVITY', type: 'REFERRAL', label: '新客首单礼', by: 'manager.li', days: 55, opened: 33, registered: 5, associated: 5 },
] as const
/** What came of some of those links. */
const arrivals = [
  { label: '华东巡展', account: 'old.demo', state: 'FAILED', cause: 'ACCOUNT_TOO_OLD', customer: null, days: 2 }, { label: '秋季上云季', account: 'credit.demo', state: 'FAILED', cause: 'CREDIT_ACCOUNT', customer: null, days: 2 },
  { label: '华东巡展', account: null, state: 'ASSOCIATED', cause: null, customer: '2081897743', days: 2 },
] as const

export type DemoDesk = { partnerId: string; timeZone: string; memberIds: ReadonlyMap<string, string>; roles: ReadonlyMap<string, readonly string[]>; customerIds: ReadonlyMap<string, string>; passwordHash: string; /** Keyed hash under which a number is reserved. */ hashOf: (mobile: string) => string }

/** Prospects, invitations, links and activities of the partner `demo`, and accounts of customers to try them with. */
export async function seedInvites(tx: Tx, now: Date, desk: DemoDesk): Promise<void> {
  const ago = (days: number) => new Date(now.getTime() - days * 86_400_000)
  await insertAccounts(tx, desk, ago)
  await insertActivities(tx, ago)
  await insertReports(tx, desk, ago)
  await insertMails(tx, desk, ago)
  await insertLinks(tx, desk, ago)
  await insertArrivals(tx, desk, ago)
}

type Ago = (days: number) => Date
const accountId = (name: string) => uuidFrom(`account ${name}`)
const managerOf = ({ memberIds, roles }: DemoDesk, login: string) => (roles.get(login)?.includes('manager') === true ? memberIds.get(login) ?? null : null)

async function insertAccounts(tx: Tx, { partnerId, customerIds, passwordHash }: DemoDesk, ago: Ago): Promise<void> {
  const rows = demoCustomerAccounts.map(({ name, mobile, facts, ageDays }) => ({ id: accountId(name), name, mobile, facts, registered_at: ago(ageDays) }))
  await tx.run(sql`insert into cloud_accounts (id, name, mobile, language, password_hash, registered_at, facts)
    select a.id, a.name, a.mobile, 'zh-CN', ${passwordHash}, a.registered_at, array(select jsonb_array_elements_text(a.facts)) from jsonb_to_recordset(${json(rows)}) as a(id uuid, name text, mobile text, registered_at timestamptz, facts jsonb)`)
  const signed = customerIds.get(demoSignedCustomer.number) ?? null
  await tx.run(sql`update cloud_accounts set password_hash = ${passwordHash} where id = ${signed}::uuid`)
  const { agreement, privacy, notice } = documentsFor('RESALE')
  await tx.run(sql`insert into agreements (partner_id, customer_id, document, version, language, accepted_at, address)
    select c.partner_id, c.id, d.document, d.version, 'zh-CN', c.associated_at, '192.0.2.10' from customers c, (values ('agreement', ${agreement}::text), ('privacy', ${privacy}::text), ('notice', ${notice}::text)) as d(document, version)
     where c.partner_id = ${partnerId} and c.id = ${signed}::uuid`)
}

async function insertActivities(tx: Tx, ago: Ago): Promise<void> {
  const rows = activities.map(({ name, type, from, to }) => ({ id: uuidFrom(`activity ${name}`), name, type, starts_at: ago(-from), ends_at: ago(-to), created_at: ago(90) }))
  await tx.run(sql`insert into activities (id, name, association_type, starts_at, ends_at, created_at)
    select a.id, a.name, a.type, a.starts_at, a.ends_at, a.created_at from jsonb_to_recordset(${json(rows)}) as a(id uuid, name text, type text, starts_at timestamptz, ends_at timestamptz, created_at timestamptz)`)
}

const prospectId = (name: string) => uuidFrom(`prospect ${name}`)
const mailId = (name: string, at: number) => uuidFrom(`invitation ${name} ${at}`)
const isHeld = ({ state }: Report) => ['UNDER_REVIEW', 'REPORTED', 'ASSOCIATION_FAILED'].includes(state)

async function insertReports(tx: Tx, desk: DemoDesk, ago: Ago): Promise<void> {
  const { partnerId, memberIds, customerIds, hashOf } = desk
  const rows = reports.map((report) => ({
    id: prospectId(report.name), name: report.name, mobile: report.mobile, email: report.email, state: report.state === 'EXPIRED' ? 'REPORTED' : report.state, cause: report.cause ?? null,
    review_reason: report.review?.reason ?? null, review_cause: report.review?.cause ?? null, reject_reason: report.rejected ?? null, manager_id: managerOf(desk, report.by), reporter_id: memberIds.get(report.by),
    reported_at: ago(report.days), expires_at: report.state === 'UNDER_REVIEW' || report.state === 'REJECTED' ? null : ago(report.days - reportLife / 86_400),
    last_invitation_id: report.mails?.length ? mailId(report.name, report.mails.length - 1) : null, customer_id: report.customer === undefined ? null : customerIds.get(report.customer), hash: hashOf(report.mobile), held: isHeld(report),
  }))
  await tx.run(sql`insert into prospects (partner_id, id, name, mobile, email, state, cause, review_reason, review_cause, reject_reason, manager_id, reporter_id, reported_at, expires_at, last_invitation_id, customer_id)
    select ${partnerId}::uuid, p.id, p.name, p.mobile, p.email, p.state, p.cause, p.review_reason, p.review_cause, p.reject_reason, p.manager_id, p.reporter_id, p.reported_at, p.expires_at, p.last_invitation_id, p.customer_id
      from jsonb_to_recordset(${json(rows)}) as p(id uuid, name text, mobile text, email text, state text, cause text, review_reason text, review_cause text, reject_reason text, manager_id uuid, reporter_id uuid, reported_at timestamptz, expires_at timestamptz, last_invitation_id uuid, customer_id uuid)`)
  const held = rows.filter((row) => row.held)
  await tx.run(sql`insert into reservations (mobile_hash, partner_id, prospect_id, expires_at) select hash, ${partnerId}::uuid, id, until
    from unnest(${list(held.map(({ hash }) => hash))}::text[], ${list(held.map(({ id }) => id))}::uuid[], ${list(held.map(({ expires_at: until }) => until))}::timestamptz[]) as r(hash, id, until)`)
}

async function insertMails(tx: Tx, desk: DemoDesk, ago: Ago): Promise<void> {
  const { partnerId, memberIds, customerIds, timeZone } = desk
  const mails = reports.flatMap((report) => (report.mails ?? []).map((mail, at) => ({ report, mail, at }))).toSorted((a, b) => b.mail.sentDays - a.mail.sentDays)
  for (const { report, mail, at } of mails) {
    const [sentAt, messageId] = [ago(mail.sentDays), uuidFrom(`invitation mail ${report.name} ${at}`)]
    const isSeen = ['OPENED', 'FAILED', 'ASSOCIATED'].includes(mail.state)
    await tx.run(sql`insert into messages (partner_id, id, kind, channel, to_masked, state, attempts, reason, at, due_at)
      values (${partnerId}::uuid, ${messageId}::uuid, ${at === 0 ? 'IN-01' : 'IN-02'}, 'email', ${maskEmail(report.email ?? '')}, ${mail.isUndelivered ? 'failed' : 'sent'}, ${mail.isUndelivered ? 5 : 1}::int, ${mail.isUndelivered ? 'refused' : null}::text, ${sentAt}::timestamptz, ${sentAt}::timestamptz)`)
    await tx.run(sql`insert into invitations (partner_id, id, number, kind, association_type, prospect_id, message_id, name, mobile, email, account_id, account_name, inviter_id, manager_id, sent_at, expires_at, state, cause, opened_at, registered_at, associated_at, customer_id)
      values (${partnerId}::uuid, ${mailId(report.name, at)}::uuid, ${nextNumber('IV', 'invitation_numbers', dayPart(sentAt, timeZone))}, 'MAIL', ${mail.type ?? 'RESALE'}, ${prospectId(report.name)}::uuid, ${messageId}::uuid, ${report.name}, ${report.mobile}, ${report.email}::text,
        ${mail.account === undefined ? null : accountId(mail.account)}::uuid, ${mail.account ?? null}::text, ${memberIds.get(report.by) ?? null}::uuid, ${managerOf(desk, report.by)}::uuid, ${sentAt}::timestamptz, ${ago(mail.sentDays - invitationLife / 86_400)}::timestamptz,
        ${mail.state}, ${mail.cause ?? null}::text, ${isSeen ? ago(mail.sentDays - 0.2) : null}::timestamptz, ${mail.state === 'ASSOCIATED' ? ago(1.02) : null}::timestamptz, ${mail.state === 'ASSOCIATED' ? ago(1) : null}::timestamptz, ${mail.state === 'ASSOCIATED' ? customerIds.get(report.customer ?? '') ?? null : null}::uuid)`)
  }
}

const linkId = (label: string) => uuidFrom(`link ${label}`)

async function insertLinks(tx: Tx, desk: DemoDesk, ago: Ago): Promise<void> {
  const rows = links.map((link) => {
    const activity = link.kind === 'ACTIVITY' ? activities.find(({ name }) => name === link.label) : undefined
    return {
      id: linkId(link.label), kind: link.kind, type: link.type, label: link.label, activity_id: activity ? uuidFrom(`activity ${activity.name}`) : null, creator_id: desk.memberIds.get(link.by), manager_id: managerOf(desk, link.by), created_at: ago(link.days),
      revoked_at: 'revokedDays' in link ? ago(link.revokedDays) : null, starts_at: activity ? ago(-activity.from) : null, ends_at: activity ? ago(-activity.to) : null, opened: link.opened, registered: link.registered, associated: link.associated, last_used_at: ago(Math.min(link.days, 12) / 8),
    }
  })
  await tx.run(sql`insert into invite_links (partner_id, id, kind, association_type, label, activity_id, creator_id, manager_id, created_at, revoked_at, starts_at, ends_at, opened, registered, associated, last_used_at)
    select ${desk.partnerId}::uuid, l.id, l.kind, l.type, l.label, l.activity_id, l.creator_id, l.manager_id, l.created_at, l.revoked_at, l.starts_at, l.ends_at, l.opened, l.registered, l.associated, l.last_used_at
      from jsonb_to_recordset(${json(rows)}) as l(id uuid, kind text, type text, label text, activity_id uuid, creator_id uuid, manager_id uuid, created_at timestamptz, revoked_at timestamptz, starts_at timestamptz, ends_at timestamptz, opened int, registered int, associated int, last_used_at timestamptz)`)
}

async function insertArrivals(tx: Tx, { partnerId, customerIds, timeZone }: DemoDesk, ago: Ago): Promise<void> {
  for (const { label, account, state, cause, customer, days } of arrivals) {
    const account_id = account === null ? customerIds.get(customer) ?? null : accountId(account)
    const at = ago(days)
    await tx.run(sql`insert into invitations (partner_id, id, number, kind, association_type, link_id, name, mobile, email, account_id, account_name, inviter_id, manager_id, label, sent_at, expires_at, state, cause, opened_at, registered_at, associated_at, customer_id)
      select l.partner_id, ${uuidFrom(`arrival ${label} ${account ?? customer}`)}::uuid, ${nextNumber('IV', 'invitation_numbers', dayPart(at, timeZone))}, l.kind, l.association_type, l.id, a.name, a.mobile, a.email, a.id, a.name, l.creator_id, l.manager_id, l.label,
        ${at}::timestamptz, l.ends_at, ${state}, ${cause}::text, ${at}::timestamptz, ${customer === null ? null : at}::timestamptz, ${customer === null ? null : at}::timestamptz, ${customer === null ? null : account_id}::uuid
        from invite_links l, cloud_accounts a where l.partner_id = ${partnerId} and l.id = ${linkId(label)}::uuid and a.id = ${account_id}::uuid`)
  }
}
