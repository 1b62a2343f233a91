import * as z from 'zod/mini'

// The JSON forms of the browser's credential calls, as far as the server reads them. Values are base64url.

const Bytes = z.string().check(z.regex(/^[A-Za-z0-9_-]+$/), z.maxLength(16_384))
const Transports = z.optional(z.array(z.string().check(z.maxLength(32))).check(z.maxLength(8)))
const Descriptor = z.object({ id: Bytes, type: z.literal('public-key'), transports: Transports })
const Extensions = z.record(z.string().check(z.maxLength(64)), z.unknown())

export const PasskeyOptions = z.object({
  challenge: Bytes, rpId: z.string(), timeout: z.int(), userVerification: z.literal('required'), allowCredentials: z.array(Descriptor),
})
export type PasskeyOptions = z.infer<typeof PasskeyOptions>
export const PasskeyAssertion = z.object({
  id: Bytes, rawId: Bytes, type: z.literal('public-key'), authenticatorAttachment: z.optional(z.string().check(z.maxLength(32))), clientExtensionResults: Extensions,
  response: z.object({ authenticatorData: Bytes, clientDataJSON: Bytes, signature: Bytes, userHandle: z.optional(Bytes) }),
})
export type PasskeyAssertion = z.infer<typeof PasskeyAssertion>
export const PasskeyCreation = z.object({
  challenge: Bytes, rp: z.object({ id: z.string(), name: z.string() }), user: z.object({ id: Bytes, name: z.string(), displayName: z.string() }),
  pubKeyCredParams: z.array(z.object({ type: z.literal('public-key'), alg: z.int() })), timeout: z.int(), attestation: z.literal('none'), excludeCredentials: z.array(Descriptor),
  authenticatorSelection: z.object({ residentKey: z.literal('discouraged'), requireResidentKey: z.literal(false), userVerification: z.literal('required') }),
})
export type PasskeyCreation = z.infer<typeof PasskeyCreation>
export const PasskeyAttestation = z.object({
  id: Bytes, rawId: Bytes, type: z.literal('public-key'), authenticatorAttachment: z.optional(z.string().check(z.maxLength(32))), clientExtensionResults: Extensions,
  response: z.object({ attestationObject: Bytes, clientDataJSON: Bytes, transports: Transports, publicKeyAlgorithm: z.optional(z.int()), publicKey: z.optional(Bytes), authenticatorData: z.optional(Bytes) }),
})
export type PasskeyAttestation = z.infer<typeof PasskeyAttestation>
