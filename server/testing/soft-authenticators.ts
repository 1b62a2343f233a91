import { createHash, createHmac, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import type { PasskeyAssertion, PasskeyAttestation, PasskeyCreation, PasskeyOptions } from '#contract/passkeys.ts'
import { addPasskey, addTotp, askIdentityPasskey, beginPasskey, beginTotp, checkIdentityPasskey, checkIdentityTotp, type OwnChange } from '#contract/security.ts'
import { openForm } from '#server/features/security/testing-security.ts'
import type { Client, TestApp } from './app.ts'

// Authenticators made of software, written from the specifications and not with the server's libraries.

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const base32 = (text: string): Buffer => Buffer.from([...text].map((letter) => digits.indexOf(letter).toString(2).padStart(5, '0')).join('').match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? [])

/** RFC 6238 with SHA-1, six digits and 30 seconds. @param steps away from the present one. */
export function totpCode(secret: string, now: Date, steps = 0): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(now.getTime() / 30_000) + steps))
  const mac = createHmac('sha1', base32(secret)).update(counter).digest()
  const offset = (mac.at(-1) ?? 0) & 15
  return String((mac.readUInt32BE(offset) & 0x7f_ff_ff_ff) % 1_000_000).padStart(6, '0')
}

/** @returns what the app shows by the one clock. */
export const shownCode = (app: TestApp, secret: string, steps = 0): Promise<string> => app.database.inGlobal(async (_tx, now) => totpCode(secret, now, steps))

type Cbor = number | string | Buffer | Map<number | string, Cbor>
function head(type: number, size: number): Buffer {
  if (size < 24) return Buffer.from([type << 5 | size])
  return size < 256 ? Buffer.from([type << 5 | 24, size]) : Buffer.from([type << 5 | 25, size >> 8, size & 255])
}
/** RFC 8949, as far as attestations need it. */
function cbor(value: Cbor): Buffer {
  if (typeof value === 'number') return value >= 0 ? head(0, value) : head(1, -1 - value)
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value])
  return Buffer.concat([head(5, value.size), ...[...value].flatMap(([key, held]) => [cbor(key), cbor(held)])])
}

const sha256 = (data: Buffer | string): Buffer => createHash('sha256').update(data).digest()
/** What a device that is not as it should be would say. */
type Lies = { origin?: string; rpId?: string; isVerified?: boolean; counter?: number; challenge?: string; id?: string; type?: string; userHandle?: string; /** Bytes of its id. */ bytes?: number; format?: [string, Map<number | string, Cbor>] }
export type SoftPasskey = { id: string; create(options: PasskeyCreation, lies?: Lies): PasskeyAttestation; answer(options: PasskeyOptions, lies?: Lies): PasskeyAssertion }

/** A security key with one P-256 key and a counter that grows. */
export function softPasskey(): SoftPasskey {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const credential = randomBytes(32)
  const id = credential.toString('base64url')
  let count = 0
  const client = (type: string, challenge: string, { origin = 'http://console.test' }: Lies) => Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
  const data = (rpId: string, flags: number, { isVerified = true, counter = count += 1 }: Lies, rest: Buffer[] = []) => {
    const counted = Buffer.alloc(4)
    counted.writeUInt32BE(counter)
    return Buffer.concat([sha256(rpId), Buffer.from([flags | 1 | (isVerified ? 4 : 0)]), counted, ...rest])
  }
  return {
    id,
    create({ challenge, rp }, lies = {}) {
      const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
      const key = cbor(new Map<number | string, Cbor>([[1, 2], [3, -7], [-1, 1], [-2, Buffer.from(x, 'base64url')], [-3, Buffer.from(y, 'base64url')]]))
      const named = lies.bytes === undefined ? credential : randomBytes(lies.bytes)
      const authData = data(lies.rpId ?? rp.id, 0x40, lies, [Buffer.alloc(16), Buffer.from([named.length >> 8, named.length & 255]), named, key])
      const [format, statement] = lies.format ?? ['none', new Map<number | string, Cbor>()]
      const object = cbor(new Map<number | string, Cbor>([['fmt', format], ['attStmt', statement], ['authData', authData]]))
      return { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response: { attestationObject: object.toString('base64url'), clientDataJSON: client(lies.type ?? 'webauthn.create', lies.challenge ?? challenge, lies).toString('base64url'), transports: ['usb'] } }
    },
    answer({ challenge, rpId }, lies = {}) {
      const authData = data(lies.rpId ?? rpId, 0, lies)
      const clientData = client(lies.type ?? 'webauthn.get', lies.challenge ?? challenge, lies)
      const signature = sign('sha256', Buffer.concat([authData, sha256(clientData)]), privateKey)
      const shown = lies.id ?? id
      return { id: shown, rawId: shown, type: 'public-key', clientExtensionResults: {}, response: { authenticatorData: authData.toString('base64url'), clientDataJSON: clientData.toString('base64url'), signature: signature.toString('base64url'), ...(lies.userHandle !== undefined && { userHandle: lies.userHandle }) } }
    },
  }
}

const fine = <R extends { status: number; text: string }>(reply: R): R => {
  if (reply.status !== 200) throw new Error(reply.text)
  return reply
}

/** Opens the form of one change with an app that the person has; its present code is used up. */
export async function openByTotp(app: TestApp, person: Client, secret: string, change: OwnChange = 'authenticator'): Promise<void> {
  app.travel(31)
  fine(await person.call(checkIdentityTotp, { body: { change, code: await shownCode(app, secret) } }))
}
/** The same with a passkey. */
export async function openByPasskey(person: Client, passkey: SoftPasskey, change: OwnChange = 'authenticator'): Promise<void> {
  const { body } = fine(await person.call(askIdentityPasskey, { body: { change } }))
  fine(await person.call(checkIdentityPasskey, { body: { change, assertion: passkey.answer(body.options) } }))
}

/** Adds an app behind a form that is open. @returns its secret and id. */
export async function addApp(app: TestApp, person: Client, name = 'My phone'): Promise<{ secret: string; id: string }> {
  const { body: { secret } } = fine(await person.call(beginTotp, { body: {} }))
  const { body: { id } } = fine(await person.call(addTotp, { body: { name, code: await shownCode(app, secret) } }))
  return { secret, id }
}
/** Adds a passkey behind a form that is open. */
export async function addKey(person: Client, name = 'My key', passkey = softPasskey()): Promise<{ passkey: SoftPasskey; id: string }> {
  const { body: { options } } = fine(await person.call(beginPasskey, { body: {} }))
  const { body: { id } } = fine(await person.call(addPasskey, { body: { name, attestation: passkey.create(options) } }))
  return { passkey, id }
}
/** Adds the first authenticator, behind a code by SMS. Its first code is used up; a little later the next one counts. */
export async function firstApp(app: TestApp, person: Client, name?: string): Promise<{ secret: string; id: string }> {
  await openForm(app, person, 'authenticator')
  const added = await addApp(app, person, name)
  app.travel(31)
  return added
}
export async function firstKey(app: TestApp, person: Client, name?: string): Promise<{ passkey: SoftPasskey; id: string }> {
  await openForm(app, person, 'authenticator')
  return await addKey(person, name)
}
