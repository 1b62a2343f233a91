import type { AssociationType } from '#contract/customers.ts'
import type { Reply } from '#contract/endpoint.ts'
import type { FieldError } from '#contract/errors.ts'
import { prospectsMax, type reportProspect } from '#contract/prospects.ts'
import { writeLog } from '#server/audit/write.ts'
import { isManager, seesWholePartner } from '#server/auth/actor.ts'
import { keyedHash } from '#server/auth/secrets.ts'
import { secondsUntil, takeLimit } from '#server/db/limit.ts'
import type { Context, LogFacts, Operation } from '#server/http/context.ts'
import type { Deps } from '#server/http/deps.ts'
import { Refusal } from '#server/http/refusal.ts'
import { accountAge, reportChecks, reportLife } from '#server/limits.ts'
import { isMask, maskCompany, maskEmail, maskMobile } from '#server/masking/mask.ts'
import { isMainlandMobile, normalizeEmail, normalizeMobile } from '#server/messages/contact.ts'
import { admitMails, admitInviting, writeInvitations } from '#server/operations/invite-mails.ts'
import { presentProspect } from './present.ts'
import { judgeReport, type Finding } from './rules.ts'
import { countOpen, insertProspect, isActiveManager, lockReports, readNumber, readProspects } from './store.ts'

type Prepared = { mobile: string; email: string | null; managerId: string | null; types: AssociationType[] }
type Answer = Reply<typeof reportProspect>

/** Checks a number and reserves it for the partner. What the check finds is an answer; only what was typed or may not be is refused.
 *  A report under review reserves the number as well and sends nothing. */
export const reportOperation = (deps: Deps): Operation<typeof reportProspect, Prepared> => ({
  permission: 'prospect.report',
  async prepare({ body }, context) {
    const { actor } = context
    if (body.invite && !actor.permissions.has('invite.send')) throw new Refusal('no_permission')
    const contacts = readContacts(body)
    const types = await admitInviting(context, body.invite ? 'mail' : 'any')
    if (body.invite && !types.includes(body.invite.associationType)) throw new Refusal('invite_blocked', { sentence: 'no_resale', facts: { block: 'no_resale' } })
    const managerId = await managerOf(context, body.managerId)
    await takeCheck(context)
    return { ...contacts, managerId, types }
  },
  async apply(prepared, { body }, context) {
    const { tx, now, actor } = context
    const { mobile, email, managerId, types } = prepared
    const finding = await check(context, deps, mobile)
    if (finding.kind === 'refused') return { result: 'refused', cause: finding.cause }
    if (finding.kind === 'review' && !body.review) return { result: 'review_offered', cause: finding.cause }
    const review = finding.kind === 'review' && body.review ? { cause: finding.cause, reason: body.review.reason } : undefined
    const expiresAt = review ? null : new Date(now.getTime() + reportLife * 1000)
    const id = await insertProspect(tx, now, actor.partner.id, keyedHash(deps.secrets, mobile), { name: body.name, mobile, email, managerId, reporterId: actor.member.id, review, expiresAt })
    if (id === undefined) return { result: 'refused', cause: 'REPORTED_BY_OTHER' }
    let invitationNumber: string | null = null
    if (body.invite && !review) {
      const prospect = { id, name: body.name, mobile, email, managerId, state: 'REPORTED' as const, cause: null, lastSentAt: null }
      const [sent] = await writeInvitations(context, deps, await admitMails(context, deps, [{ prospect, associationType: body.invite.associationType }], types))
      invitationNumber = sent?.number ?? null
    }
    const [row] = await readProspects(tx, now, actor, [id])
    if (!row) throw new Error('a prospect vanished while it was reported')
    return review ? { result: 'under_review', prospect: presentProspect(row) } : { result: 'reported', prospect: presentProspect(row), invitationNumber }
  },
  log: logOf,
})

/** Refuses with masked_value what was copied from a list, and with invalid_input each field: the number must be one of the mainland, because the customer registers with it. */
function readContacts({ name, mobile: typedMobile, email: typedEmail, invite }: { name: string; mobile: string; email?: string | undefined; invite?: unknown }): { mobile: string; email: string | null } {
  const masked = Object.entries({ name: name.includes('**'), mobile: isMask(typedMobile), email: isMask(typedEmail ?? '') }).flatMap(([path, is]) => (is ? [{ path, code: 'invalid', message: '' }] : []))
  if (masked.length > 0) throw new Refusal('masked_value', { fields: masked })
  const mobile = normalizeMobile(typedMobile)
  const email = typedEmail === undefined ? null : normalizeEmail(typedEmail.normalize('NFKC'))
  const fields: FieldError[] = [
    ...(mobile === undefined || !isMainlandMobile(mobile) ? [{ path: 'mobile', code: 'mobile', message: '' }] : []),
    ...(email === undefined ? [{ path: 'email', code: 'email', message: '' }] : []),
    ...(email === null && invite !== undefined ? [{ path: 'email', code: 'required', message: '' }] : []),
  ]
  if (fields.length > 0 || mobile === undefined || email === undefined) throw new Refusal('invalid_input', { fields })
  return { mobile, email }
}

/** A manager reports for themself, and chooses somebody else only with a further role; others may choose one. Refuses a manager's choice of somebody else with no_permission, and an id that is no active manager's with not_found. */
async function managerOf({ tx, actor }: Context, wanted: string | undefined): Promise<string | null> {
  const own = isManager(actor) ? actor.member.id : null
  if (wanted === undefined || wanted === own) return own
  if (!seesWholePartner(actor)) throw new Refusal('no_permission')
  if (!(await isActiveManager(tx, actor.partner.id, wanted))) throw new Refusal('not_found')
  return wanted
}

async function takeCheck({ tx, now, actor }: Context): Promise<void> {
  const free = await takeLimit(tx, now, 'report-checks', `${actor.partner.id}:${actor.member.id}`, reportChecks.window, reportChecks.max)
  if (free === undefined) return
  throw new Refusal('too_many_requests', {
    sentence: 'report_limit', retryAfter: secondsUntil(free, now), facts: { until: free.toISOString() },
    afterwards: (later) => writeLog(later.tx, later.now, { partnerId: actor.partner.id, memberId: actor.member.id, name: actor.member.name, source: 'console' }, later.request,
      [{ operation: 'prospect.refused', objectKind: 'prospect', result: 'refused', details: { limit: reportChecks.max } }]),
  })
}

async function check({ tx, now, actor }: Context, { secrets }: Deps, mobile: string): Promise<Finding> {
  const partnerId = actor.partner.id
  await lockReports(tx, partnerId)
  const { accounts, holder } = await readNumber(tx, now, partnerId, mobile, keyedHash(secrets, mobile))
  return judgeReport(accounts, { holder, used: await countOpen(tx, now, partnerId), max: prospectsMax, oldBefore: new Date(now.getTime() - accountAge * 1000) })
}

function logOf(reply: Answer, { mobile, email }: Prepared, { body }: { body: { name: string; review?: { reason: string } | undefined } }): LogFacts | LogFacts[] {
  const about = { name: maskCompany(body.name), mobile: maskMobile(mobile), email: maskEmail(email) }
  switch (reply.result) {
    case 'refused': return { operation: 'prospect.refused', objectKind: 'prospect', result: 'refused', details: { ...about, cause: reply.cause } }
    case 'review_offered': return { operation: 'prospect.refused', objectKind: 'prospect', result: 'refused', details: { ...about, cause: reply.cause, review: 'offered' } }
    case 'under_review': return { operation: 'prospect.reported', objectKind: 'prospect', objectNumber: reply.prospect.id, details: { ...about, state: reply.prospect.state } }
    case 'reported': return [
      { operation: 'prospect.reported', objectKind: 'prospect', objectNumber: reply.prospect.id, details: { ...about, state: reply.prospect.state } },
      ...(reply.invitationNumber === null ? [] : [{ operation: 'invite.sent' as const, objectKind: 'invitation' as const, objectNumber: reply.invitationNumber, details: { type: reply.prospect.lastInvitation?.associationType ?? null, to: maskEmail(email) } }]),
    ]
  }
}
