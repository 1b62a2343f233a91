import type { MemberFilter, MemberSort, MemberState } from '#contract/members.ts'
import type { Locale, Role } from '#contract/people.ts'
import type { Actor } from '#server/auth/actor.ts'
import { signInLocks } from '#server/auth/sign-in-locks.ts'
import type { Secrets } from '#server/auth/secrets.ts'
import { every } from '#server/db/days.ts'
import { list, sql, type SQL } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { sessionAbsolute } from '#server/limits.ts'
import type { LookUp } from '#server/operations/look-up.ts'

/** A member as the list shows it, in the clear. */
export type MemberRecord = {
  id: string; name: string; login: string; mobile: string | null; email: string | null; roles: Role[]; customRoles: { id: string; name: string; permissions: string[] }[]; roleSince: Record<string, string>; department: string; extra: string[]; removed: string[]; directorId: string | null; directorName: string | null
  customers: number; state: MemberState; lastSignInAt: Date | null; createdAt: Date; language: Locale; signIns: number; verificationUntil: Date | null; isLast: boolean
}
/** What a read of members needs to know of the moment. */
export type Moment = { now: Date; idleSeconds: number; /** Login names that too many failures keep out, and until when. */ locks: ReadonlyMap<string, Date> }

/** @returns who of the partner cannot sign in at present; counted under keyed hashes, so all login names are asked for at once. */
export async function readLocks(tx: Tx, now: Date, secrets: Pick<Secrets, 'code'>, { partner }: Pick<Actor, 'partner'>): Promise<Map<string, Date>> {
  const members = await tx.rows<{ login: string }>(sql`select login from members where partner_id = ${partner.id} and state <> 'DELETED'`)
  return await signInLocks(tx, now, secrets, partner.account, members.map(({ login }) => login))
}

const stateOf = ({ now, locks }: Moment): SQL => sql`case when m.state = 'DISABLED' then 'DISABLED' when m.awaits_password then 'INVITED'
  when g.locked_until > ${now}::timestamptz or m.login = any(${list([...locks.keys()])}::text[]) then 'LOCKED' else 'ACTIVE' end`

/** Sessions that still work, of a member `m`. */
const living = ({ now, idleSeconds }: Moment): SQL => sql`s.partner_id = m.partner_id and s.member_id = m.id and s.seen_at > ${new Date(now.getTime() - idleSeconds * 1000)}::timestamptz
  and s.started_at > ${new Date(now.getTime() - sessionAbsolute * 1000)}::timestamptz`

const source = sql`members m left join verification_guards g on g.partner_id = m.partner_id and g.member_id = m.id`

const selected = (moment: Moment): SQL => sql`
  select m.id, m.name, m.login, m.mobile, m.email, m.roles, member_custom_roles(m.partner_id, m.custom_role_ids) as "customRoles", m.role_since as "roleSince", m.department, m.extra_permissions as extra, m.removed_permissions as removed, m.director_id as "directorId", d.name as "directorName",
         (select count(*)::int from customers c where c.partner_id = m.partner_id and c.manager_id = m.id) as customers, ${stateOf(moment)} as state, m.last_sign_in_at as "lastSignInAt", m.created_at as "createdAt", m.language,
         (select count(*)::int from sessions s where ${living(moment)}) as "signIns", case when g.locked_until > ${moment.now}::timestamptz then g.locked_until end as "verificationUntil",
         'administrator' = any(m.roles) and m.state = 'ACTIVE' and not exists (select 1 from members o where o.partner_id = m.partner_id and 'administrator' = any(o.roles) and o.state = 'ACTIVE' and not o.awaits_password and o.id <> m.id) as "isLast"
    from ${source} left join members d on d.partner_id = m.partner_id and d.id = m.director_id`

const orders: Record<MemberSort, SQL> = {
  '-createdAt': sql`m.created_at desc, m.id desc`, createdAt: sql`m.created_at, m.id`, '-lastSignInAt': sql`m.last_sign_in_at desc nulls last, m.id desc`, lastSignInAt: sql`m.last_sign_in_at nulls first, m.id`,
  '-customers': sql`customers desc, m.id desc`, customers: sql`customers, m.id`,
}

/** @returns the members that match, one page of them, and how many match in all. */
export async function findMembers(tx: Tx, actor: Actor, moment: Moment, { filter, sort, lookUp, selected: ids }: { filter: MemberFilter; sort: MemberSort; lookUp: LookUp | undefined; selected?: readonly string[] | undefined }, page: { offset: number; limit: number }): Promise<{ rows: MemberRecord[]; total: number }> {
  const where = every([
    sql`m.partner_id = ${actor.partner.id} and m.state <> 'DELETED'`, ...(filter.customRoleId === undefined ? [] : [sql`${filter.customRoleId}::uuid = any(m.custom_role_ids)`]), ...(filter.role === undefined ? [] : [sql`${filter.role} = any(m.roles)`]), ...(filter.state === undefined ? [] : [sql`${stateOf(moment)} = ${filter.state}`]),
    ...(filter.login === undefined ? [] : [sql`strpos(m.login, lower(${filter.login})) > 0`]), ...(lookUp === undefined ? [] : lookedUp(lookUp)), ...(ids === undefined ? [] : [sql`m.id = any(${list(ids)}::uuid[])`]),
  ])
  const rows = await tx.rows<MemberRecord>(sql`${selected(moment)} where ${where} order by ${orders[sort]} limit ${page.limit}::int offset ${page.offset}::int`)
  const [counted] = await tx.rows<{ total: number }>(sql`select count(*)::int as total from ${source} where ${where}`)
  return { rows, total: counted?.total ?? 0 }
}

const lookedUp = ({ name, mobile, email }: LookUp): SQL[] => [
  ...(name === undefined ? [] : [sql`strpos(lower(normalize(m.name, NFKC)), lower(normalize(${name}::text, NFKC))) > 0`]),
  ...(mobile === undefined ? [] : ['full' in mobile ? sql`m.mobile = ${mobile.full}` : sql`right(m.mobile, 4) = ${mobile.last4}`]),
  ...(email === undefined ? [] : ['full' in email ? sql`m.email = ${email.full}` : sql`right(m.email, 4) = ${email.last4}`]),
]

/** @returns the partner's member with this id, or undefined. */
export async function readMember(tx: Tx, actor: Actor, moment: Moment, id: string): Promise<MemberRecord | undefined> {
  const [row] = await tx.rows<MemberRecord>(sql`${selected(moment)} where m.partner_id = ${actor.partner.id} and m.state <> 'DELETED' and m.id = ${id}::uuid`)
  return row
}

export type SessionRecord = { id: string; startedAt: Date; seenAt: Date; address: string; agent: string }
/** @returns the member's sign-ins that still work, the newest first. */
export const readSessions = (tx: Tx, actor: Actor, moment: Moment, id: string): Promise<SessionRecord[]> => tx.rows<SessionRecord>(sql`
  select s.id, s.started_at as "startedAt", s.seen_at as "seenAt", s.address, s.agent from members m join sessions s on ${living(moment)} where m.partner_id = ${actor.partner.id} and m.id = ${id}::uuid order by s.started_at desc, s.id`)

/** @returns how many authenticators a member has, and whether a unified ID signs in as it. */
export async function readConfirmations(tx: Tx, actor: Actor, id: string): Promise<{ authenticators: number; isUnified: boolean }> {
  const [row] = await tx.rows<{ authenticators: number; isUnified: boolean }>(sql`
    select (select count(*)::int from authenticators where partner_id = ${actor.partner.id} and member_id = ${id}::uuid) as authenticators,
           exists (select 1 from identities where partner_id = ${actor.partner.id} and member_id = ${id}::uuid) as "isUnified"`)
  return row ?? { authenticators: 0, isUnified: false }
}
