import type { Locale } from '#contract/people.ts'
import { Qualification, type SpecialistFilter, type SpecialistSort, type SpecialistState, type SpecialistWay } from '#contract/specialists.ts'
import * as z from 'zod/mini'
import { every } from '#server/db/days.ts'
import { sql, type SQL } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { LookUp } from '#server/operations/look-up.ts'

/** A specialist as the list shows it, in the clear. */
export type SpecialistRecord = {
  id: string; name: string; way: SpecialistWay; destination: string; language: Locale; state: SpecialistState; reason: string | null; inviterId: string; inviterName: string; messageId: string | null
  invitedAt: Date; sentAt: Date; expiresAt: Date; accountId: string | null; acceptedAt: Date | null; boundAt: Date | null; /** The account that accepted, else the invited one. */ account: string | null; isUndelivered: boolean
}

const stateAt = (now: Date): SQL => sql`case when s.state = 'INVITED' and s.expires_at <= ${now}::timestamptz then 'LAPSED' else s.state end`
const selected = (now: Date): SQL => sql`
  select s.id, s.name, s.way, s.destination, s.language, ${stateAt(now)} as state, s.reason, s.inviter_id as "inviterId", m.name as "inviterName", s.message_id as "messageId", s.invited_at as "invitedAt", s.sent_at as "sentAt", s.expires_at as "expiresAt",
         s.account_id as "accountId", s.accepted_at as "acceptedAt", s.bound_at as "boundAt", coalesce(a.name, case when s.way = 'ACCOUNT' then s.destination end) as account,
         s.state = 'INVITED' and s.way <> 'ACCOUNT' and coalesce(mail.state in ('failed', 'dropped'), false) as "isUndelivered"
    from specialists s join members m on m.partner_id = s.partner_id and m.id = s.inviter_id left join cloud_accounts a on a.id = s.account_id
    left join messages mail on mail.partner_id = s.partner_id and mail.id = s.message_id`
const orders: Record<SpecialistSort, SQL> = { '-invitedAt': sql`s.invited_at desc, s.id desc`, invitedAt: sql`s.invited_at, s.id` }

/** @returns one page of the partner's specialists that match, and how many match in all. */
export async function findSpecialists(tx: Tx, now: Date, partnerId: string, { filter, sort, lookUp }: { filter: SpecialistFilter; sort: SpecialistSort; lookUp: LookUp | undefined }, page: { offset: number; limit: number }): Promise<{ rows: SpecialistRecord[]; total: number }> {
  const where = every([sql`s.partner_id = ${partnerId}`, ...(filter.state === undefined ? [] : [sql`${stateAt(now)} = ${filter.state}`]), ...(lookUp === undefined ? [] : lookedUp(lookUp))])
  const rows = await tx.rows<SpecialistRecord>(sql`${selected(now)} where ${where} order by ${orders[sort]} limit ${page.limit}::int offset ${page.offset}::int`)
  const [counted] = await tx.rows<{ total: number }>(sql`select count(*)::int as total from specialists s where ${where}`)
  return { rows, total: counted?.total ?? 0 }
}

const lookedUp = ({ name, mobile, email }: LookUp): SQL[] => [
  ...(name === undefined ? [] : [sql`strpos(lower(normalize(s.name, NFKC)), lower(normalize(${name}::text, NFKC))) > 0`]),
  ...(mobile === undefined ? [] : [sql`s.way = 'MOBILE' and ${'full' in mobile ? sql`s.destination = ${mobile.full}` : sql`right(s.destination, 4) = ${mobile.last4}`}`]),
  ...(email === undefined ? [] : [sql`s.way = 'EMAIL' and ${'full' in email ? sql`s.destination = ${email.full}` : sql`right(s.destination, 4) = ${email.last4}`}`]),
]

/** @param lock holds the row to the end of the transaction: of two who change it one goes first. @returns the partner's specialist with this id. */
export async function readSpecialist(tx: Tx, now: Date, partnerId: string, id: string, lock = false): Promise<SpecialistRecord | undefined> {
  if (lock) await tx.rows(sql`select 1 from specialists where partner_id = ${partnerId} and id = ${id}::uuid for no key update`)
  const [row] = await tx.rows<SpecialistRecord>(sql`${selected(now)} where s.partner_id = ${partnerId} and s.id = ${id}::uuid`)
  return row
}

/** Ends what the present link opens, and its message if it still waits. */
export async function voidLink(tx: Tx, partnerId: string, { id, messageId }: Pick<SpecialistRecord, 'id' | 'messageId'>): Promise<void> {
  await tx.run(sql`delete from specialist_tokens where partner_id = ${partnerId} and specialist_id = ${id}::uuid`)
  await tx.run(sql`update messages set state = 'dropped', reason = 'void', sealed = null where partner_id = ${partnerId} and state = 'queued' and id = ${messageId}::uuid`)
}

/** The account may become somebody else's specialist; its qualifications stay its own. */
export const releaseAccount = (tx: Tx, { id, accountId }: Pick<SpecialistRecord, 'id' | 'accountId'>): Promise<number> =>
  tx.run(sql`update specialist_accounts set is_active = false where account_id = ${accountId}::uuid and specialist_id = ${id}::uuid`)

export type Kept = { partnerId: string; specialistId: string; items: Qualification[]; changedAt: Date | null }

/** @returns what an account keeps as a specialist; undefined when it never was one. */
export async function readKept(tx: Tx, accountId: string): Promise<Kept | undefined> {
  const [row] = await tx.rows<Omit<Kept, 'items'> & { items: unknown }>(sql`select partner_id as "partnerId", specialist_id as "specialistId", qualifications as items, changed_at as "changedAt" from specialist_accounts where account_id = ${accountId}::uuid`)
  return row && { ...row, items: z.array(Qualification).parse(row.items) }
}
