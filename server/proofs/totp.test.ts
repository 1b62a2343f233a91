import { expect, test } from 'vitest'
import { totpCode } from '#server/testing/soft-authenticators.ts'
import { relyingParty } from './passkeys.ts'
import { newTotpSecret, totpStep, totpUri } from './totp.ts'

// `12345678901234567890` in base 32, as in RFC 6238, appendix B; of its eight digits the last six.
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
test.each([[59, '287082'], [1111111109, '081804'], [1111111111, '050471'], [1234567890, '005924'], [2000000000, '279037'], [20000000000, '353130']])('at second %i the code of the standard is %s', (second, code) => {
  const now = new Date(second * 1000)
  expect(totpStep(secret, code, now)).toBe(BigInt(Math.floor(second / 30)))
  expect(totpCode(secret, now)).toBe(code)
})

test('a code counts from half a minute before its step to half a minute after it, and says which step it is of', () => {
  const now = new Date(1_800_000_000_000)
  const step = 60_000_000n
  for (const away of [-1, 0, 1]) expect([away, totpStep(secret, totpCode(secret, now, away), now)]).toEqual([away, step + BigInt(away)])
  for (const away of [-2, 2, 100]) expect([away, totpStep(secret, totpCode(secret, now, away), now)]).toEqual([away, undefined])
})

test('every secret is new, of 160 bits, and stands in the address of the app', () => {
  const made = new Set(Array.from({ length: 1000 }, newTotpSecret))
  expect(made.size).toBe(1000)
  for (const one of made) expect(one).toMatch(/^[A-Z2-7]{32}$/)
  expect(totpUri(secret, 'demo / lin.wei')).toBe(`otpauth://totp/Partner%20Center:demo%20%2F%20lin.wei?issuer=Partner%20Center&secret=${secret}&algorithm=SHA1&digits=6&period=30`)
})

test('passkeys belong to the name of the console, and to no number', () => {
  const party = (publicUrl: string, ...otherOrigins: string[]) => relyingParty({ publicUrl, otherOrigins })
  expect(party('https://partners.example.com')).toEqual({ id: 'partners.example.com', origins: ['https://partners.example.com'] })
  expect(party('http://127.0.0.1:3000', 'http://localhost:3000', 'http://127.0.0.1:3000', 'http://localhost:5173')).toEqual({ id: 'localhost', origins: ['http://localhost:3000', 'http://localhost:5173'] })
  expect(party('https://partners.example.com', 'http://localhost:3000')).toEqual({ id: 'partners.example.com', origins: ['https://partners.example.com'] })
  for (const address of ['https://10.0.0.5', 'http://[::1]:3000', 'https://[2001:db8::1]']) expect([address, party(address)]).toEqual([address, undefined])
})
