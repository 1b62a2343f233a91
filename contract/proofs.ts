import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { Masked } from './masked.ts'
import { Amount, Figure } from './money.ts'
import { SensitiveOperation } from './operations.ts'
import { Id, Instant } from './page.ts'
import { PasskeyAssertion, PasskeyOptions } from './passkeys.ts'

export const ProofChannel = z.enum(['sms', 'email'])
export type ProofChannel = z.infer<typeof ProofChannel>

/** An authenticator app makes six digits on a device; a passkey signs on one. Both are something the person enrolled here. */
export const AuthenticatorKind = z.enum(['totp', 'passkey'])
export type AuthenticatorKind = z.infer<typeof AuthenticatorKind>
export const ConfirmMethod = z.enum(['sms', 'email', 'totp', 'passkey'])
export type ConfirmMethod = z.infer<typeof ConfirmMethod>

/** What will happen: frozen, and part of the digest. `label` is a key that the console translates (`proof.fact.<label>`). */
export const Fact = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('money'), label: z.string(), amount: Amount }),
  z.object({ kind: z.literal('count'), label: z.string(), count: z.int() }),
  z.object({ kind: z.literal('party'), label: z.string(), nameMasked: Masked, idTail: z.string() }),
  /** `text` is a key as well: `proof.text.<text>`. */
  z.object({ kind: z.literal('text'), label: z.string(), text: z.string() }),
  /** A number people quote: a lot, an order. */
  z.object({ kind: z.literal('number'), label: z.string(), number: z.string() }),
])
export type Fact = z.infer<typeof Fact>

/** What surrounds it: shown, refreshed freely, never bound. */
export const Note = z.discriminatedUnion('kind', [
  /** A balance before and after. */
  z.object({ kind: z.literal('change'), label: z.string(), from: Figure, to: Figure }),
  /** A consequence in one sentence: `proof.notice.<notice>` with the count. */
  z.object({ kind: z.literal('notice'), notice: z.string(), count: z.int() }),
  /** What the operation would bring by now, row by row: the actual amounts are those at execution. */
  z.object({ kind: z.literal('expected'), total: Amount, items: z.array(z.object({ number: z.string(), nameMasked: Masked, idTail: z.string(), amount: Amount })) }),
])
export type Note = z.infer<typeof Note>

export const SummaryItem = z.object({ nameMasked: Masked, idTail: z.string(), amount: Amount })

export const Summary = z.object({
  operation: SensitiveOperation,
  /** The decisive sum, if the operation has one. */
  total: z.nullable(Amount),
  count: z.int(),
  largest: z.nullable(Amount),
  facts: z.array(Fact),
  items: z.array(SummaryItem),
  notes: z.array(Note),
})
export type Summary = z.infer<typeof Summary>

export const SentCode = z.object({
  channel: ProofChannel, sentTo: Masked, reference: z.string(), sentAt: Instant, resendAt: Instant, expiresAt: Instant,
})
export type SentCode = z.infer<typeof SentCode>

/** A frozen operation that waits for its confirmation. */
export const ProofRequired = z.object({
  proofId: Id,
  why: z.enum(['needed', 'changed', 'expired', 'used', 'locked']),
  needs: z.enum(['code', 'click']),
  summary: Summary,
  /** Empty although a code is needed: the person has no verified contact. */
  channels: z.array(z.object({ channel: ProofChannel, destination: Masked })),
  /** The person's authenticator apps and passkeys. */
  authenticators: z.array(z.object({ id: Id, kind: AuthenticatorKind, name: z.string() })),
  /** An administrator requires one of them for this operation: no code is sent by message. */
  needsAuthenticator: z.boolean(),
  /** What the person used last, if it is still there. */
  preferred: z.nullable(ConfirmMethod),
  expiresAt: Instant,
  sendsUsed: z.int(), sendsMax: z.int(), attemptsLeft: z.int(),
  /** The newest code that still lives, after a reload. */
  sent: z.nullable(SentCode),
  /** Set while a checked code waits for its execution. */
  passedUntil: z.nullable(Instant),
})
export type ProofRequired = z.infer<typeof ProofRequired>

const proofParams = z.strictObject({ id: Id })

/** Sends a new code, which voids the earlier one. The client names a channel, never an address. */
export const sendCode = endpoint({
  method: 'POST', path: '/api/proofs/:id/send', params: proofParams,
  body: z.strictObject({ channel: ProofChannel }),
  response: z.object({ ...SentCode.shape, sendsUsed: z.int(), sendsMax: z.int(), attemptsLeft: z.int() }),
})

/** Hands in a code. Right: the proof is good for one execution of the same request within 120 seconds. */
export const checkCode = endpoint({
  method: 'POST', path: '/api/proofs/:id/check', params: proofParams,
  body: z.strictObject({ code: z.string().check(z.regex(/^[0-9]{6}$/, 'code')) }),
  response: z.object({ passedUntil: Instant }),
})

/** Hands in the six digits that an authenticator app shows; each is taken once. A wrong one counts as a guess. */
export const checkTotp = endpoint({
  method: 'POST', path: '/api/proofs/:id/totp', params: proofParams,
  body: z.strictObject({ code: z.string().check(z.regex(/^[0-9]{6}$/, 'code')) }), response: z.object({ passedUntil: Instant }),
})
/** A fresh challenge for the person's passkeys, good once and for five minutes. The answer is what `navigator.credentials.get` takes, as JSON. */
export const askPasskey = endpoint({ method: 'POST', path: '/api/proofs/:id/passkey/challenge', params: proofParams, body: z.strictObject({}), response: z.object({ options: PasskeyOptions }) })
export const checkPasskey = endpoint({
  method: 'POST', path: '/api/proofs/:id/passkey', params: proofParams, body: z.strictObject({ assertion: PasskeyAssertion }), response: z.object({ passedUntil: Instant }),
})
