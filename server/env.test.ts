import { mkdtempSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readSecrets } from '#server/auth/secrets.ts'
import { whyWeakPassword } from '#server/auth/password-rules.ts'
import { readEnv } from './env.ts'

const strong = { CODE_SECRET: 'k1'.repeat(20), SEAL_SECRET: 'k2'.repeat(20), CSRF_SECRET: 'k3'.repeat(20) }
const production = { NODE_ENV: 'production', DATABASE_URL: 'postgres://db/x', PUBLIC_URL: 'https://partner.example', SMTP_HOST: 'mail.example', SMTP_FROM: 'no-reply@partner.example', ...strong }

test('without any setting the server starts on the embedded database at port 3000', () => {
  expect(readEnv({})).toMatchObject({ PORT: 3000, HOST: '127.0.0.1', DATA_DIR: './data', CODE_LIFE_SECONDS: 600, isProduction: false })
})

test('production says everything that is missing at once, and starts when it is there', () => {
  expect(() => readEnv({ NODE_ENV: 'production' })).toThrow(/DATABASE_URL.*CODE_SECRET.*SEAL_SECRET.*CSRF_SECRET.*SMTP_HOST or SMS_PROVIDER.*PUBLIC_URL/)
  expect(readEnv(production).isProduction).toBe(true)
  expect(readEnv({ ...production, DATABASE_URL: '', ALLOW_EMBEDDED_IN_PRODUCTION: '1' }).isProduction).toBe(true)
  expect(() => readEnv({ ...production, PUBLIC_URL: 'http://partner.example' })).toThrow(/https/)
})

test('a channel that is half configured stops the start before anything is opened, with the name of every setting that is missing, bad or misspelt', () => {
  expect(() => readEnv({ NODE_ENV: 'production', SMTP_HOST: 'mail.example' })).toThrow(/^Production needs: DATABASE_URL.*CODE_SECRET.*; SMTP_FROM; PUBLIC_URL\. See/)
  expect(() => readEnv({ ...production, SMS_PROVIDER: 'huawei', SMS_KEY: 'geheim' })).toThrow(/^Production needs: SMS_SECRET; SMS_SIGNATURE; SMS_TEMPLATE_CODE_ZH_CN; .*SMS_ENDPOINT; SMS_FROM\. See(?!.*geheim)/)
  expect(() => readEnv({ SMTP_HOST: 'mail.example' })).toThrow('Sending messages also needs: SMTP_FROM. See .env.example.')
  expect(() => readEnv({ PORT: 'x', SMTP_HOST: 'mail.example', SMTP_PORT: 'geheim', SMS_PROVIDER: 'other' })).toThrow('These settings are not valid: PORT, SMTP_PORT, SMS_PROVIDER. See .env.example.')
  expect(() => readEnv({ ...production, SMTP_REQUIRE_TSL: 'true' })).toThrow('Unknown settings: SMTP_REQUIRE_TSL. See .env.example.')
  // Of a channel that is off nothing is looked at: such names may be somebody else's.
  expect(readEnv({ SMTP_PORT: 'x', SMS_GATEWAY: 'y' }).isProduction).toBe(false)
})

test('the address of the console is one that browsers send as origin', () => {
  expect(readEnv({ PUBLIC_URL: 'https://Partners.Example:443/' }).PUBLIC_URL).toBe('https://partners.example')
  for (const address of ['https://partner.example/console', 'https://partner.example/?a=1', 'https://me@partner.example', 'ftp://partner.example', 'partner.example']) expect(() => readEnv({ PUBLIC_URL: address })).toThrow(/not valid: PUBLIC_URL/)
})

test('a code never lives longer than ten minutes or shorter than one', () => {
  for (const life of ['59', '601', '3000', '0', 'abc', '-1']) expect(() => readEnv({ CODE_LIFE_SECONDS: life })).toThrow(/CODE_LIFE_SECONDS/)
  expect(readEnv({ CODE_LIFE_SECONDS: '60' }).CODE_LIFE_SECONDS).toBe(60)
})

test('a bad value and a misspelt setting are named, their values never', () => {
  expect(() => readEnv({ PORT: 'geheim', HOST: 'x' })).toThrow(/^These settings are not valid: PORT/)
  expect(() => readEnv({ SESSION_IDLE_SECOND: '600' })).toThrow(/Unknown settings: SESSION_IDLE_SECOND/)
})

const unified = { PUBLIC_URL: 'https://partners.example', OIDC_ISSUER: 'https://id.example/realms/a', OIDC_CLIENT_ID: 'partner-center', OIDC_CLIENT_SECRET: 'geheim-geheim', OIDC_NAME: '统一账号', OIDC_MANAGE_URL: 'https://id.example/account' }

test('the unified ID takes all its settings or none, and the address of the console', () => {
  expect(readEnv({}).unified).toBeUndefined()
  expect(readEnv(unified).unified).toEqual({ issuer: unified.OIDC_ISSUER, clientId: 'partner-center', clientSecret: 'geheim-geheim', name: '统一账号', manageUrl: 'https://id.example/account' })
  expect(readEnv({ ...unified, OIDC_ISSUER: 'https://ID.example' }).unified?.issuer).toBe('https://id.example/')
  for (const name of Object.keys(unified)) expect(() => readEnv({ ...unified, [name]: '' })).toThrow(`Signing in with a unified ID also needs: ${name}. See .env.example.`)
  expect(() => readEnv({ OIDC_NAME: 'x' })).toThrow('also needs: OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_MANAGE_URL, PUBLIC_URL.')
  expect(() => readEnv({ ...unified, OIDC_SECRET: 'x' })).toThrow(/Unknown settings: OIDC_SECRET/)
  expect(() => readEnv({ ...unified, OIDC_NAME: 'two\nlines' })).toThrow(/not valid: OIDC_NAME/)
})

test('whoever says who people are is asked over https, except on this machine outside production', () => {
  const local = { ...unified, OIDC_ISSUER: 'http://127.0.0.1:4000', OIDC_MANAGE_URL: 'http://localhost:4000/account' }
  expect(readEnv({ ...local, PUBLIC_URL: 'http://localhost:3000' }).unified?.issuer).toBe('http://127.0.0.1:4000/')
  expect(() => readEnv({ ...production, ...local })).toThrow(/^OIDC_ISSUER must begin with https/)
  for (const address of ['http://id.example', 'http://localhost.example', 'ftp://id.example']) expect(() => readEnv({ ...unified, OIDC_ISSUER: address })).toThrow(/^OIDC_ISSUER must begin with https/)
  expect(() => readEnv({ ...unified, OIDC_MANAGE_URL: 'http://id.example' })).toThrow(/^OIDC_MANAGE_URL must begin with https/)
  for (const address of ['https://id.example/?a=1', 'https://id.example/#a', 'https://me@id.example']) expect(() => readEnv({ ...unified, OIDC_ISSUER: address })).toThrow(/^OIDC_ISSUER is an address without/)
  // Never a value.
  expect(() => readEnv({ ...unified, OIDC_ISSUER: 'http://id.example' })).toThrow(/^(?!.*(geheim|id\.example))/)
})

test('a secret that is missing, short, a default or used twice stops the start by name', () => {
  const refused = (secrets: Record<string, string | undefined>) => {
    try {
      readSecrets({ ...strong, ...secrets }, undefined)
    } catch (error) {
      return String(error)
    }
    return ''
  }
  expect(refused({ SEAL_SECRET: undefined })).toContain('SEAL_SECRET is missing')
  expect(refused({ CODE_SECRET: 'short' })).toMatch(/CODE_SECRET is shorter than 32 bytes/)
  expect(refused({ CSRF_SECRET: 'changeme-changeme-changeme-changeme' })).toContain('known default')
  expect(refused({ CSRF_SECRET: strong.CODE_SECRET })).toContain('must differ')
  expect(refused({ CODE_SECRET: 'short' })).not.toContain('short.')
  expect(refused({})).toBe('')
})

test('the embedded installation makes its secrets once, readable by the owner only', () => {
  const directory = mkdtempSync(join(tmpdir(), 'secrets-'))
  const first = readSecrets({}, directory)
  expect(readSecrets({}, directory)).toEqual(first)
  expect(statSync(join(directory, 'secrets.json')).mode & 0o777).toBe(0o600)
})

test('passwords of eight to 128 characters are taken, the commonest are not', async () => {
  expect(await Promise.all(['correct horse battery', '密码可以是中文的句子', 'a'.repeat(20) + 'bcd'].map(whyWeakPassword))).toEqual([undefined, undefined, undefined])
  expect(await Promise.all(['seven77', 'x'.repeat(60) + 'y1z'.repeat(30), 'password', 'iloveyou', 'Football', 'qwertyuiop', '12345678'].map(whyWeakPassword))).toEqual(['length', 'length', 'common', 'common', 'common', 'common', 'common'])
})
