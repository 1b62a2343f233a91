import { expect, test } from 'vitest'
import { zoneOptions } from './time-zones.ts'

const summer = new Date('2026-07-01T00:00:00Z')

test('zones stand from west to east with their offset, and a zone in use is always among them', () => {
  const options = zoneOptions(summer, 'en-US', ['Asia/Kathmandu'])
  const labels = options.map(({ label }) => label)
  expect(labels[0]).toMatch(/^GMT-07:00 .*\(Los Angeles\)$/)
  expect(labels.at(-1)).toMatch(/^GMT\+12:00 .*\(Auckland\)$/)
  expect(options.find(({ value }) => value === 'Asia/Kathmandu')?.label).toMatch(/^GMT\+05:45 /)
  expect(options.filter(({ value }) => value === 'Asia/Shanghai')).toHaveLength(1)
})
