import type { Accepted, Documents } from '#contract/acceptance.ts'
import type { InviteCause } from '#contract/invites.ts'
import type { Locale } from '#contract/people.ts'
import { keyedHash, type Secrets } from '#server/auth/secrets.ts'
import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { RequestFacts } from '#server/http/context.ts'
import type { Deps } from '#server/http/deps.ts'
import { openCustomerAccounts } from '#server/ledger/accounts.ts'
import { accountAge } from '#server/limits.ts'
import { assign } from '#server/operations/assign.ts'
import { freeCustomerNumber } from '#server/operations/customer-number.ts'
import { voidMails } from '#server/operations/invite-mails.ts'
import { spendCode, type CodeOf, type Guess } from '#server/proofs/public-codes.ts'
import { demandInvite, type Invite } from './find.ts'
import { tellAssociated } from './notices.ts'
import { logVisit, recordFailure, recordProgress, type InvitedAccount } from './record.ts'
import { causeOf, type Standing } from './rules.ts'

export type Wish = {
  token: string; accountId: string; documents: Documents; language: Locale
  /** A right code that this association uses up. */
  code?: { of: CodeOf; guess: Guess }
}
type Account = InvitedAccount & { language: Locale; registeredAt: Date; facts: string[]; partnerId: string | null }

/** Makes an account the partner's customer, in this one transaction, or keeps the cause that is in the way where the partner sees it.
 *  Of all who use one mail invitation, and of all partners who take one account, exactly one succeeds.
 *  Refuses with link_closed a link that can no longer be used, and with code_expired a code that another request used. */
export async function associate(tx: Tx, now: Date, deps: Pick<Deps, 'secrets' | 'settings'>, { token, accountId, documents, language, code }: Wish, request: RequestFacts): Promise<Accepted> {
  const invite = await demandInvite(tx, now, token, { lock: true, alsoFailing: true })
  if (code) await spendCode(tx, deps.secrets, code.of, code.guess)
  const account = await lockAccount(tx, accountId)
  const own = account.partnerId === invite.partner.id ? await ownCustomer(tx, invite, account.id) : undefined
  // Whoever is the partner's customer already has what the link gives; a repeated request hears the same answer.
  if (own) return { result: 'associated', partnerName: invite.partner.name, ...own }
  const cause = causeOf(invite, { ...account, isAssociated: account.partnerId !== null }, await readStanding(tx, now, deps.secrets, invite, account.mobile), now)
  if (cause) return await fail(tx, now, invite, account, cause, request)
  const taken = await tx.run(sql`update cloud_accounts set partner_id = ${invite.partner.id}::uuid, language = ${language} where id = ${account.id} and partner_id is null`)
  if (taken === 0) return await fail(tx, now, invite, account, 'ALREADY_ASSOCIATED', request)
  const customer = await insertCustomer(tx, now, invite, account, language)
  await tx.run(sql`insert into agreements (partner_id, customer_id, document, version, language, accepted_at, address)
    select ${invite.partner.id}::uuid, ${account.id}::uuid, d.document, d.version, ${language}, ${now}::timestamptz, ${request.address}
      from (values ('agreement', ${documents.agreement}::text), ('privacy', ${documents.privacy}::text), ('notice', ${documents.notice}::text)) as d(document, version)`)
  await recordProgress(tx, now, invite, account, { state: 'ASSOCIATED', cause: null, registeredAt: null, customerId: account.id })
  await settleProspect(tx, deps.secrets, invite, account)
  await tellAssociated(tx, now, deps, invite, customer)
  await logVisit(tx, now, invite, account.name, request, { operation: 'customer.associated', objectKind: 'customer', objectNumber: customer.number, customerId: account.id, details: { type: invite.associationType, via: invite.link?.kind ?? 'MAIL', assigned: customer.managerId !== null } })
  return { result: 'associated', partnerName: invite.partner.name, associationType: invite.associationType, isFrozen: invite.associationType === 'RESALE' }
}

async function fail(tx: Tx, now: Date, invite: Invite, account: Account, cause: InviteCause, request: RequestFacts): Promise<Accepted> {
  await recordFailure(tx, now, invite, cause === 'PHONE_DIFFERS' ? null : account, cause, request)
  return { result: 'failed', cause }
}

/** Two partners who take the same account queue here. */
async function lockAccount(tx: Tx, id: string): Promise<Account> {
  const [account] = await tx.rows<Account>(sql`select id, name, mobile, email, language, registered_at as "registeredAt", facts, partner_id as "partnerId" from cloud_accounts where id = ${id} for no key update`)
  if (!account) throw new Error(`account ${id} vanished`)
  return account
}

async function ownCustomer(tx: Tx, { partner }: Invite, id: string): Promise<{ associationType: Invite['associationType']; isFrozen: boolean } | undefined> {
  const [row] = await tx.rows<{ associationType: Invite['associationType']; isFrozen: boolean }>(sql`select association_type as "associationType", state <> 'NORMAL' as "isFrozen" from customers where partner_id = ${partner.id} and id = ${id}`)
  return row
}

/** A number under review is held against other partners, but not reported yet. */
async function readStanding(tx: Tx, now: Date, secrets: Pick<Secrets, 'code'>, { partner }: Invite, mobile: string | null): Promise<Standing> {
  const [held] = await tx.rows<{ partnerId: string; isReported: boolean }>(sql`select partner_id as "partnerId", expires_at is not null as "isReported" from reservations
    where mobile_hash = ${keyedHash(secrets, mobile ?? '')} and (expires_at is null or expires_at > ${now}::timestamptz)`)
  return {
    isReportedByOther: held !== undefined && held.partnerId !== partner.id, isReportedByThis: held?.partnerId === partner.id && held.isReported,
    oldBefore: new Date(now.getTime() - accountAge * 1000),
  }
}

export type NewCustomer = { id: string; number: string; name: string; mobile: string | null; email: string | null; language: Locale; managerId: string | null }

async function insertCustomer(tx: Tx, now: Date, { partner, mail, link, associationType, managerId }: Invite, account: Account, language: Locale): Promise<NewCustomer> {
  const [manager] = await tx.rows<{ id: string }>(sql`select id from members where partner_id = ${partner.id} and id = ${managerId}::uuid and 'manager' = any(roles) and state = 'ACTIVE' for share`)
  const customer = {
    id: account.id, number: await freeCustomerNumber(tx, partner.id), name: mail?.name ?? account.name, mobile: account.mobile, email: account.email ?? mail?.email ?? null, language, managerId: manager?.id ?? null,
  }
  const [opened] = await openCustomerAccounts(tx, partner.id, [account.id])
  if (!opened) throw new Error('no accounts were opened')
  const isFrozen = associationType === 'RESALE'
  await tx.run(sql`insert into customers (partner_id, id, number, name, account_name, mobile, email, language, association_type, associated_at, tag, state, freeze_cause, frozen_at, month_expenditure, held, unsettled, arrears, budget_used, account_id, own_account_id)
    values (${partner.id}::uuid, ${account.id}::uuid, ${customer.number}, ${customer.name}, ${account.name}, ${customer.mobile}::text, ${customer.email}::text, ${language}, ${associationType}, ${now}::timestamptz,
      ${link?.kind === 'CUSTOM' ? link.label : ''}, ${isFrozen ? 'ACCOUNT_FROZEN' : 'NORMAL'}, ${isFrozen ? 'NEW_ASSOCIATION' : null}::text, ${isFrozen ? now : null}::timestamptz, 0, 0, 0, 0, 0, ${opened.accountId}::uuid, ${opened.ownAccountId}::uuid)`)
  await assign(tx, now, { partnerId: partner.id, customerIds: [customer.id], managerId: customer.managerId, by: 'invitation', memberId: null })
  return customer
}

/** The partner's report of this number has come true, whichever way the customer came; a mail that still waits for it opens nothing any more. */
async function settleProspect(tx: Tx, secrets: Pick<Secrets, 'code'>, { partner, mail }: Invite, account: Account): Promise<void> {
  const settled = await tx.rows<{ id: string }>(sql`update prospects set state = 'ASSOCIATED', cause = null, customer_id = ${account.id}::uuid
    where partner_id = ${partner.id} and (id = ${mail?.prospectId ?? null}::uuid or (mobile = ${account.mobile}::text and state in ('UNDER_REVIEW','REPORTED','ASSOCIATION_FAILED'))) returning id`)
  await voidMails(tx, partner.id, settled.map(({ id }) => id), 'REPLACED')
  await tx.run(sql`delete from reservations where mobile_hash = ${keyedHash(secrets, account.mobile ?? '')} and partner_id = ${partner.id}`)
}
