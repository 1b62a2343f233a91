import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { newCode, newReference } from './code.ts'
import { codeMac, digestOf } from './digest.ts'

/** Pearson's statistic for counts that should all be equal. */
const chiSquare = (counts: readonly number[]): number => {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
}
/** At nine degrees of freedom a fair source exceeds this once in a thousand times (p = 0.001). */
const limit = 27.88

/** Draws 20,000 codes. @returns what looks uneven: the places of digits, and `next` for the step from one code to the one after it. */
function unevenIn(codes: readonly string[]): (number | 'next')[] {
  const places = [0, 1, 2, 3, 4, 5].filter((place) => chiSquare(Array.from({ length: 10 }, (_, digit) => codes.filter((code) => code[place] === String(digit)).length)) > limit)
  const steps = Array.from({ length: 10 }, () => 0)
  for (const [at, code] of codes.entries()) {
    const step = (Number(codes[at + 1]?.[0] ?? 0) - Number(code[5]) + 10) % 10
    steps[step] = (steps[step] ?? 0) + 1
  }
  return chiSquare(steps) > limit ? [...places, 'next'] : places
}

test('over 20,000 codes no digit at any place, and no digit after another, is likelier than the rest', () => {
  // Two draws: what chance does once in a thousand times it does not do again at the same place.
  const [first, second] = [Array.from({ length: 20_000 }, newCode), Array.from({ length: 20_000 }, newCode)]
  expect([...first, ...second].filter((code) => !/^[0-9]{6}$/.test(code))).toEqual([])
  expect(first.some((code) => code < '100000')).toBe(true)
  const again = unevenIn(second)
  expect(unevenIn(first).filter((place) => again.includes(place))).toEqual([])
})

test('the measure itself finds a source that never gives a leading zero', () => {
  expect(unevenIn(Array.from({ length: 20_000 }, () => newCode().replace(/^0/, '1')))).toContain(0)
})

test('codes come from the cryptographic source and from no other place', () => {
  const source = readFileSync(new URL('./code.ts', import.meta.url), 'utf8')
  expect(source).toContain("import { randomInt } from 'node:crypto'")
  expect(source).not.toMatch(/Math\.random|Date/)
  for (let round = 0; round < 100; round += 1) expect(newReference()).toMatch(/^[A-HJ-NP-Z]{2}$/)
})

test('a stolen table gives no code away: what rests there needs a key, and hangs on the proof and on what it froze', () => {
  const secrets = { code: { id: 'k1', key: new Uint8Array(32).fill(1) } }
  const mac = codeMac(secrets, 'proof', 'digest', '135790')
  for (const text of ['135790', 'proof\ndigest\n135790']) expect(mac).not.toContain(createHash('sha256').update(text).digest('base64url'))
  expect(codeMac({ code: { id: 'k1', key: new Uint8Array(32).fill(2) } }, 'proof', 'digest', '135790')).not.toBe(mac)
  expect(codeMac(secrets, 'other', 'digest', '135790')).not.toBe(mac)
  expect(codeMac(secrets, 'proof', digestOf({ other: 1 }), '135790')).not.toBe(mac)
})
