import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { Masked } from './masked.ts'
import { Amount } from './money.ts'
import { Day, Id, Instant, listOf, pageFields } from './page.ts'

/** Everything that is logged, named `<object>.<what happened>`. The console translates `log.operation.<key>`. */
export const LoggedOperation = z.enum([
  'session.signed_in', 'session.failed', 'session.signed_out', 'session.ended', 'session.sign_in_locked',
  'funds.allocate', 'funds.reclaim', 'funds.top_up', 'funds.credit_limit', 'funds.consume', 'funds.arrears', 'funds.own_top_up', 'funds.rebate', 'funds.hold',
  'proof.frozen', 'proof.sent', 'proof.send_failed', 'proof.passed', 'proof.wrong', 'proof.locked', 'proof.void', 'proof.limit',
  'verification.locked', 'verification.unlocked', 'verification.off', 'verification.on',
  'data.reveal', 'data.reveal_limit', 'data.export', 'data.export_download', 'data.export_delete', 'data.lookup_limit',
  'customer.tag', 'customer.created', 'customer.changed', 'partner.created', 'partner.changed', 'member.created', 'member.changed', 'access.refused', 'ledger.mismatch',
  'prospect.reported', 'prospect.refused', 'prospect.reviewed', 'prospect.email', 'prospect.expired', 'invite.sent', 'invite.resent', 'invite.revoked', 'invite.opened', 'invite.failed',
  'link.created', 'link.replaced', 'link.revoked', 'link.shown', 'customer.associated', 'account.registered', 'account.signed_in', 'account.sign_in_failed', 'account.code_sent', 'account.code_wrong',
  'assignment.assigned', 'assignment.changed', 'assignment.reclaimed', 'handover.planned', 'handover.cancelled', 'handover.done',
  'profile.identity_code', 'profile.identity_wrong', 'profile.opened', 'profile.contact_code', 'profile.contact', 'profile.password', 'profile.reset_code', 'profile.reset_wrong', 'profile.reset', 'partner.time_zone', 'session.new_device',
  'profile.authenticator_added', 'profile.authenticator_renamed', 'profile.authenticator_removed', 'member.authenticators_removed', 'verification.require',
  'session.identity_linked', 'session.identity_unlinked',
  'role.created', 'role.changed', 'role.deleted', 'member.deleted', 'handover.changed',
  'company.submitted', 'company.withdrawn', 'company.reviewed', 'company.downloaded', 'contacts.changed', 'notice.takeover', 'notice.bill', 'case.downloaded', 'agreement.downloaded',
  'specialist.invited', 'specialist.resent', 'specialist.cancelled', 'specialist.bound', 'specialist.unbound', 'specialist.reviewed',
  'coupon.issue', 'coupon.reclaim', 'coupon.return', 'coupon.redeem', 'coupon.activate', 'coupon.receive', 'quota.grant', 'quota.withdraw', 'quota.issue', 'quota.reclaim',
  'business.submitted', 'business.test_payment', 'business.reviewed', 'business.test_sent', 'business.unlocked', 'business.downloaded', 'business.shown',
  'payment.requested', 'payment.resent', 'payment.withdrawn', 'payment.step', 'payment.automatic', 'invoice.submitted', 'invoice.published', 'invoice.downloaded', 'partner.bills',
  'incentive.created', 'incentive.imported', 'incentive.published', 'incentive.confirmed', 'incentive.auto_confirmed', 'incentive.lapsed', 'incentive.deadline_moved', 'incentive.adjusted', 'incentive.excluded', 'incentive.frozen', 'incentive.customer_paid', 'incentive.released', 'incentive.feedback', 'incentive.answered', 'incentive.closed',
  'whitelist.added', 'whitelist.removed', 'whitelist.imported',
])
export type LoggedOperation = z.infer<typeof LoggedOperation>
export const LogResult = z.enum(['success', 'refused', 'failed'])
export type LogResult = z.infer<typeof LogResult>
export const ConfirmedBy = z.enum(['sms', 'email', 'totp', 'passkey', 'click', 'none'])
export type ConfirmedBy = z.infer<typeof ConfirmedBy>
export const LogSource = z.enum(['console', 'api', 'system', 'vendor', 'customer'])
export type LogSource = z.infer<typeof LogSource>
export const LogObject = z.enum(['customer', 'transfer', 'adjustment', 'lot', 'proof', 'session', 'member', 'partner', 'export', 'account', 'prospect', 'invitation', 'link', 'handover', 'role', 'company', 'authenticator', 'specialist', 'coupon', 'quota', 'business', 'payment', 'invoice', 'statement', 'incentive_line', 'whitelist', 'reseller'])
export type LogObject = z.infer<typeof LogObject>

export const LogEntry = z.object({
  id: Id, at: Instant, operatorMasked: z.nullable(Masked), operation: LoggedOperation,
  objectKind: z.nullable(LogObject), objectNumber: z.nullable(z.string()),
  /** `id` is null for a customer whom the reader may read about here and not open. */
  customer: z.nullable(z.object({ id: z.nullable(Id), nameMasked: Masked, number: z.string() })),
  amount: z.nullable(Amount), result: LogResult, confirmedBy: ConfirmedBy, source: LogSource, requestId: z.string(),
})
export type LogEntry = z.infer<typeof LogEntry>

export const LogFilter = z.strictObject({
  from: z.optional(Day), to: z.optional(Day), operatorId: z.optional(Id), operation: z.optional(LoggedOperation), objectKind: z.optional(LogObject),
  objectNumber: z.optional(z.string().check(z.trim(), z.maxLength(64))), customerId: z.optional(Id),
  customerNumber: z.optional(z.string().check(z.trim(), z.regex(/^[0-9 ]{1,20}$/, 'number'))),
  result: z.optional(LogResult), confirmedBy: z.optional(ConfirmedBy), source: z.optional(LogSource),
})
export type LogFilter = z.infer<typeof LogFilter>

export const queryLog = endpoint({
  method: 'POST', path: '/api/operation-log/query', reads: true,
  body: z.strictObject({ ...pageFields, filter: z._default(LogFilter, {}) }), response: listOf(LogEntry),
})
/** One entry with everything that was kept about it: masked values only, never a code. */
export const getLogEntry = endpoint({
  method: 'GET', path: '/api/operation-log/:id', params: z.strictObject({ id: Id }),
  response: z.object({ ...LogEntry.shape, address: z.string(), agent: z.string(), details: z.array(z.object({ label: z.string(), value: z.string() })) }),
})
export const getLogChoices = endpoint({
  method: 'GET', path: '/api/operation-log/choices',
  response: z.object({ operators: z.array(z.object({ id: Id, nameMasked: Masked })) }),
})

export const RevealRecord = z.object({
  id: Id, at: Instant, operatorMasked: Masked,
  /** `number` is empty for a prospect and a whitelisted customer, which have none, and for the master account; of a member it is the login name, of a reseller its account. */
  subject: z.object({ kind: z.enum(['customer', 'prospect', 'invitation', 'member', 'specialist', 'business', 'whitelist', 'reseller']), id: Id, nameMasked: Masked, number: z.string() }),
  field: z.enum(['name', 'accountName', 'mobile', 'email', 'manager', 'bankAccount', 'address']), page: z.string(),
})
export const RevealFilter = z.strictObject({
  from: z.optional(Day), to: z.optional(Day), operatorId: z.optional(Id),
  customerNumber: z.optional(z.string().check(z.trim(), z.regex(/^[0-9 ]{1,20}$/, 'number'))),
})
export type RevealFilter = z.infer<typeof RevealFilter>
export const queryRevealRecords = endpoint({
  method: 'POST', path: '/api/operation-log/reveals/query', reads: true,
  body: z.strictObject({ ...pageFields, filter: z._default(RevealFilter, {}) }),
  response: z.object({
    ...listOf(RevealRecord).shape,
    /** This month, per operator: subjects seen and the largest day. */
    summary: z.array(z.object({ operatorMasked: Masked, subjects: z.int(), largestDay: z.int() })),
  }),
})
