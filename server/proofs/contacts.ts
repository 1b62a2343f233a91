import type { ProofChannel } from '#contract/proofs.ts'
import type { Masked } from '#contract/masked.ts'
import type { Locale } from '#contract/people.ts'
import type { Actor } from '#server/auth/actor.ts'
import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { maskEmail, maskMobile } from '#server/masking/mask.ts'

export type Contact = { channel: ProofChannel; address: string; masked: Masked }

/** The person's own verified contacts: the only places a code ever goes to. SMS first; the one used last is preferred. */
export async function verifiedContacts(tx: Tx, actor: Actor): Promise<{ all: Contact[]; preferred: ProofChannel | null; language: Locale }> {
  const [row] = await tx.rows<{ mobile: string | null; email: string | null; mobile_verified: boolean; email_verified: boolean; last_channel: ProofChannel | null; language: Locale }>(sql`
    select mobile, email, mobile_verified, email_verified, last_channel, language from members where partner_id = ${actor.partner.id} and id = ${actor.member.id}`)
  const all: Contact[] = []
  if (row?.mobile && row.mobile_verified) all.push({ channel: 'sms', address: row.mobile, masked: maskMobile(row.mobile) })
  if (row?.email && row.email_verified) all.push({ channel: 'email', address: row.email, masked: maskEmail(row.email) })
  const preferred = all.find(({ channel }) => channel === row?.last_channel)?.channel ?? all[0]?.channel ?? null
  return { all, preferred, language: row?.language ?? actor.member.language }
}
