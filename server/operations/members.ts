import { randomBytes, randomUUID } from 'node:crypto'
import type { Locale, Role } from '#contract/people.ts'
import { hashPassword } from '#server/auth/password.ts'
import type { Secrets } from '#server/auth/secrets.ts'
import { endEverySession } from '#server/auth/sessions.ts'
import { list, sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { resetSubject } from '#server/features/security/reset-subject.ts'
import { setUpLife } from '#server/limits.ts'
import { voidCodes } from '#server/proofs/public-codes.ts'
import type { Rights } from './member-rights.ts'

// What becomes of members, the same for a partner's own administrators and for the vendor's operator.

export type MemberState = 'ACTIVE' | 'DISABLED'
/** A member in the clear. */
export type HeldMember = {
  id: string; login: string; name: string; role: Role; state: MemberState; mobile: string | null; email: string | null; emailVerified: boolean; mobileVerified: boolean; language: Locale
  extra: string[]; removed: string[]; directorId: string | null; awaitsPassword: boolean
}

/** Changes of a partner's people queue at its row: of two who take the last administrator's right, the second finds that out. */
export const queueForPeople = (tx: Tx, partnerId: string): Promise<unknown> => tx.rows(sql`select 1 from partners where id = ${partnerId}::uuid for no key update`)

/** @returns the member with this id or login name, held to the end of the transaction: nobody gives it a customer meanwhile. */
export async function holdMember(tx: Tx, partnerId: string, by: { id: string } | { login: string }): Promise<HeldMember | undefined> {
  const [member] = await tx.rows<HeldMember>(sql`select id, login, name, role, state, mobile, email, mobile_verified as "mobileVerified", email_verified as "emailVerified", language,
      extra_permissions as extra, removed_permissions as removed, director_id as "directorId", awaits_password as "awaitsPassword"
    from members where partner_id = ${partnerId}::uuid and ${'id' in by ? sql`id = ${by.id}::uuid` : sql`login = ${by.login}`} for update`)
  return member
}

export type NewMember = {
  login: string; name: string; mobile: string | null; email: string | null; mobileVerified?: boolean; emailVerified?: boolean
  role: Role; extra: readonly string[]; directorId: string | null; language: Locale
  /** Left out: a link will set the first one. */
  passwordHash?: string | undefined
}

/** @returns the id of the new member; undefined where the partner has somebody with that login name, also when a rival made it this moment. */
export async function insertMember(tx: Tx, now: Date, partner: { id: string; account: string }, member: NewMember): Promise<string | undefined> {
  const id = randomUUID()
  const made = await tx.run(sql`insert into members (partner_id, id, login, name, mobile, email, mobile_verified, email_verified, role, extra_permissions, removed_permissions, director_id, language, state, created_at, awaits_password)
    values (${partner.id}::uuid, ${id}::uuid, ${member.login}, ${member.name}, ${member.mobile}::text, ${member.email}::text, ${member.mobileVerified === true}::boolean, ${member.emailVerified === true}::boolean,
      ${member.role}, ${list(member.extra)}::text[], '{}', ${member.directorId}::uuid, ${member.language}, 'ACTIVE', ${now}::timestamptz, ${member.passwordHash === undefined}::boolean) on conflict (partner_id, login) do nothing`)
  if (made === 0) return undefined
  await tx.run(sql`insert into logins (account, login, password_hash, partner_id, member_id) values (${partner.account}, ${member.login}, ${member.passwordHash ?? await unknownPassword()}, ${partner.id}::uuid, ${id}::uuid)`)
  return id
}

export type MemberChange = {
  name?: string | undefined; mobile?: string | undefined; email?: string | undefined; mobileVerified?: boolean; emailVerified?: boolean; language?: Locale | undefined
  role?: Role | undefined; state?: MemberState | undefined; rights?: Rights; directorId?: string | null | undefined; /** Replaces the old one. */ passwordHash?: string | undefined
}

/** Changes a held member; what is left out stays. A changed contact counts as not verified, and a link sent to the old one is over. Whoever leaves the role of a
 *  director leaves the managers without one. @returns whether all sign-ins ended: of a member who is disabled, or has a new password, role or contact. */
export async function updateMember(tx: Tx, partnerId: string, member: HeldMember, change: MemberChange): Promise<boolean> {
  const role = change.role ?? member.role
  await tx.run(sql`update members set name = coalesce(${change.name ?? null}::text, name), role = ${role}, state = coalesce(${change.state ?? null}::text, state), language = coalesce(${change.language ?? null}::text, language),
      mobile_verified = case when ${change.mobileVerified === true}::boolean then true when ${change.mobile ?? null}::text <> mobile then false else mobile_verified end,
      email_verified = case when ${change.emailVerified === true}::boolean then true when ${change.email ?? null}::text <> email then false else email_verified end,
      mobile = coalesce(${change.mobile ?? null}::text, mobile), email = coalesce(${change.email ?? null}::text, email),
      extra_permissions = ${list(change.rights?.extra ?? member.extra)}::text[], removed_permissions = ${list(change.rights?.removed ?? member.removed)}::text[],
      director_id = case when ${change.directorId !== undefined}::boolean then ${change.directorId ?? null}::uuid else director_id end
    where partner_id = ${partnerId}::uuid and id = ${member.id}::uuid`)
  if (change.passwordHash !== undefined) await tx.run(sql`update logins set password_hash = ${change.passwordHash} where partner_id = ${partnerId}::uuid and member_id = ${member.id}::uuid`)
  if (member.role === 'director' && role !== 'director') await tx.run(sql`update members set director_id = null where partner_id = ${partnerId}::uuid and director_id = ${member.id}::uuid`)
  const isNew = (field: 'role' | 'mobile' | 'email') => change[field] !== undefined && change[field] !== member[field]
  if (isNew('mobile') || isNew('email')) await tx.run(sql`delete from set_ups where partner_id = ${partnerId}::uuid and member_id = ${member.id}::uuid`)
  const isOut = change.passwordHash !== undefined || change.state === 'DISABLED' || isNew('role') || isNew('mobile') || isNew('email')
  if (isOut) await endEverySession(tx, partnerId, member.id)
  return isOut
}

/** A code for a forgotten password that is on its way opens nothing any more: it went to a contact that was changed, or to somebody who is out. */
export const voidResetCode = (tx: Tx, secrets: Pick<Secrets, 'code'>, partner: { account: string }, { login }: Pick<HeldMember, 'login'>): Promise<void> => voidCodes(tx, [resetSubject(secrets, partner.account, login)])

/** Why a member cannot be given this role and state. `customers`: of an account manager who would leave them behind. */
export type Stays = { why: 'master_account' } | { why: 'last_administrator' } | { why: 'customers'; count: number }

/** @param member held, after queueForPeople. @returns what keeps the member as it is, if anything does. */
export async function whatKeeps(tx: Tx, partnerId: string, member: HeldMember, role: Role, state: MemberState): Promise<Stays | undefined> {
  if (member.role === 'administrator' && (role !== 'administrator' || state !== 'ACTIVE')) {
    if (member.login === '') return { why: 'master_account' }
    // Whoever has not set a password yet cannot take over.
    const [others] = await tx.rows<{ count: number }>(sql`select count(*)::int as count from members
      where partner_id = ${partnerId}::uuid and role = 'administrator' and state = 'ACTIVE' and not awaits_password and id <> ${member.id}::uuid`)
    if (others?.count === 0) return { why: 'last_administrator' }
  }
  if (member.role === 'manager' && (role !== 'manager' || state !== 'ACTIVE')) {
    const [own] = await tx.rows<{ count: number }>(sql`select count(*)::int as count from customers where partner_id = ${partnerId}::uuid and manager_id = ${member.id}::uuid`)
    if (own !== undefined && own.count > 0) return { why: 'customers', count: own.count }
  }
  return undefined
}

/** @returns how long a link for the first password lives, in seconds. */
export const firstLinkLife = (role: Role): number => (role === 'administrator' ? setUpLife.administrator : setUpLife.member)

let unknown: Promise<string> | undefined
/** @returns the hash of a password that nobody has ever known: an account that waits for its link. */
export const unknownPassword = (): Promise<string> => (unknown ??= hashPassword(randomBytes(32).toString('base64url')))
