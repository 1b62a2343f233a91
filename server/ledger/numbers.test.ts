import { expect, test } from 'vitest'
import { dayPart } from './numbers.ts'

test('a movement late in the evening UTC carries the next day of a partner in Shanghai', () => {
  const at = new Date('2026-12-31T16:00:00.000Z')
  expect(dayPart(at, 'Asia/Shanghai')).toBe('270101')
  expect(dayPart(at, 'UTC')).toBe('261231')
})
