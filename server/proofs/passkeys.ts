import { isIP } from 'node:net'
import { generateAuthenticationOptions, generateRegistrationOptions, verifyAuthenticationResponse, verifyRegistrationResponse, type AuthenticatorTransport } from '@simplewebauthn/server'
import { decodeAttestationObject, isoBase64URL } from '@simplewebauthn/server/helpers'
import { PasskeyCreation, PasskeyOptions, type PasskeyAssertion, type PasskeyAttestation } from '#contract/passkeys.ts'
import { passkeyLife } from '#server/limits.ts'

/** A passkey as it is kept. `credentialId` is base64url. */
export type Passkey = { id: string; credentialId: string; publicKey: Uint8Array; counter: bigint; transports: string[] }
/** What passkeys of this console are bound to. */
export type RelyingParty = { id: string; origins: string[] }

/** Passkeys belong to the name of a host (WebAuthn, 5.1.3): an address of numbers cannot have any.
 *  @param publicUrl the console's own address. @param otherOrigins further ones of the same console. @returns the first named host with its origins, or undefined where there is none. */
export function relyingParty({ publicUrl, otherOrigins }: { publicUrl: string; otherOrigins: readonly string[] }): RelyingParty | undefined {
  const named = [publicUrl, ...otherOrigins].map((address) => new URL(address)).filter(({ hostname }) => isIP(hostname.replace(/^\[|\]$/g, '')) === 0)
  const id = named[0]?.hostname
  return id === undefined ? undefined : { id, origins: named.filter(({ hostname }) => hostname === id).map(({ origin }) => origin) }
}

const known: readonly AuthenticatorTransport[] = ['ble', 'hybrid', 'internal', 'nfc', 'usb']
const descriptors = (passkeys: readonly Passkey[]) => passkeys.map(({ credentialId, transports }) => ({ id: credentialId, transports: known.filter((one) => transports.includes(one)) }))
const timeout = passkeyLife * 1000
/** ES256, EdDSA and RS256: what devices have. */
const algorithms = [-7, -8, -257]
/** 1023 bytes as base64url (WebAuthn, 7.1, step 25): a longer one is no authenticator's, and no index takes it. */
const credentialIdMax = 1364
const handleOf = (memberId: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(memberId.replaceAll('-', ''), 'hex'))

/** @returns a new challenge for one of these passkeys, as the browser takes it. */
export async function askForPasskey(party: RelyingParty, passkeys: readonly Passkey[]): Promise<PasskeyOptions> {
  return PasskeyOptions.parse(await generateAuthenticationOptions({ rpID: party.id, userVerification: 'required', timeout, allowCredentials: descriptors(passkeys) }))
}

/** @param name what the device shows of the account: the name to sign in with. @param passkeys those the person has, which are not made again. @returns what the browser takes to make one. */
export async function askForNewPasskey(party: RelyingParty, { memberId, name, passkeys }: { memberId: string; name: string; passkeys: readonly Passkey[] }): Promise<PasskeyCreation> {
  return PasskeyCreation.parse(await generateRegistrationOptions({
    rpID: party.id, rpName: 'Partner Center', userID: handleOf(memberId), userName: name, userDisplayName: name, timeout, attestationType: 'none', excludeCredentials: descriptors(passkeys),
    supportedAlgorithmIDs: algorithms, authenticatorSelection: { residentKey: 'discouraged', userVerification: 'required' },
  }))
}

/** @returns the new counter if this is this passkey's signature over this challenge, made for this console by a verified user; else undefined. */
export async function verifyPasskey(party: RelyingParty, challenge: string, passkey: Passkey, memberId: string, { response: given, ...assertion }: PasskeyAssertion): Promise<bigint | undefined> {
  const { userHandle, ...response } = given
  // A passkey that the device keeps says whose it is.
  if (userHandle !== undefined && userHandle !== Buffer.from(handleOf(memberId)).toString('base64url')) return undefined
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: { id: assertion.id, rawId: assertion.rawId, type: 'public-key', clientExtensionResults: {}, response },
      expectedChallenge: challenge, expectedOrigin: party.origins, expectedRPID: party.id, requireUserVerification: true,
      credential: { id: passkey.credentialId, publicKey: new Uint8Array(passkey.publicKey), counter: Number(passkey.counter), transports: known.filter((one) => passkey.transports.includes(one)) },
    })
    return verified ? BigInt(authenticationInfo.newCounter) : undefined
  } catch {
    // Whatever does not fit is thrown by the library, with what it saw; nobody is told more than that it was wrong.
    return undefined
  }
}

/** @returns the passkey that was made for this challenge and this console by a verified user; else undefined. */
export async function verifyNewPasskey(party: RelyingParty, challenge: string, { response: given, ...attestation }: PasskeyAttestation): Promise<Omit<Passkey, 'id'> | undefined> {
  const { attestationObject, clientDataJSON, transports = [] } = given
  try {
    if (!isUnattested(attestationObject)) return undefined
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: { id: attestation.id, rawId: attestation.rawId, type: 'public-key', clientExtensionResults: {}, response: { attestationObject, clientDataJSON } },
      expectedChallenge: challenge, expectedOrigin: party.origins, expectedRPID: party.id, requireUserVerification: true, supportedAlgorithmIDs: algorithms,
    })
    if (!verified) return undefined
    const { id: credentialId, publicKey, counter } = registrationInfo.credential
    if (credentialId.length > credentialIdMax) return undefined
    return { credentialId, publicKey, counter: BigInt(counter), transports: known.filter((one) => transports.includes(one)) }
  } catch {
    return undefined
  }
}

/** None was asked for. A maker's certificate is refused before it is read: checking one can make the server call the addresses that stand in it. */
function isUnattested(attestationObject: string): boolean {
  const decoded = decodeAttestationObject(isoBase64URL.toBuffer(attestationObject))
  const format = decoded.get('fmt')
  return format === 'none' || format === 'packed' && decoded.get('attStmt').get('x5c') === undefined
}
