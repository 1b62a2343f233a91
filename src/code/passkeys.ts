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
  // The browser itself turns what the server sends into what it asks the device, and back.
  return typeof PublicKeyCredential === 'undefined' || !('parseRequestOptionsFromJSON' in PublicKeyCredential) ? 'unsupported' : undefined
}

/** The dialog that is open: a second one, or leaving, ends it. */
let open: AbortController | undefined

/** Opens the browser's dialog for one of the person's passkeys. @param options from the server. @returns what the device signed. Throws
 *  PasskeyStopped or PasskeyFailed. */
export const signWithPasskey = async (options: PasskeyOptions): Promise<PasskeyAssertion> =>
  PasskeyAssertion.parse(await ask((signal) => navigator.credentials.get({ signal, publicKey: PublicKeyCredential.parseRequestOptionsFromJSON({ ...options, allowCredentials: options.allowCredentials.map(told) }) })))

/** Opens the browser's dialog that makes a passkey. @param options from the server. @returns its public part. Throws PasskeyStopped or PasskeyFailed. */
export const makePasskey = async (options: PasskeyCreation): Promise<PasskeyAttestation> =>
  PasskeyAttestation.parse(await ask((signal) => navigator.credentials.create({ signal, publicKey: PublicKeyCredential.parseCreationOptionsFromJSON({ ...options, excludeCredentials: options.excludeCredentials.map(told) }) })))

/** Ends the browser's dialog, if one is open. */
export function stopPasskey(): void {
  open?.abort()
  open = undefined
}

const told = ({ id, type, transports }: PasskeyOptions['allowCredentials'][number]) => ({ id, type, ...(transports && { transports }) })

async function ask(run: (signal: AbortSignal) => Promise<Credential | null>): Promise<unknown> {
  stopPasskey()
  open = new AbortController()
  try {
    const made = await run(open.signal)
    if (!(made instanceof PublicKeyCredential)) throw new TypeError('the browser gave no passkey')
    return made.toJSON()
  } catch (error) {
    const name = error instanceof Error || error instanceof DOMException ? error.name : ''
    if (name === 'NotAllowedError' || name === 'AbortError') throw new PasskeyStopped()
    throw new PasskeyFailed(error, name === 'InvalidStateError')
  }
}
