import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { lookupAnswer, lookupFields } from './invites.ts'
import { Masked } from './masked.ts'
import { Id, Instant, listOf, pageFields } from './page.ts'
import { Locale } from './people.ts'
import { plainLine } from './text.ts'

// Project specialists: people of delivery projects whom a partner invites, and who keep their qualifications themselves.

export const SpecialistState = z.enum(['INVITED', 'LAPSED', 'UNDER_REVIEW', 'BOUND', 'REJECTED', 'UNBOUND', 'CANCELLED'])
export type SpecialistState = z.infer<typeof SpecialistState>
export const SpecialistWay = z.enum(['MOBILE', 'EMAIL', 'ACCOUNT'])
export type SpecialistWay = z.infer<typeof SpecialistWay>

export const Specialist = z.object({
  id: Id, nameMasked: Masked, way: SpecialistWay, /** What the invitation was addressed to. */ mobileMasked: z.nullable(Masked), emailMasked: z.nullable(Masked),
  /** The account that accepted, else the invited one. */ accountMasked: z.nullable(Masked), state: SpecialistState, /** Of the vendor, why it was rejected. */ reason: z.nullable(z.string()),
  /** The provider would not take the message; of an account's invitation that is not told, because it would tell that the account exists. */ isUndelivered: z.boolean(),
  invitedBy: z.object({ id: Id, nameMasked: Masked }), invitedAt: Instant, expiresAt: Instant, boundAt: z.nullable(Instant),
  /** When it may be sent again; null: not this one. */ resendAt: z.nullable(Instant),
})
export type Specialist = z.infer<typeof Specialist>
export const SpecialistSort = z.enum(['-invitedAt', 'invitedAt'])
export type SpecialistSort = z.infer<typeof SpecialistSort>
export const SpecialistFilter = z.strictObject({ state: z.optional(SpecialistState) })
export type SpecialistFilter = z.infer<typeof SpecialistFilter>
export const querySpecialists = endpoint({
  method: 'POST', path: '/api/specialists/query', reads: true,
  body: z.strictObject({ ...pageFields, sort: z._default(SpecialistSort, '-invitedAt'), filter: z._default(SpecialistFilter, {}), ...lookupFields }), response: z.object({ ...listOf(Specialist).shape, ...lookupAnswer }),
})

/** Sends a single-use link for seven days: by SMS, by mail, or to the verified contact of a vendor account. Answers alike whether or not there is such an account. */
export const inviteSpecialist = endpoint({
  method: 'POST', path: '/api/specialists',
  body: z.strictObject({ way: SpecialistWay, value: z.string().check(z.trim(), z.minLength(1, 'required'), z.maxLength(64, 'too_long')), name: plainLine(1, 64), language: Locale }), response: Specialist,
})
const idParams = z.strictObject({ id: Id })
/** Sends a new link; the earlier one is void. */
export const resendSpecialist = endpoint({ method: 'POST', path: '/api/specialists/:id/resend', params: idParams, body: z.strictObject({}), response: Specialist })
/** Takes back an invitation, also one whose specialist is still under review. */
export const cancelSpecialist = endpoint({ method: 'POST', path: '/api/specialists/:id/cancel', params: idParams, body: z.strictObject({}), response: Specialist })
export const unbindSpecialist = endpoint({ method: 'POST', path: '/api/specialists/:id/unbind', params: idParams, body: z.strictObject({}), response: Specialist })

export const QualificationKind = z.enum(['employment', 'certificate', 'training', 'project'])
export type QualificationKind = z.infer<typeof QualificationKind>
export const qualificationsMax = 40
/** A month as YYYY-MM. */
const Month = z.string().check(z.regex(/^(19|20)\d{2}-(0[1-9]|1[0-2])$/, 'month'))
/** One job, certificate, training or project. `organization` is the employer, issuer, provider or the specialist's part in the project; `to` null: still so, or without end. */
export const Qualification = z.strictObject({ kind: QualificationKind, title: plainLine(1, 64), organization: plainLine(1, 64), from: Month, to: z.nullable(Month), note: plainLine(0, 200) })
  .check(z.refine(({ from, to }) => to === null || to >= from, { path: ['to'], error: 'month_order' }))
export type Qualification = z.infer<typeof Qualification>
/** As the specialist keeps them; for a bound one only. Never changed here. */
export const getQualifications = endpoint({
  method: 'GET', path: '/api/specialists/:id/qualifications', params: idParams,
  response: z.object({ specialist: Specialist, items: z.array(Qualification), /** Null: nothing was entered yet. */ changedAt: z.nullable(Instant) }),
})

/** At least 128 random bits, told in the message only. It travels in bodies. */
const Token = z.string().check(z.regex(/^[\w-]{22,64}$/, 'token'))
const tokenBody = z.strictObject({ token: Token })
/** What stands behind a specialist's link. Changes nothing, so that mail scanners may look. */
export const viewSpecialistInvite = endpoint({
  method: 'POST', path: '/api/specialist-invite/view', isPublic: true, reads: true, body: tokenBody,
  response: z.discriminatedUnion('state', [
    z.object({
      state: z.literal('open'), partnerName: z.string(), expiresAt: Instant,
      /** The only account that may accept; null: any personal one. */ accountMasked: z.nullable(Masked),
      /** Who is signed in in this browser. */ signedIn: z.nullable(z.object({ accountName: z.string(), csrf: z.string() })),
    }),
    /** Unknown, cancelled, used or replaced: all alike. */
    z.object({ state: z.literal('invalid') }),
    z.object({ state: z.literal('expired'), at: Instant }),
  ]),
})
/** The signed-in account becomes the partner's specialist, once the vendor has reviewed it. Enterprise accounts are refused, and one that is somebody's specialist already. */
export const acceptSpecialistInvite = endpoint({ method: 'POST', path: '/api/specialist-invite/accept', isPublic: true, body: tokenBody, response: z.object({ partnerName: z.string() }) })

const Own = z.object({
  accountName: z.string(),
  /** Null: this account was never a specialist. */
  specialist: z.nullable(z.object({
    partnerName: z.string(), state: z.enum(['UNDER_REVIEW', 'BOUND', 'REJECTED', 'UNBOUND', 'CANCELLED']), reason: z.nullable(z.string()), acceptedAt: Instant, boundAt: z.nullable(Instant),
    items: z.array(Qualification), changedAt: z.nullable(Instant),
  })),
})
export const getMySpecialist = endpoint({ method: 'GET', path: '/api/my/specialist', isPublic: true, response: Own })
/** Does not exist for an account that was never a specialist. */
export const putMyQualifications = endpoint({ method: 'PUT', path: '/api/my/specialist', isPublic: true, body: z.strictObject({ items: z.array(Qualification).check(z.maxLength(qualificationsMax, 'rows_max')) }), response: Own })
