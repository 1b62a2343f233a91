import { expect, test } from 'vitest'
import { messageTime, zoneOptions } from './time-zones.ts'

const summer = new Date('2026-07-01T00:00:00Z')

test('the times of messages are written as the server writes them, summer time included', () => {
  expect(messageTime(summer, 'Asia/Shanghai')).toBe('2026-07-01 08:00:00 GMT+08:00')
  expect(messageTime(summer, 'Europe/Berlin')).toBe('2026-07-01 02:00:00 GMT+02:00')
  expect(messageTime(new Date('2026-12-01T00:00:00Z'), 'Europe/Berlin')).toBe('2026-12-01 01:00:00 GMT+01:00')
  expect(messageTime(summer, 'UTC')).toBe('2026-07-01 00:00:00 GMT+00:00')
})

test('zones stand from west to east with their offset, and a zone in use is always among them', () => {
  const options = zoneOptions(summer, 'en-US', ['Asia/Kathmandu'])
  const labels = options.map(({ label }) => label)
  expect(labels[0]).toMatch(/^GMT-07:00 .*\(Los Angeles\)$/)
  expect(labels.at(-1)).toMatch(/^GMT\+12:00 .*\(Auckland\)$/)
  expect(options.find(({ value }) => value === 'Asia/Kathmandu')?.label).toMatch(/^GMT\+05:45 /)
  expect(options.filter(({ value }) => value === 'Asia/Shanghai')).toHaveLength(1)
})
