import { expect, test } from 'vitest'
import { nextWorkingMoment } from './working-hours.ts'

const china = 'Asia/Shanghai'

test.each([
  ['a Wednesday morning goes at once', '2026-11-18T02:00:00Z', '2026-11-18T02:00:00Z'],
  ['the very second of nine goes at once', '2026-11-18T01:00:00Z', '2026-11-18T01:00:00Z'],
  ['a second before nine waits for nine', '2026-11-18T00:59:59Z', '2026-11-18T01:00:00Z'],
  ['the last second before six goes at once', '2026-11-18T09:59:59Z', '2026-11-18T09:59:59Z'],
  ['six in the evening waits for the morning', '2026-11-18T10:00:00Z', '2026-11-19T01:00:00Z'],
  ['Friday night waits for Monday', '2026-11-20T15:00:00Z', '2026-11-23T01:00:00Z'],
  ['the eve of the Spring Festival waits for the day after it', '2026-02-14T11:00:00Z', '2026-02-24T01:00:00Z'],
  ['a Saturday that is worked counts', '2026-10-10T02:00:00Z', '2026-10-10T02:00:00Z'],
])('%s', (_case, now, due) => expect(nextWorkingMoment(new Date(now), china)).toEqual(new Date(due)))

test('nine o’clock is that of the partner’s zone, also when its clock changes overnight', () => {
  expect(nextWorkingMoment(new Date('2026-11-18T06:00:00Z'), 'Europe/Berlin')).toEqual(new Date('2026-11-18T08:00:00Z'))
  // The clocks of Berlin go forward in the night to Sunday, 29 March.
  expect(nextWorkingMoment(new Date('2026-03-28T12:00:00Z'), 'Europe/Berlin')).toEqual(new Date('2026-03-30T07:00:00Z'))
})
