import { randomBytes, randomUUID } from 'node:crypto'
import type { Accepted, registerByInvite } from '#contract/acceptance.ts'
import { documentsFor } from '#contract/documents.ts'
import type { Parsed, Reply } from '#contract/endpoint.ts'
import { startCustomerSession } from '#server/auth/customer-sessions.ts'
import { hashPassword } from '#server/auth/password.ts'
import { whyWeakPassword } from '#server/auth/password-rules.ts'
import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { Visitor } from '#server/http/context.ts'
import type { Deps } from '#server/http/deps.ts'
import { Refusal } from '#server/http/refusal.ts'
import { accountsPerMobile } from '#server/limits.ts'
import { maskMobile } from '#server/masking/mask.ts'
import { compareCode, spendCode, takeGuess, type CodeOf, type Guess } from '#server/proofs/public-codes.ts'
import { associate, type Wish } from './associate.ts'
import { demandInvite, type Invite } from './find.ts'
import { checkReported, readMobile } from './number.ts'
import { logVisit, recordFailure, recordProgress } from './record.ts'

type Form = Parsed<typeof registerByInvite>['body']
type Guessed = { of: CodeOf; guess: Guess }

/** Opens an account behind a link, signs the customer in and associates the account. The guess at the code is committed before it is compared, and the
 *  account stays when the association cannot be.
 *  Refuses with link_closed, documents_changed, invalid_input, code_wrong, code_expired or account_taken. */
export async function register(deps: Deps, form: Form, visitor: Visitor): Promise<Reply<typeof registerByInvite>> {
  const { database, secrets } = deps
  const mobile = readMobile(form.mobile)
  if (await whyWeakPassword(form.password)) throw new Refusal('invalid_input', { fields: [{ path: 'password', code: 'password', message: '' }] })
  const guessed = await database.inGlobal((tx, now) => guess(tx, now, deps, form, mobile, visitor))
  if (guessed instanceof Refusal) throw guessed
  const wrong = compareCode(secrets, guessed.of, guessed.guess, form.code)
  if (wrong) {
    await noteWrong(deps, form.token, mobile, visitor)
    throw wrong
  }
  // Hashing costs time on purpose, so only whoever holds the phone may ask for it.
  const passwordHash = await hashPassword(form.password)
  const account = await database.inGlobal((tx, now) => openAccount(tx, now, deps, form, { mobile, passwordHash, guessed }, visitor))
  visitor.setToken(account.token)
  return { accountName: account.name, outcome: await settle(deps, { token: form.token, accountId: account.id, documents: form.documents, language: form.language }, visitor) }
}

/** Refuses with documents_changed what the customer has not read in its present version. */
export function checkDocuments({ associationType }: Invite, { documents }: Pick<Form, 'documents'>): void {
  const current = documentsFor(associationType)
  if (documents.agreement !== current.agreement || documents.privacy !== current.privacy || documents.notice !== current.notice) throw new Refusal('documents_changed')
}

async function guess(tx: Tx, now: Date, { secrets }: Deps, form: Form, mobile: string, { request }: Visitor): Promise<Guessed | Refusal> {
  const invite = await demandInvite(tx, now, form.token)
  checkDocuments(invite, form)
  const differs = await checkReported(tx, now, invite, mobile, request)
  if (differs) return differs
  const of: CodeOf = { purpose: 'register', subject: invite.tokenHash, destination: mobile }
  return { of, guess: await takeGuess(tx, now, secrets, of) }
}

/** A wrong code stands in the log of the partner whose link it was. */
export async function noteWrong({ database }: Deps, token: string, mobile: string, { request }: Visitor): Promise<void> {
  await database.inGlobal(async (tx, now) => {
    const invite = await demandInvite(tx, now, token, { alsoFailing: true })
    await logVisit(tx, now, invite, null, request, { operation: 'account.code_wrong', result: 'refused', details: { destination: maskMobile(mobile) } })
  })
}

type Proven = { mobile: string; passwordHash: string; guessed: Guessed }

async function openAccount(tx: Tx, now: Date, { secrets }: Deps, form: Form, { mobile, passwordHash, guessed }: Proven, { request, token: previous }: Visitor): Promise<{ id: string; name: string; token: string }> {
  const invite = await demandInvite(tx, now, form.token, { lock: true })
  await spendCode(tx, secrets, guessed.of, guessed.guess)
  // Of many registrations with one number the accounts are counted one after the other.
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`accounts:${mobile}`}, 0))`)
  const [counted] = await tx.rows<{ accounts: number }>(sql`select count(*)::int as accounts from cloud_accounts where mobile = ${mobile}`)
  if ((counted?.accounts ?? 0) >= accountsPerMobile) throw new Refusal('account_taken', { sentence: 'accounts_per_mobile', fields: [{ path: 'mobile', code: 'accounts_per_mobile', message: '' }] })
  const account = { id: randomUUID(), name: form.accountName ?? `user_${randomBytes(6).toString('hex')}`, mobile, email: null }
  const made = await tx.run(sql`insert into cloud_accounts (id, name, mobile, email, language, password_hash, registered_at) values (${account.id}::uuid, ${account.name}, ${mobile}, null, ${form.language}, ${passwordHash}, ${now}::timestamptz)
    on conflict (name_key) where password_hash is not null do nothing`)
  if (made === 0) throw new Refusal('account_taken', { fields: [{ path: 'accountName', code: 'account_taken', message: '' }] })
  const token = await startCustomerSession(tx, now, account.id, request, previous)
  await recordProgress(tx, now, invite, account, { state: 'OPENED', cause: null, registeredAt: now, customerId: null })
  await logVisit(tx, now, invite, account.name, request, { operation: 'account.registered', confirmedBy: 'sms', details: { via: invite.link?.kind ?? 'MAIL' } })
  return { id: account.id, name: account.name, token }
}

/** The account exists by now, whatever becomes of the association: what goes wrong here is an outcome, not a refusal. */
async function settle(deps: Deps, wish: Wish, { request }: Visitor): Promise<Accepted> {
  try {
    return await deps.database.inGlobal((tx, now) => associate(tx, now, deps, wish, request))
  } catch (error) {
    if (error instanceof Refusal && error.code === 'link_closed') return { result: 'failed', cause: closedCauses[error.more.facts?.['state'] ?? ''] ?? 'LINK_USED' }
    deps.log.error({ requestId: request.id, error: error instanceof Error ? { name: error.name, message: error.message, stack: error.stack } : String(error) }, 'association failed')
    await deps.database.inGlobal(async (tx, now) => {
      const invite = await demandInvite(tx, now, wish.token)
      const [account] = await tx.rows<{ id: string; name: string; mobile: string | null; email: string | null }>(sql`select id, name, mobile, email from cloud_accounts where id = ${wish.accountId}`)
      await recordFailure(tx, now, invite, account ?? null, 'SYSTEM_BUSY', request)
    }).catch(() => undefined)
    return { result: 'failed', cause: 'SYSTEM_BUSY' }
  }
}

const closedCauses: Record<string, 'LINK_EXPIRED' | 'LINK_USED'> = { expired: 'LINK_EXPIRED', invalid: 'LINK_USED' }
