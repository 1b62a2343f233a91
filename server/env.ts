import * as z from 'zod/mini'
import { findChannelFaults } from '#server/messages/settings.ts'
import { StartRefused } from '#server/start-refused.ts'

const text = z.string().check(z.minLength(1))
const port = z.coerce.number().check(z.int(), z.minimum(0), z.maximum(65_535))
const seconds = (min: number, max: number, usual: number) => z._default(z.coerce.number().check(z.int(), z.minimum(min), z.maximum(max)), usual)
const flag = z._default(z.pipe(z.enum(['0', '1', 'true', 'false']), z.transform((word) => word === '1' || word === 'true')), false)

/** The console is served from the root of its host only, and what browsers send as origin is compared with this address. */
const isOrigin = (address: string): boolean => {
  const url = URL.parse(address)
  return url !== null && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`
}

/** Every setting of the server. The names are those of `.env.example`, which explains each. */
const Env = z.object({
  NODE_ENV: z._default(z.enum(['production', 'development', 'test']), 'development'),
  PORT: z._default(port, 3000), HOST: z._default(text, '127.0.0.1'), DATA_DIR: z._default(text, './data'),
  PUBLIC_URL: z.optional(z.pipe(z.string().check(z.refine(isOrigin)), z.transform((address) => new URL(address).origin))),
  DATABASE_URL: z.optional(text), MIGRATION_DATABASE_URL: z.optional(text), DATABASE_POOL: z._default(z.coerce.number().check(z.int(), z.minimum(2), z.maximum(200)), 20),
  ALLOW_EMBEDDED_IN_PRODUCTION: flag,
  CODE_SECRET: z.optional(text), SEAL_SECRET: z.optional(text), CSRF_SECRET: z.optional(text),
  CODE_LIFE_SECONDS: seconds(60, 600, 600), SESSION_IDLE_SECONDS: seconds(300, 3600, 1800),
  TRUSTED_PROXY_HOPS: z._default(z.coerce.number().check(z.int(), z.minimum(0), z.maximum(5)), 0),
  SENDS_PER_PARTNER_PER_DAY: z._default(z.coerce.number().check(z.int(), z.minimum(1)), 500),
  /** Demo data also on an empty PostgreSQL database; the embedded one always gets it. */ DEMO: flag,
  OIDC_ISSUER: z.optional(z.url()), OIDC_CLIENT_ID: z.optional(text), OIDC_CLIENT_SECRET: z.optional(text), OIDC_NAME: z.optional(z.string().check(z.regex(/^[^\p{Cc}]{1,40}$/u))), OIDC_MANAGE_URL: z.optional(z.url()),
  LOG_LEVEL: z._default(z.enum(['silent', 'error', 'warn', 'info', 'debug']), 'info'),
})
/** `channels` holds the SMTP_ and SMS_ settings, which their adapters parse. */
export type Env = z.infer<typeof Env> & { isProduction: boolean; channels: Record<string, string>; /** Present where people may sign in with a unified ID. */ unified?: UnifiedSettings }
/** Whom the unified ID is asked of. @param issuer in the one form in which it is compared and kept. */
export type UnifiedSettings = { issuer: string; clientId: string; clientSecret: string; /** Shown on the button. */ name: string; manageUrl: string }

/** Names that belong to others (the machine, npm) are theirs; of ours an unknown one is a spelling mistake that must not pass silently. */
const ownPrefixes = ['DATABASE_', 'CODE_', 'SESSION_', 'ALLOW_EMBEDDED', 'TRUSTED_', 'OIDC_']

/** Reads the environment once. @param source usually process.env; empty values count as absent.
 *  Refuses with one sentence that names every setting at fault and never a value. */
export function readEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = Env.safeParse(given)
  const faults = findChannelFaults(given)
  const invalid = [...(parsed.success ? [] : parsed.error.issues.map((issue) => String(issue.path[0]))), ...faults.invalid]
  if (!parsed.success || invalid.length > 0) throw new StartRefused(`These settings are not valid: ${[...new Set(invalid)].join(', ')}. See .env.example.`)
  const unknown = [...Object.keys(given).filter((name) => ownPrefixes.some((prefix) => name.startsWith(prefix)) && !(name in Env.shape)), ...faults.unknown]
  if (unknown.length > 0) throw new StartRefused(`Unknown settings: ${unknown.join(', ')}. See .env.example.`)
  const channels = Object.fromEntries(Object.entries(given).filter((pair): pair is [string, string] => /^(SMS|SMTP)_/.test(pair[0]) && pair[1] !== undefined))
  const isProduction = parsed.data.NODE_ENV === 'production'
  const unified = readUnified(parsed.data)
  const env = { ...parsed.data, isProduction, channels, ...(unified && { unified }) }
  if (isProduction) refuseIncompleteProduction(env, faults.missing)
  if (faults.missing.length > 0) throw new StartRefused(`Sending messages also needs: ${faults.missing.join(', ')}. See .env.example.`)
  return env
}

const unifiedNames = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'OIDC_NAME', 'OIDC_MANAGE_URL'] as const

/** All of them or none. The issuer says who somebody is, so it is asked over https; only on this machine, outside production, plain http does. */
function readUnified({ PUBLIC_URL, NODE_ENV, OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret, OIDC_NAME: name, OIDC_MANAGE_URL: manageUrl }: z.infer<typeof Env>): UnifiedSettings | undefined {
  const given = { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret, OIDC_NAME: name, OIDC_MANAGE_URL: manageUrl, PUBLIC_URL }
  if (unifiedNames.every((one) => given[one] === undefined)) return undefined
  const missing = [...unifiedNames, 'PUBLIC_URL' as const].filter((one) => given[one] === undefined)
  if (!issuer || !clientId || !clientSecret || !name || !manageUrl || !PUBLIC_URL) throw new StartRefused(`Signing in with a unified ID also needs: ${missing.join(', ')}. See .env.example.`)
  for (const [one, address] of Object.entries({ OIDC_ISSUER: issuer, OIDC_MANAGE_URL: manageUrl })) {
    if (!isSafe(new URL(address), NODE_ENV)) throw new StartRefused(`${one} must begin with https://. Only outside production an issuer on this machine may begin with http://.`)
  }
  const url = new URL(issuer)
  if (url.search || url.hash || url.username) throw new StartRefused('OIDC_ISSUER is an address without user, question mark and #.')
  return { issuer: url.href, clientId, clientSecret, name, manageUrl }
}

const isSafe = ({ protocol, hostname }: URL, mode: string): boolean =>
  protocol === 'https:' || (protocol === 'http:' && mode !== 'production' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname))

function refuseIncompleteProduction(env: Env, missingOfChannels: readonly string[]): void {
  const missing: string[] = []
  if (!env.DATABASE_URL && !env.ALLOW_EMBEDDED_IN_PRODUCTION) missing.push('DATABASE_URL (the embedded database may lose data when the power fails; ALLOW_EMBEDDED_IN_PRODUCTION=1 accepts that)')
  for (const name of ['CODE_SECRET', 'SEAL_SECRET', 'CSRF_SECRET'] as const) if (!env[name]) missing.push(name)
  if (!env.channels['SMTP_HOST'] && !env.channels['SMS_PROVIDER']) missing.push('a channel for codes: SMTP_HOST or SMS_PROVIDER')
  missing.push(...missingOfChannels)
  if (!env.PUBLIC_URL) missing.push('PUBLIC_URL')
  if (missing.length > 0) throw new StartRefused(`Production needs: ${missing.join('; ')}. See .env.example.`)
  if (!env.PUBLIC_URL?.startsWith('https://')) throw new StartRefused('PUBLIC_URL must begin with https:// in production.')
}
