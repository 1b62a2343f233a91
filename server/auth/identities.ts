import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'

type Member = { partnerId: string; memberId: string }

/** @returns whether the person signs in with a unified ID: then there is no password here, and contacts and password are changed where that is managed. */
export const hasUnifiedId = async (tx: Tx, { partnerId, memberId }: Member): Promise<boolean> =>
  (await tx.rows(sql`select 1 from identities where partner_id = ${partnerId}::uuid and member_id = ${memberId}::uuid`)).length > 0

/** Says who an issuer's subject is here. @returns whether that is news; of a subject that is somebody else's, and of a member with another one, it is not. */
export const linkIdentity = async (tx: Tx, now: Date, { partnerId, memberId }: Member, issuer: string, subject: string): Promise<boolean> =>
  await tx.run(sql`insert into identities (issuer, subject, partner_id, member_id, linked_at) values (${issuer}, ${subject}, ${partnerId}::uuid, ${memberId}::uuid, ${now}::timestamptz) on conflict do nothing`) > 0

/** @param subject the one that the member has, as a check. @returns whether the member had it. */
export const unlinkIdentity = async (tx: Tx, { partnerId, memberId }: Member, subject: string): Promise<boolean> =>
  await tx.run(sql`delete from identities where partner_id = ${partnerId}::uuid and member_id = ${memberId}::uuid and subject = ${subject}`) > 0
