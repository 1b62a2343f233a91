import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { Masked } from './masked.ts'
import { Id, Instant } from './page.ts'
import { PasskeyAssertion, PasskeyAttestation, PasskeyCreation, PasskeyOptions } from './passkeys.ts'
import { AuthenticatorKind, ProofChannel } from './proofs.ts'
import { SensitiveOperation } from './operations.ts'
import { Locale } from './people.ts'
import { plainLine } from './text.ts'

const Code = z.string().check(z.regex(/^[0-9]{6}$/, 'code'))
const Password = z.string().check(z.minLength(8, 'password'), z.maxLength(128, 'password'))
const Sent = z.object({ channel: ProofChannel, sentTo: Masked, reference: z.string(), resendAt: Instant, expiresAt: Instant, now: Instant })
/** What the person is about to change about themself. */
export const OwnChange = z.enum(['mobile', 'email', 'password', 'authenticator'])
export type OwnChange = z.infer<typeof OwnChange>

/** Step 1: a code to a current, verified contact. */
export const sendIdentityCode = endpoint({ method: 'POST', path: '/api/profile/identity/send', body: z.strictObject({ change: OwnChange, channel: ProofChannel }), response: Sent })
/** Step 2: the right code opens the form of this one change for ten minutes, in this session. */
export const checkIdentityCode = endpoint({ method: 'POST', path: '/api/profile/identity/check', body: z.strictObject({ change: OwnChange, code: Code }), response: z.object({ openUntil: Instant }) })
/** The same step with an authenticator. For the change `authenticator` a person who has one must use one: a code by message would make it no stronger than the message. */
export const checkIdentityTotp = endpoint({ method: 'POST', path: '/api/profile/identity/totp', body: z.strictObject({ change: OwnChange, code: Code }), response: z.object({ openUntil: Instant }) })
export const askIdentityPasskey = endpoint({ method: 'POST', path: '/api/profile/identity/passkey/challenge', body: z.strictObject({ change: OwnChange }), response: z.object({ options: PasskeyOptions }) })
export const checkIdentityPasskey = endpoint({ method: 'POST', path: '/api/profile/identity/passkey', body: z.strictObject({ change: OwnChange, assertion: PasskeyAssertion }), response: z.object({ openUntil: Instant }) })
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

export const Authenticator = z.object({ id: Id, kind: AuthenticatorKind, name: z.string(), createdAt: Instant, lastUsedAt: z.nullable(Instant) })
export type Authenticator = z.infer<typeof Authenticator>
const AuthenticatorName = plainLine(1, 32)
export const listAuthenticators = endpoint({
  method: 'GET', path: '/api/profile/authenticators',
  response: z.object({
    items: z.array(Authenticator), max: z.int(),
    /** Operations for which an administrator requires one. */
    requiredFor: z.array(SensitiveOperation), mayRequire: z.boolean(),
    /** Those for which one may be required: what the type of the partner does at all. */
    mayRequireFor: z.array(SensitiveOperation),
    /** Whether adding and removing are opened by an authenticator, which is so as soon as there is one. */
    opensBy: z.enum(['message', 'authenticator']), openUntil: z.nullable(Instant),
    /** The host name under which passkeys work, because they belong to a name and never to a bare address. Null where this console has only such an address. */
    passkeyHost: z.nullable(z.string()),
  }),
})
/** Behind the form that an identity check for `authenticator` opened. The secret is told once, here, and waits for its first code. */
export const beginTotp = endpoint({ method: 'POST', path: '/api/profile/authenticators/totp/begin', body: z.strictObject({}), response: z.object({ secret: z.string(), uri: z.string(), expiresAt: Instant }) })
/** The first code proves that the app has the secret. */
export const addTotp = endpoint({ method: 'POST', path: '/api/profile/authenticators/totp', body: z.strictObject({ name: AuthenticatorName, code: Code }), response: Authenticator })
export const beginPasskey = endpoint({ method: 'POST', path: '/api/profile/authenticators/passkey/begin', body: z.strictObject({}), response: z.object({ options: PasskeyCreation }) })
export const addPasskey = endpoint({ method: 'POST', path: '/api/profile/authenticators/passkey', body: z.strictObject({ name: AuthenticatorName, attestation: PasskeyAttestation }), response: Authenticator })
const authenticatorParams = z.strictObject({ id: Id })
export const renameAuthenticator = endpoint({ method: 'PUT', path: '/api/profile/authenticators/:id', params: authenticatorParams, body: z.strictObject({ name: AuthenticatorName }), response: Authenticator })
/** Behind the opened form. The last one of an administrator cannot go while one is required. */
export const removeAuthenticator = endpoint({ method: 'DELETE', path: '/api/profile/authenticators/:id', params: authenticatorParams, response: z.object({}) })
/** Which operations need an authenticator. Always confirmed, and by an authenticator as soon as any operation needs one. */
export const requireAuthenticators = endpoint({
  method: 'POST', path: '/api/profile/verification/required', proof: 'verification.require', idempotent: true,
  body: z.strictObject({ operations: z.array(SensitiveOperation).check(z.maxLength(20)) }), response: z.object({ requiredFor: z.array(SensitiveOperation) }),
})
/** One sample message as this person would receive it in a language, at the partner's clock. */
export const previewMessage = endpoint({
  method: 'POST', path: '/api/profile/preview', reads: true, body: z.strictObject({ language: Locale, timeZone: z.optional(z.string().check(z.maxLength(64))) }),
  response: z.object({ sms: z.string(), mail: z.object({ subject: z.string(), text: z.string() }) }),
})
