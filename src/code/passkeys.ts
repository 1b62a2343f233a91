import { PasskeyAssertion, PasskeyAttestation, type PasskeyCreation, type PasskeyOptions } from '#contract/passkeys.ts'

/** Why this browser cannot use passkeys here: an address without https, a bare IP address, or no such function at all. */
export type NoPasskey = 'insecure' | 'address' | 'unsupported'

/** The browser ended its dialog: the person closed it, the time was over, or this dialog was closed. Nothing went wrong. */
export class PasskeyStopped extends Error {
  constructor() {
    super('The browser ended its dialog')
    this.name = 'PasskeyStopped'
  }
}

/** The device or the browser could not do it. @param isKnown the device holds a passkey of this person already. */
export class PasskeyFailed extends Error {
  readonly isKnown: boolean
  constructor(cause: unknown, isKnown: boolean) {
    super('The passkey could not be used', { cause })
    this.name = 'PasskeyFailed'
    this.isKnown = isKnown
  }
}

/** @returns why passkeys cannot be used on this page, or undefined. Browsers tie a passkey to a name, so an IP address can have none. */
export function whyNoPasskey(): NoPasskey | undefined {
  if (/^[\d.]+$|^\[|:/.test(location.hostname)) return 'address'
  if (!window.isSecureContext) return 'insecure'
  return typeof PublicKeyCredential === 'undefined' ? 'unsupported' : undefined
}

/** Opens the browser's dialog for one of the person's passkeys. @param options from the server. @returns what the device signed. Throws
 *  PasskeyStopped or PasskeyFailed. */
export async function signWithPasskey(options: PasskeyOptions): Promise<PasskeyAssertion> {
  const { startAuthentication } = await import('@simplewebauthn/browser')
  return PasskeyAssertion.parse(await ask(() => startAuthentication({ optionsJSON: { ...options, allowCredentials: options.allowCredentials.map(known) } })))
}

/** Opens the browser's dialog that makes a passkey. @param options from the server. @returns its public part. Throws PasskeyStopped or PasskeyFailed. */
export async function makePasskey(options: PasskeyCreation): Promise<PasskeyAttestation> {
  const { startRegistration } = await import('@simplewebauthn/browser')
  return PasskeyAttestation.parse(await ask(() => startRegistration({ optionsJSON: { ...options, excludeCredentials: options.excludeCredentials.map(known) } })))
}

/** Ends the browser's dialog, if one is open. */
export async function stopPasskey(): Promise<void> {
  const { WebAuthnAbortService } = await import('@simplewebauthn/browser')
  WebAuthnAbortService.cancelCeremony()
}

type Descriptor = PasskeyOptions['allowCredentials'][number]
const ways = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'] as const

/** Leaves out ways to reach a device that this console does not know; browsers do the same. */
const known = ({ id, type, transports }: Descriptor) => ({ id, type, ...(transports && { transports: ways.filter((way) => transports.includes(way)) }) })

async function ask<A>(run: () => Promise<A>): Promise<A> {
  try {
    return await run()
  } catch (error) {
    const names = [error, error instanceof Error ? error.cause : undefined].map((one) => (one instanceof Error || one instanceof DOMException ? one.name : ''))
    if (names.some((name) => name === 'NotAllowedError' || name === 'AbortError')) throw new PasskeyStopped()
    throw new PasskeyFailed(error, names.includes('InvalidStateError'))
  }
}
