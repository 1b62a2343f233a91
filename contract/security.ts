import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { Masked } from './masked.ts'
import { Instant } from './page.ts'
import { ProofChannel } from './proofs.ts'

const Code = z.string().check(z.regex(/^[0-9]{6}$/, 'code'))
const Password = z.string().check(z.minLength(8, 'password'), z.maxLength(128, 'password'))
const Sent = z.object({ channel: ProofChannel, sentTo: Masked, reference: z.string(), resendAt: Instant, expiresAt: Instant, now: Instant })
/** What the person is about to change about themself. */
export const OwnChange = z.enum(['mobile', 'email', 'password'])
export type OwnChange = z.infer<typeof OwnChange>

/** Step 1: a code to a current, verified contact. */
export const sendIdentityCode = endpoint({ method: 'POST', path: '/api/profile/identity/send', body: z.strictObject({ change: OwnChange, channel: ProofChannel }), response: Sent })
/** Step 2: the right code opens the form of this one change for ten minutes, in this session. */
export const checkIdentityCode = endpoint({ method: 'POST', path: '/api/profile/identity/check', body: z.strictObject({ change: OwnChange, code: Code }), response: z.object({ openUntil: Instant }) })
/** Step 3: a code to the new contact, which proves that it is the person's. */
export const sendContactCode = endpoint({ method: 'POST', path: '/api/profile/contact/send', body: z.strictObject({ change: z.enum(['mobile', 'email']), value: z.string().check(z.trim(), z.minLength(1, 'required'), z.maxLength(64)) }), response: Sent })
/** Step 4: changes it. The old contact is told, other sign-ins end, open proofs are void. */
export const changeContact = endpoint({ method: 'POST', path: '/api/profile/contact', body: z.strictObject({ change: z.enum(['mobile', 'email']), code: Code }), response: z.object({ masked: Masked, endedSignIns: z.int() }) })
/** Behind an opened form: all other sign-ins end, the contacts are told. */
export const changePassword = endpoint({ method: 'POST', path: '/api/profile/password', body: z.strictObject({ password: Password }), response: z.object({ endedSignIns: z.int() }) })

const who = { account: z.string().check(z.trim(), z.minLength(1, 'required'), z.maxLength(64)), member: z.optional(z.string().check(z.trim(), z.maxLength(64))) }
/** Forgotten password. Answers alike, and as fast, whether or not there is such an account with such a contact. */
export const sendResetCode = endpoint({
  method: 'POST', path: '/api/password-reset/send', isPublic: true, body: z.strictObject({ ...who, channel: ProofChannel }),
  response: z.object({ reference: z.string(), resendAt: Instant, expiresAt: Instant, now: Instant }),
})
/** Sets a new password with the code, once, and signs nobody in. */
export const resetPassword = endpoint({ method: 'POST', path: '/api/password-reset', isPublic: true, body: z.strictObject({ ...who, code: Code, password: Password }), response: z.object({}) })
/** The partner's time zone, by administrators: working hours and times in messages follow it. */
export const putTimeZone = endpoint({ method: 'PUT', path: '/api/profile/time-zone', body: z.strictObject({ timeZone: z.string().check(z.maxLength(64)) }), response: z.object({ timeZone: z.string() }) })
