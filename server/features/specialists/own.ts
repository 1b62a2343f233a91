import type { Reply } from '#contract/endpoint.ts'
import type { getMySpecialist, Qualification } from '#contract/specialists.ts'
import { raiseFence } from '#server/auth/customer-sessions.ts'
import { json, sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { Refusal } from '#server/http/refusal.ts'
import { readKept, readSpecialist } from './store.ts'

type Account = { id: string; name: string }

/** @returns whose specialist an account is or was last, with what it keeps. */
export async function readOwn(tx: Tx, now: Date, { id, name }: Account): Promise<Reply<typeof getMySpecialist>> {
  const kept = await readKept(tx, id)
  if (!kept) return { accountName: name, specialist: null }
  await raiseFence(tx, kept.partnerId)
  const row = await readSpecialist(tx, now, kept.partnerId, kept.specialistId)
  const [partner] = await tx.rows<{ name: string }>(sql`select name from partners where id = ${kept.partnerId}::uuid`)
  if (!row || !partner || row.acceptedAt === null || row.state === 'INVITED' || row.state === 'LAPSED') throw new Error(`account ${id} is bound to nobody`)
  return {
    accountName: name,
    specialist: {
      partnerName: partner.name, state: row.state, reason: row.state === 'REJECTED' ? row.reason : null, acceptedAt: row.acceptedAt.toISOString(), boundAt: row.boundAt?.toISOString() ?? null,
      items: kept.items, changedAt: kept.changedAt?.toISOString() ?? null,
    },
  }
}

/** Replaces what the account keeps. Refuses with not_found an account that was never a specialist. */
export async function keepQualifications(tx: Tx, now: Date, account: Account, items: readonly Qualification[]): Promise<Reply<typeof getMySpecialist>> {
  const kept = await tx.run(sql`update specialist_accounts set qualifications = ${json(items)}, changed_at = ${now}::timestamptz where account_id = ${account.id}::uuid`)
  if (kept === 0) throw new Refusal('not_found')
  return await readOwn(tx, now, account)
}
