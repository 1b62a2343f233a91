import * as z from 'zod/mini'
import { AuthenticatorKind, type ConfirmMethod, type ProofChannel } from '#contract/proofs.ts'
import type { Masked } from '#contract/masked.ts'
import type { Locale } from '#contract/people.ts'
import type { Actor } from '#server/auth/actor.ts'
import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { maskEmail, maskMobile } from '#server/masking/mask.ts'

export type Contact = { channel: ProofChannel; address: string; masked: Masked }
const Authenticators = z.array(z.object({ id: z.string(), kind: AuthenticatorKind, name: z.string() }))
type Ways = { all: Contact[]; authenticators: z.infer<typeof Authenticators>; /** What the person used last, whether or not it is still there. */ last: ConfirmMethod | null; language: Locale }

/** The person's own verified contacts, SMS first: the only places a code ever goes to. And the authenticators, the oldest first. In one statement, because
 *  every money operation asks for it. */
export async function waysOf(tx: Tx, actor: Actor): Promise<Ways> {
  const [row] = await tx.rows<{ mobile: string | null; email: string | null; mobile_verified: boolean; email_verified: boolean; last_channel: ConfirmMethod | null; language: Locale; authenticators: unknown }>(sql`
    select mobile, email, mobile_verified, email_verified, last_channel, language, (select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'kind', a.kind, 'name', a.name) order by a.created_at, a.id), '[]'::jsonb)
      from authenticators a where a.partner_id = ${actor.partner.id} and a.member_id = ${actor.member.id}) as authenticators
    from members where partner_id = ${actor.partner.id} and id = ${actor.member.id}`)
  const all: Contact[] = []
  if (row?.mobile && row.mobile_verified) all.push({ channel: 'sms', address: row.mobile, masked: maskMobile(row.mobile) })
  if (row?.email && row.email_verified) all.push({ channel: 'email', address: row.email, masked: maskEmail(row.email) })
  return { all, authenticators: Authenticators.parse(row?.authenticators ?? []), last: row?.last_channel ?? null, language: row?.language ?? actor.member.language }
}

/** @returns what was used last, if it is still among them, else the first. */
export const preferredOf = (ways: readonly ConfirmMethod[], last: ConfirmMethod | null): ConfirmMethod | null => ways.find((way) => way === last) ?? ways[0] ?? null
