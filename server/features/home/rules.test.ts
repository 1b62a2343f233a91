import { expect, test } from 'vitest'
import { expiryWindow } from './rules.ts'

test.each([
  ['2026-11-20T15:59:59Z', 'Asia/Shanghai', { from: '2026-11-20', to: '2026-11-27' }],
  ['2026-11-20T16:00:00Z', 'Asia/Shanghai', { from: '2026-11-21', to: '2026-11-28' }],
  ['2026-12-28T12:00:00Z', 'UTC', { from: '2026-12-28', to: '2027-01-04' }],
  // The week of the change to winter time has 169 hours.
  ['2026-10-24T12:00:00Z', 'Europe/Berlin', { from: '2026-10-24', to: '2026-10-31' }],
])('at %s in %s the coming week is %o', (now, timeZone, expected) => expect(expiryWindow(new Date(now), timeZone)).toEqual(expected))
