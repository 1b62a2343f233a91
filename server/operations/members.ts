import { randomBytes, randomUUID } from 'node:crypto'
import type { Locale, Permission, Role } from '#contract/people.ts'
import { isAdministrator, type Actor } from '#server/auth/actor.ts'
import { hashPassword } from '#server/auth/password.ts'
import { permissionsOf, type MemberRoles, type Rights } from '#server/auth/permissions.ts'
import type { Secrets } from '#server/auth/secrets.ts'
import { endEverySession } from '#server/auth/sessions.ts'
import { json, list, sql, type SQL } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { resetSubject } from '#server/features/security/reset-subject.ts'
import { Refusal } from '#server/http/refusal.ts'
import { setUpLife } from '#server/limits.ts'
import { voidCodes } from '#server/proofs/public-codes.ts'

// What becomes of members, the same for a partner's own administrators and for the vendor's operator.

export type MemberState = 'ACTIVE' | 'DISABLED'
/** A member in the clear. */
export type HeldMember = MemberRoles & {
  id: string; login: string; name: string; /** Since when each role is had, by name or id. */ roleSince: Record<string, string>; state: MemberState; mobile: string | null; email: string | null; emailVerified: boolean; mobileVerified: boolean; language: Locale
  department: string; extra: string[]; removed: string[]; directorId: string | null; awaitsPassword: boolean
}

/** Changes of a partner's people queue at its row: of two who take the last administrator's right, the second finds that out. */
export const queueForPeople = (tx: Tx, partnerId: string): Promise<unknown> => tx.rows(sql`select 1 from partners where id = ${partnerId}::uuid for no key update`)

/** As queueForPeople, for a member who calls: what may be done is asked again, because whoever was ahead in the queue may have taken it away.
 *  Refuses with not_signed_in whoever was disabled or signed out meanwhile, and with no_permission whoever lost the permission or is no administrator any more. */
export async function queueAs(tx: Tx, actor: Actor, permission: Permission): Promise<void> {
  await queueForPeople(tx, actor.partner.id)
  const [now] = await tx.rows<MemberRoles & Rights>(sql`select m.roles, member_custom_roles(m.partner_id, m.custom_role_ids) as "customRoles", m.extra_permissions as extra, m.removed_permissions as removed
    from members m join sessions s on s.partner_id = m.partner_id and s.member_id = m.id where m.partner_id = ${actor.partner.id}::uuid and m.id = ${actor.member.id}::uuid and m.state = 'ACTIVE' and s.id = ${actor.sessionId}::uuid`)
  if (!now) throw new Refusal('not_signed_in')
  const permissions = permissionsOf(now)
  // Whatever else is decided by what the actor may do was decided by what has just been read.
  if (!permissions.has(permission) || [...actor.permissions].some((one) => !permissions.has(one)) || (isAdministrator(actor) && !now.roles.includes('administrator'))) throw new Refusal('no_permission')
}

/** @returns the member with this id or login name who was not deleted, held to the end of the transaction: nobody gives it a customer meanwhile. */
export async function holdMember(tx: Tx, partnerId: string, by: { id: string } | { login: string }): Promise<HeldMember | undefined> {
  const [member] = await tx.rows<HeldMember>(sql`select id, login, name, roles, member_custom_roles(partner_id, custom_role_ids) as "customRoles", role_since as "roleSince", state, mobile, email, mobile_verified as "mobileVerified", email_verified as "emailVerified", language,
      department, extra_permissions as extra, removed_permissions as removed, director_id as "directorId", awaits_password as "awaitsPassword"
    from members where partner_id = ${partnerId}::uuid and state <> 'DELETED' and ${'id' in by ? sql`id = ${by.id}::uuid` : sql`login = ${by.login}`} for update`)
  return member
}

export type NewMember = {
  login: string; name: string; mobile: string | null; email: string | null; mobileVerified?: boolean; emailVerified?: boolean
  given: MemberRoles; extra: readonly string[]; directorId: string | null; language: Locale; department?: string | undefined
  /** Left out: a link will set the first one. */
  passwordHash?: string | undefined
}

/** @returns the id of the new member; undefined where the partner has somebody with that login name, also when a rival made it this moment. */
export async function insertMember(tx: Tx, now: Date, partner: { id: string; account: string }, member: NewMember): Promise<string | undefined> {
  const id = randomUUID()
  const made = await tx.run(sql`insert into members (partner_id, id, login, name, mobile, email, mobile_verified, email_verified, roles, custom_role_ids, role_since, department, extra_permissions, removed_permissions, director_id, language, state, created_at, awaits_password)
    values (${partner.id}::uuid, ${id}::uuid, ${member.login}, ${member.name}, ${member.mobile}::text, ${member.email}::text, ${member.mobileVerified === true}::boolean, ${member.emailVerified === true}::boolean,
      ${rolesColumns(member.given)}, ${json(sinceOf(now, member.given, {}))}, ${member.department ?? ''}, ${list(member.extra)}::text[], '{}', ${member.directorId}::uuid, ${member.language}, 'ACTIVE', ${now}::timestamptz, ${member.passwordHash === undefined}::boolean) on conflict (partner_id, login) do nothing`)
  if (made === 0) return undefined
  await tx.run(sql`insert into logins (account, login, password_hash, partner_id, member_id, password_set_at)
    values (${partner.account}, ${member.login}, ${member.passwordHash ?? await unknownPassword()}, ${partner.id}::uuid, ${id}::uuid, ${member.passwordHash === undefined ? null : now}::timestamptz)`)
  return id
}

const rolesColumns = ({ roles, customRoles }: MemberRoles): SQL => sql`${list(roles)}::text[], ${list(customRoles.map(({ id }) => id))}::uuid[]`
const keysOf = ({ roles, customRoles }: MemberRoles): string[] => [...roles, ...customRoles.map(({ id }) => id)]
/** A role that stays keeps its date. */
const sinceOf = (now: Date, given: MemberRoles, before: Readonly<Record<string, string>>): Record<string, string> => Object.fromEntries(keysOf(given).map((key) => [key, before[key] ?? now.toISOString()]))

/** @returns whether two members have the same roles, in whatever order. */
export const areSameRoles = (one: MemberRoles, other: MemberRoles): boolean => keysOf(one).toSorted().join() === keysOf(other).toSorted().join()

export type MemberChange = {
  name?: string | undefined; mobile?: string | undefined; email?: string | undefined; mobileVerified?: boolean; emailVerified?: boolean; language?: Locale | undefined
  department?: string | undefined; /** All roles from now on. */ given?: MemberRoles | undefined; state?: MemberState | undefined; rights?: Rights; directorId?: string | null | undefined; /** Replaces the old one. */ passwordHash?: string | undefined
}

/** Changes a held member; what is left out stays. A changed contact counts as not verified, and a link sent to the old one is over. Whoever leaves the role of a
 *  director leaves the managers without one. @returns whether all sign-ins ended: of a member who is disabled, or has a new password, other roles or a new contact. */
export async function updateMember(tx: Tx, now: Date, partnerId: string, member: HeldMember, change: MemberChange): Promise<boolean> {
  const given = change.given ?? member
  await tx.run(sql`update members set name = coalesce(${change.name ?? null}::text, name), (roles, custom_role_ids) = row(${rolesColumns(given)}), role_since = ${json(sinceOf(now, given, member.roleSince))}, department = coalesce(${change.department ?? null}::text, department), state = coalesce(${change.state ?? null}::text, state), language = coalesce(${change.language ?? null}::text, language),
      mobile_verified = case when ${change.mobileVerified === true}::boolean then true when ${change.mobile ?? null}::text <> mobile then false else mobile_verified end,
      email_verified = case when ${change.emailVerified === true}::boolean then true when ${change.email ?? null}::text <> email then false else email_verified end,
      mobile = coalesce(${change.mobile ?? null}::text, mobile), email = coalesce(${change.email ?? null}::text, email),
      extra_permissions = ${list(change.rights?.extra ?? member.extra)}::text[], removed_permissions = ${list(change.rights?.removed ?? member.removed)}::text[],
      director_id = case when ${change.directorId !== undefined}::boolean then ${change.directorId ?? null}::uuid else director_id end
    where partner_id = ${partnerId}::uuid and id = ${member.id}::uuid`)
  if (change.passwordHash !== undefined) await tx.run(sql`update logins set password_hash = ${change.passwordHash}, password_set_at = ${now}::timestamptz where partner_id = ${partnerId}::uuid and member_id = ${member.id}::uuid`)
  if (member.roles.includes('director') && !given.roles.includes('director')) await tx.run(sql`update members set director_id = null where partner_id = ${partnerId}::uuid and director_id = ${member.id}::uuid`)
  const isNew = (field: 'mobile' | 'email') => change[field] !== undefined && change[field] !== member[field]
  if (isNew('mobile') || isNew('email')) await tx.run(sql`delete from set_ups where partner_id = ${partnerId}::uuid and member_id = ${member.id}::uuid`)
  const isOut = change.passwordHash !== undefined || change.state === 'DISABLED' || !areSameRoles(given, member) || isNew('mobile') || isNew('email')
  if (isOut) await endEverySession(tx, partnerId, member.id)
  return isOut
}

/** A code for a forgotten password that is on its way opens nothing any more: it went to a contact that was changed, or to somebody who is out. */
export const voidResetCode = (tx: Tx, secrets: Pick<Secrets, 'code'>, partner: { account: string }, { login }: Pick<HeldMember, 'login'>): Promise<void> => voidCodes(tx, [resetSubject(secrets, partner.account, login)])

/** Why a member cannot be given these roles and this state. `customers`: of an account manager who would leave them behind; `open_handover`: that a deleted one would be missing in. */
export type Stays = { why: 'open_handover' } | { why: 'master_account' } | { why: 'last_administrator' } | { why: 'customers'; count: number }

/** Without it an administrator changes nobody, and could not give it back to anybody. */
const toManage: Permission = 'org.member'

/** @param member held, after queueForPeople. @param removed permissions that the member does without from now on. @returns what keeps the member as it is, if anything does. */
export async function whatKeeps(tx: Tx, partnerId: string, member: HeldMember, roles: readonly Role[], state: MemberState | 'DELETED', removed: readonly string[] = member.removed): Promise<Stays | undefined> {
  const loses = (role: Role) => member.roles.includes(role) && (!roles.includes(role) || state !== 'ACTIVE')
  if (loses('administrator') && member.login === '') return { why: 'master_account' }
  if (loses('administrator') || (member.roles.includes('administrator') && removed.includes(toManage) && !member.removed.includes(toManage))) {
    // Whoever has not set a password yet cannot take over, nor whoever may not manage members.
    const [others] = await tx.rows<{ count: number }>(sql`select count(*)::int as count from members
      where partner_id = ${partnerId}::uuid and 'administrator' = any(roles) and state = 'ACTIVE' and not awaits_password and ${toManage} <> all(removed_permissions) and id <> ${member.id}::uuid`)
    if (others?.count === 0) return { why: 'last_administrator' }
  }
  if (loses('manager')) {
    const [own] = await tx.rows<{ count: number }>(sql`select count(*)::int as count from customers where partner_id = ${partnerId}::uuid and manager_id = ${member.id}::uuid`)
    if (own !== undefined && own.count > 0) return { why: 'customers', count: own.count }
  }
  if (state === 'DELETED') {
    const open = await tx.rows(sql`select 1 from handovers where partner_id = ${partnerId}::uuid and (from_id = ${member.id}::uuid or to_id = ${member.id}::uuid) and state in ('PLANNED', 'RUNNING') limit 1`)
    if (open.length > 0) return { why: 'open_handover' }
  }
  return undefined
}

/** @returns how long a link for the first password lives, in seconds. */
export const firstLinkLife = (roles: readonly Role[]): number => (roles.includes('administrator') ? setUpLife.administrator : setUpLife.member)

let unknown: Promise<string> | undefined
/** @returns the hash of a password that nobody has ever known: an account that waits for its link. */
export const unknownPassword = (): Promise<string> => (unknown ??= hashPassword(randomBytes(32).toString('base64url')))
