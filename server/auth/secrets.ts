import { createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { StartRefused } from '#server/start-refused.ts'

/** Keys of the installation, each for one purpose, kept outside the database. */
export type Secrets = {
  /** HMAC key of codes and of personal subjects of limits. */
  code: { id: string; key: Uint8Array }
  /** Encrypts waiting messages, look-ups and export requests. */
  seal: { id: string; key: Uint8Array }
  /** Binds the `X-CSRF` value to the session. */
  csrf: Uint8Array
  /** Makes the tokens of links that partners hand out. */
  link: Uint8Array
}

const names = ['CODE_SECRET', 'SEAL_SECRET', 'CSRF_SECRET'] as const
type SecretName = (typeof names)[number]
const Kept = z.record(z.string(), z.string())
const knownDefaults = ['changeme', 'secret', 'password', 'example']

/** @param given the three secrets from the environment. @param directory where the embedded installation keeps its own; undefined: none may be made.
 *  Refuses a secret that is missing, shorter than 32 bytes, a known default or equal to another, naming it and never its value. */
export function readSecrets(given: Partial<Record<SecretName, string | undefined>>, directory: string | undefined): Secrets {
  const kept = directory === undefined ? {} : keepSecrets(directory)
  const values = names.map((name) => {
    const value = given[name] ?? kept[name]
    if (value === undefined) throw new StartRefused(`${name} is missing. Set it to at least 32 random bytes, for example the output of: openssl rand -base64 48`)
    if (Buffer.byteLength(value) < 32) throw new StartRefused(`${name} is shorter than 32 bytes.`)
    if (knownDefaults.some((word) => value.toLowerCase().includes(word))) throw new StartRefused(`${name} holds a known default.`)
    return value
  })
  if (new Set(values).size < values.length) throw new StartRefused(`${names.join(', ')} must differ from each other.`)
  const [code = '', seal = '', csrf = ''] = values
  return { code: derive(code, 'code'), seal: derive(seal, 'seal'), csrf: derive(csrf, 'csrf').key, link: derive(code, 'invite-link').key }
}

function derive(secret: string, purpose: string): { id: string; key: Uint8Array } {
  const key = new Uint8Array(hkdfSync('sha256', secret, 'partner-center', purpose, 32))
  return { key, id: createHash('sha256').update(key).digest('hex').slice(0, 8) }
}

function keepSecrets(directory: string): Record<string, string> {
  const file = join(directory, 'secrets.json')
  if (existsSync(file)) return Kept.parse(JSON.parse(readFileSync(file, 'utf8')))
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const made = Object.fromEntries(names.map((name) => [name, randomBytes(48).toString('base64')]))
  writeFileSync(file, JSON.stringify(made, null, 2), { mode: 0o600, flag: 'wx' })
  return made
}

/** @returns a keyed hash of personal text, for places that must recognise it without holding it (subjects of limits). */
export const keyedHash = (secrets: Pick<Secrets, 'code'>, text: string): string => createHmac('sha256', secrets.code.key).update(`subject:${text}`).digest('base64url')
