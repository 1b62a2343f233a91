import type { Accepted, acceptInvite } from '#contract/acceptance.ts'
import type { Parsed } from '#contract/endpoint.ts'
import { demandCustomer, type Customer } from '#server/auth/customer-sessions.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { Visitor } from '#server/http/context.ts'
import type { Deps } from '#server/http/deps.ts'
import { Refusal } from '#server/http/refusal.ts'
import { compareCode, takeGuess, type CodeOf, type Guess } from '#server/proofs/public-codes.ts'
import { associate } from './associate.ts'
import { demandInvite } from './find.ts'
import { recordFailure } from './record.ts'
import { checkDocuments, noteWrong } from './register.ts'

type Form = Parsed<typeof acceptInvite>['body']
type Ready = { customer: Customer; code?: { of: CodeOf; guess: Guess } }

/** Associates the signed-in customer. A mail invitation also needs a code sent to the account's own number, which must be the reported one: that the two are
 *  equal proves nothing about who holds the phone now.
 *  Refuses with not_signed_in, csrf, link_closed, documents_changed, invalid_input, code_wrong or code_expired. */
export async function accept(deps: Deps, form: Form, visitor: Visitor): Promise<Accepted> {
  const ready = await deps.database.inGlobal((tx, now) => prepare(tx, now, deps, form, visitor))
  if ('result' in ready) return ready
  const { customer: { account }, code } = ready
  const wrong = code && compareCode(deps.secrets, code.of, code.guess, form.code ?? '')
  if (wrong) {
    await noteWrong(deps, form.token, code.of.destination, visitor)
    throw wrong
  }
  return await deps.database.inGlobal((tx, now) => associate(tx, now, deps, { token: form.token, accountId: account.id, documents: form.documents, language: form.language, ...(code && { code }) }, visitor.request))
}

async function prepare(tx: Tx, now: Date, deps: Deps, form: Form, visitor: Visitor): Promise<Ready | Accepted> {
  const customer = await demandCustomer(tx, now, deps, visitor, 'change')
  const invite = await demandInvite(tx, now, form.token, { alsoFailing: true })
  checkDocuments(invite, form)
  if (!invite.mail) return { customer }
  const { mobile } = customer.account
  if (mobile === null || mobile !== invite.mobile) {
    await recordFailure(tx, now, invite, null, 'PHONE_DIFFERS', visitor.request)
    return { result: 'failed', cause: 'PHONE_DIFFERS' }
  }
  if (form.code === undefined) throw new Refusal('invalid_input', { fields: [{ path: 'code', code: 'required', message: '' }] })
  const of: CodeOf = { purpose: 'accept', subject: invite.tokenHash, destination: mobile }
  return { customer, code: { of, guess: await takeGuess(tx, now, deps.secrets, of) } }
}
