import { expect, test } from 'vitest'
import { configureSealing, open, seal } from './seal.ts'

const key = (byte: number) => ({ id: `key-000${byte}`, key: new Uint8Array(32).fill(byte) })

test('what was sealed opens again, looks different each time and cannot be read', () => {
  configureSealing(key(1))
  const [one, two] = [seal('13800138000 云海'), seal('13800138000 云海')]
  expect(open(one)).toBe('13800138000 云海')
  expect(Buffer.from(one).equals(Buffer.from(two))).toBe(false)
  expect(Buffer.from(one).toString('latin1')).not.toContain('138')
})

test('a changed byte, a cut and another key are refused', () => {
  configureSealing(key(1))
  const sealed = seal('text')
  for (const place of [8, 25, sealed.length - 1]) {
    const changed = Uint8Array.from(sealed)
    changed[place] = (changed[place] ?? 0) ^ 1
    expect(() => open(changed)).toThrow(/authenticate/)
  }
  expect(() => open(sealed.subarray(0, 30))).toThrow(/authentication tag/)
  configureSealing(key(2))
  expect(() => open(sealed)).toThrow('another key')
})
