import type { Reply } from '#contract/endpoint.ts'
import type { PartnerState } from '#contract/people.ts'
import type { acceptSpecialistInvite, viewSpecialistInvite } from '#contract/specialists.ts'
import { writeLog } from '#server/audit/write.ts'
import { demandCustomer, raiseFence, readCustomer } from '#server/auth/customer-sessions.ts'
import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { Visitor } from '#server/http/context.ts'
import type { Deps } from '#server/http/deps.ts'
import { Refusal } from '#server/http/refusal.ts'
import { maskCompany } from '#server/masking/mask.ts'
import { hashToken } from '#server/operations/invite-tokens.ts'
import { factsOf } from './invite.ts'
import { readSpecialist, voidLink, type SpecialistRecord } from './store.ts'

type Link = { partner: { id: string; name: string }; row: SpecialistRecord }

/** Finds what a token opens and lets the rest of the transaction see that partner's rows. @param lock of all who use a link at once one goes first. */
async function findLink(tx: Tx, now: Date, token: string, lock: boolean): Promise<Link | undefined> {
  const tokenHash = hashToken(token)
  const [given] = await tx.rows<{ partnerId: string; specialistId: string }>(sql`select partner_id as "partnerId", specialist_id as "specialistId" from specialist_tokens where token_hash = ${tokenHash}`)
  if (!given) return undefined
  await raiseFence(tx, given.partnerId)
  const row = await readSpecialist(tx, now, given.partnerId, given.specialistId, lock)
  const [partner] = await tx.rows<{ id: string; name: string; state: PartnerState }>(sql`select id, name, state from partners where id = ${given.partnerId}`)
  // Behind the lock the link may be gone: whoever went first has used it, or it was replaced.
  const stands = lock ? await tx.rows(sql`select 1 from specialist_tokens where token_hash = ${tokenHash}`) : [given]
  return partner && row && stands.length > 0 && partner.state !== 'FROZEN' && partner.state !== 'LEFT' && (row.state === 'INVITED' || row.state === 'LAPSED') ? { partner, row } : undefined
}

/** @returns what the page behind a link shows. Changes nothing, not even the session. */
export async function viewLink(tx: Tx, now: Date, deps: Deps, token: string, visitor: Visitor): Promise<Reply<typeof viewSpecialistInvite>> {
  const link = await findLink(tx, now, token, false)
  if (!link) return { state: 'invalid' }
  const { partner, row } = link
  if (row.state === 'LAPSED') return { state: 'expired', at: row.expiresAt.toISOString() }
  const customer = await readCustomer(tx, now, deps, visitor.token, false)
  return {
    state: 'open', partnerName: partner.name, expiresAt: row.expiresAt.toISOString(), accountMasked: row.way === 'ACCOUNT' ? maskCompany(row.destination) : null,
    signedIn: customer ? { accountName: customer.account.name, csrf: customer.csrf } : null,
  }
}

/** The signed-in account becomes a specialist under review. Of two who use one link, and of two partners who get one account, exactly one succeeds.
 *  Refuses with not_signed_in, csrf, link_closed, or conflict for an account that may not; a refused account stands in the partner's log. */
export async function acceptLink(deps: Deps, token: string, visitor: Visitor): Promise<Reply<typeof acceptSpecialistInvite>> {
  const done = await deps.database.inGlobal(async (tx, now) => {
    const { account } = await demandCustomer(tx, now, deps, visitor, 'change')
    const link = await findLink(tx, now, token, true)
    if (link?.row.state !== 'INVITED') throw new Refusal('link_closed', { facts: { state: link ? 'expired' : 'invalid' } })
    const { partner, row } = link
    const refused = await whyNot(tx, row, account) ?? await take(tx, link, account.id)
    if (refused === undefined) {
      await voidLink(tx, partner.id, row)
      await tx.run(sql`update specialists set state = 'UNDER_REVIEW', account_id = ${account.id}::uuid, accepted_at = ${now}::timestamptz where partner_id = ${partner.id} and id = ${row.id}::uuid`)
    }
    await writeLog(tx, now, { partnerId: partner.id, memberId: null, name: account.name, source: 'customer' }, visitor.request,
      [{ ...factsOf('specialist.bound', row.id, refused === undefined ? { account: maskCompany(account.name), after: 'UNDER_REVIEW' } : { reason: refused }), ...(refused !== undefined && { result: 'refused' }) }])
    return { partnerName: partner.name, refused }
  })
  if (done.refused !== undefined) throw new Refusal('conflict', { sentence: done.refused })
  return { partnerName: done.partnerName }
}

type Why = 'specialist_enterprise' | 'specialist_other_account' | 'specialist_taken'

async function whyNot(tx: Tx, row: SpecialistRecord, account: { id: string; name: string }): Promise<Why | undefined> {
  const [kind] = await tx.rows<{ isPersonal: boolean; isInvited: boolean }>(sql`select is_personal as "isPersonal", name_key = lower(normalize(${row.destination}, NFKC)) as "isInvited" from cloud_accounts where id = ${account.id}::uuid for share`)
  if (row.way === 'ACCOUNT' && kind?.isInvited !== true) return 'specialist_other_account'
  return kind?.isPersonal === true ? undefined : 'specialist_enterprise'
}

/** An account that is nobody's specialist any more may become one again; its qualifications stay. */
async function take(tx: Tx, { partner, row }: Link, accountId: string): Promise<Why | undefined> {
  const taken = await tx.run(sql`insert into specialist_accounts as a (account_id, partner_id, specialist_id, is_active) values (${accountId}::uuid, ${partner.id}::uuid, ${row.id}::uuid, true)
    on conflict (account_id) do update set partner_id = excluded.partner_id, specialist_id = excluded.specialist_id, is_active = true where not a.is_active`)
  return taken === 0 ? 'specialist_taken' : undefined
}
