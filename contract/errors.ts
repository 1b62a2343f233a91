import * as z from 'zod/mini'
import { ProofRequired } from './proofs.ts'

/** Why one row of a batch, or the only row of a single operation, cannot be done. */
const RowRefusalCode = z.enum([
  'not_resale', 'not_yours', 'amount', 'duplicate', 'above_reclaimable', 'nothing_to_reclaim', 'lot_empty', 'lot_unknown',
  'no_email', 'not_reported', 'too_soon', 'address_limit', 'not_resendable', 'no_resale', 'already_assigned', 'not_assigned', 'in_plan',
  'outside_limit', 'not_whitelisted', 'invoice_user', 'only_original', 'self_issue', 'quota_customer', 'coupon_closed', 'coupon_empty', 'coupon_reclaimed', 'coupon_foreign', 'quota_closed',
  'not_confirmed', 'frozen', 'in_request', 'quarterly', 'option_not_offered',
  'already_confirmed', 'statement_lapsed', 'not_pending', 'after_deadline', 'reseller_closed', 'source_closed',
])

export const RowRefusal = z.object({
  /** Position in the request's `items`, from 0. */
  row: z.int(),
  code: RowRefusalCode,
  message: z.string(),
  /** The largest amount the server would accept for this row, where there is one. */
  max: z.optional(z.string()),
})
export type RowRefusal = z.infer<typeof RowRefusal>

export const FieldError = z.object({
  /** Path in the request, e.g. `items.0.amount`. */
  path: z.string(),
  code: z.string(),
  message: z.string(),
})
export type FieldError = z.infer<typeof FieldError>

/** Stable codes of refusals, with their HTTP status. Programs read the code, people read the sentence. */
export const refusalStatus = {
  malformed: 400, invalid_input: 400, unknown_field: 400, masked_value: 400, idempotency_key_missing: 400, code_malformed: 400,
  wrong_credentials: 401, not_signed_in: 401,
  csrf: 403, no_permission: 403, partner_state: 403, proof_required: 403, invite_blocked: 403,
  not_found: 404, method_not_allowed: 405,
  conflict: 409, insufficient_funds: 409, rows_refused: 409, in_progress: 409, proof_closed: 409, sends_used_up: 409, no_channel: 409, stale: 409, last_session: 409, export_limit: 409, link_closed: 409, account_taken: 409, documents_changed: 409, business_not_certified: 409, unpaid_bills: 409, invoice_list_waiting: 409,
  too_large: 413, unsupported_media: 415,
  code_wrong: 422, code_expired: 422, idempotency_mismatch: 422,
  proof_locked: 423,
  too_many_requests: 429,
  internal: 500,
  send_failed: 503, outcome_unknown: 503, busy: 503, closing: 503,
} as const
export type RefusalCode = keyof typeof refusalStatus

/** A refusal on the wire: application/problem+json. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  /** One sentence for the person, in the language of the request. */
  detail: z.string(),
  requestId: z.string(),
  fields: z.optional(z.array(FieldError)),
  rows: z.optional(z.array(RowRefusal)),
  /** Facts of the refusal for the screen, e.g. `{ available, needed, short }` of insufficient_funds. */
  facts: z.optional(z.record(z.string(), z.string())),
  proof: z.optional(ProofRequired),
  attemptsLeft: z.optional(z.int()),
  /** Whole seconds until asking again makes sense. */
  retryAfter: z.optional(z.int()),
})
export type Problem = z.infer<typeof Problem>
