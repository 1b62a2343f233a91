import type { AuthenticatorKind } from '#contract/proofs.ts'
import type { Authenticator } from '#contract/security.ts'
import type { Actor } from '#server/auth/actor.ts'
import { list, sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { Passkey } from '#server/proofs/passkeys.ts'

export type AuthenticatorRow = { id: string; kind: AuthenticatorKind; name: string; createdAt: Date; lastUsedAt: Date | null }
export type NewAuthenticator = { name: string } & ({ kind: 'totp'; sealedSecret: Uint8Array; lastStep: bigint } | { kind: 'passkey' } & Omit<Passkey, 'id'>)
const columns = sql`id, kind, name, created_at as "createdAt", last_used_at as "lastUsedAt"`

/** @returns the person's own, the oldest first. */
export const listOwn = (tx: Tx, { partner, member }: Actor): Promise<AuthenticatorRow[]> =>
  tx.rows<AuthenticatorRow>(sql`select ${columns} from authenticators where partner_id = ${partner.id} and member_id = ${member.id} order by created_at, id`)

/** @returns the new row; undefined for a passkey that the partner knows already. */
export async function insertAuthenticator(tx: Tx, now: Date, { partner, member }: Actor, id: string, made: NewAuthenticator): Promise<AuthenticatorRow | undefined> {
  const values = made.kind === 'totp'
    ? sql`${made.sealedSecret}::bytea, ${made.lastStep}::bigint, null::text, null::bytea, null::bigint, null::text[]`
    : sql`null::bytea, null::bigint, ${made.credentialId}::text, ${made.publicKey}::bytea, ${made.counter}::bigint, ${list(made.transports)}::text[]`
  const [row] = await tx.rows<AuthenticatorRow>(sql`insert into authenticators (partner_id, id, member_id, kind, name, created_at, sealed_secret, last_step, credential_id, public_key, counter, transports)
    values (${partner.id}, ${id}, ${member.id}, ${made.kind}, ${made.name}, ${now}::timestamptz, ${values}) on conflict (partner_id, credential_id) do nothing returning ${columns}`)
  return row
}

/** @returns whether it still was there. */
export const deleteAuthenticator = async (tx: Tx, { partner, member }: Actor, id: string): Promise<boolean> =>
  await tx.run(sql`delete from authenticators where partner_id = ${partner.id} and member_id = ${member.id} and id = ${id}`) > 0

export const renameOwn = (tx: Tx, { partner, member }: Actor, id: string, name: string): Promise<number> =>
  tx.run(sql`update authenticators set name = ${name} where partner_id = ${partner.id} and member_id = ${member.id} and id = ${id}`)

/** @returns whether another active administrator has an authenticator. */
export const hasOtherAdministrator = async (tx: Tx, { partner, member }: Actor): Promise<boolean> =>
  (await tx.rows(sql`select 1 from members m where m.partner_id = ${partner.id} and m.id <> ${member.id} and m.state = 'ACTIVE' and 'administrator' = any(m.roles)
    and exists (select 1 from authenticators a where a.partner_id = m.partner_id and a.member_id = m.id) limit 1`)).length > 0

/** Holds the partner's requirement, so that two who change it, or give up what it needs, queue. */
export async function lockRequired(tx: Tx, partnerId: string): Promise<string[]> {
  const [row] = await tx.rows<{ required: string[] }>(sql`select required_operations as required from partners where id = ${partnerId} for no key update`)
  return row?.required ?? []
}

/** Sets what needs an authenticator from now on, and voids what was asked of anybody without one. @param operations those that need one now, with what follows from them. */
export async function setRequired(tx: Tx, partnerId: string, required: readonly string[], operations: readonly string[]): Promise<void> {
  await tx.run(sql`update partners set required_operations = ${list(required)}::text[] where id = ${partnerId}`)
  await tx.run(sql`update proofs set state = 'void', code_mac = null where partner_id = ${partnerId} and state in ('open', 'passed') and not needs_authenticator and operation = any(${list(operations)}::text[])`)
}

export const presentAuthenticator = ({ id, kind, name, createdAt, lastUsedAt }: AuthenticatorRow): Authenticator =>
  ({ id, kind, name, createdAt: createdAt.toISOString(), lastUsedAt: lastUsedAt?.toISOString() ?? null })
