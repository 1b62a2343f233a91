import * as z from 'zod/mini'
import { AssociationType } from './customers.ts'
import { endpoint } from './endpoint.ts'
import { InvitationState, InviteCause, InviteCure, lookupAnswer, lookupFields } from './invites.ts'
import { Masked } from './masked.ts'
import { Day, Id, Instant, listOf, pageFields } from './page.ts'
import { plainLine } from './text.ts'

/** A partner has at most so many under review and reported at a time. */
export const prospectsMax = 100

export const ProspectState = z.enum(['UNDER_REVIEW', 'REPORTED', 'REJECTED', 'ASSOCIATION_FAILED', 'ASSOCIATED', 'EXPIRED'])
export type ProspectState = z.infer<typeof ProspectState>

/** Why somebody cannot be reported. */
export const ReportCause = z.enum([
  'ALREADY_ASSOCIATED', 'REPORTED_BY_OTHER', 'OTHER_SITE', 'CONSUMER_CLOUD', 'VENDOR_CONTRACT', 'CASH_SPEND', 'ENTERPRISE_MEMBER', 'OWN_DUPLICATE', 'LIMIT_REACHED',
])
export type ReportCause = z.infer<typeof ReportCause>
/** Why a report needs the vendor's review. */
export const ReviewCause = z.enum(['FOLLOWED_BY_SALES', 'REPORTED_BY_VENDOR', 'OWNED_BY_VENDOR_SALES', 'OTHER_COUNTRY'])
export type ReviewCause = z.infer<typeof ReviewCause>

const Person = z.object({ id: Id, nameMasked: Masked })
export const Prospect = z.object({
  id: Id, nameMasked: Masked, mobileMasked: Masked, emailMasked: z.nullable(Masked),
  state: ProspectState, cause: z.nullable(InviteCause), cure: z.nullable(InviteCure),
  /** Why the vendor operator rejected it. */
  rejectReason: z.nullable(z.string()),
  /** When it was handed in; the 15 days count from the report or its approval. */
  reportedAt: Instant, expiresAt: z.nullable(Instant),
  lastInvitation: z.nullable(z.object({ id: Id, number: z.string(), state: InvitationState, associationType: AssociationType, sentAt: Instant, expiresAt: z.nullable(Instant) })),
  manager: z.nullable(Person), reporter: Person,
  customer: z.nullable(z.object({ id: Id, number: z.string() })),
  /** Whether a mail invitation may be sent now, and if not yet, when. */
  inviteAt: z.nullable(Instant),
})
export type Prospect = z.infer<typeof Prospect>
export const ProspectSort = z.enum(['-reportedAt', 'reportedAt', 'expiresAt', '-expiresAt'])
export type ProspectSort = z.infer<typeof ProspectSort>
export const ProspectFilter = z.strictObject({
  state: z.optional(ProspectState), /** State of the last mail invitation; `none`: never invited. */ invitation: z.optional(z.union([InvitationState, z.literal('none')])),
  manager: z.optional(z.union([Id, z.literal('unassigned')])), from: z.optional(Day), to: z.optional(Day),
  todo: z.optional(z.enum(['no_email', 'ending'])),
})
export type ProspectFilter = z.infer<typeof ProspectFilter>
export const queryProspects = endpoint({
  method: 'POST', path: '/api/prospects/query', reads: true,
  body: z.strictObject({ ...pageFields, sort: z._default(ProspectSort, '-reportedAt'), filter: z._default(ProspectFilter, {}), ...lookupFields }),
  response: z.object({ ...listOf(Prospect).shape, ...lookupAnswer, /** Under review and reported, of the whole partner. */ used: z.int(), max: z.int() }),
})
const idParams = z.strictObject({ id: Id })
export const getProspect = endpoint({ method: 'GET', path: '/api/prospects/:id', params: idParams, response: Prospect })

/** Typed forms; blanks, hyphens, `+86` and full-width digits are cleaned by the server, which answers with field errors `mobile` and `email`. */
const MobileText = z.string().check(z.trim(), z.minLength(1, 'required'), z.maxLength(32, 'mobile'))
const EmailText = z.string().check(z.trim(), z.minLength(1, 'required'), z.maxLength(64, 'email'))

/** Checks and reserves a prospect for 15 days. What the check finds is an answer, not an error: the form shows it in place. */
export const reportProspect = endpoint({
  method: 'POST', path: '/api/prospects', idempotent: true, personal: true,
  body: z.strictObject({
    name: plainLine(1, 64), mobile: MobileText, email: z.optional(EmailText), managerId: z.optional(Id),
    /** Sends the mail invitation at once, if the report stands. Needs the email. */
    invite: z.optional(z.strictObject({ associationType: AssociationType })),
    /** Hands the report in for the vendor's review. */
    review: z.optional(z.strictObject({ reason: z.string().check(z.trim(), z.minLength(1, 'required'), z.maxLength(500, 'too_long')) })),
  }),
  response: z.discriminatedUnion('result', [
    z.object({ result: z.literal('reported'), prospect: Prospect, /** Set when a mail was sent. */ invitationNumber: z.nullable(z.string()) }),
    z.object({ result: z.literal('under_review'), prospect: Prospect }),
    z.object({ result: z.literal('review_offered'), cause: ReviewCause }),
    z.object({ result: z.literal('refused'), cause: ReportCause }),
  ]),
})
/** Adds or changes the mail address; a pending mail invitation to the old one becomes void. Nothing is sent. */
export const putProspectEmail = endpoint({
  method: 'PUT', path: '/api/prospects/:id/email', params: idParams, body: z.strictObject({ email: EmailText }), response: Prospect,
})
