import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dayOf, isPlanDay, plusDays, refuseAssignments, refuseTaking, sortManagers, sumFigures } from './rules.ts'
import { ownerOf, type Event } from './testing-figures.ts'

const start = Date.parse('2026-11-19T16:00:00Z')
const history = fc.array(fc.record({ hours: fc.integer({ min: 0, max: 60 }), managerId: fc.constantFrom('a', 'b', 'c', null) }), { maxLength: 12 }).map((steps) => {
  let at = start + 1
  return steps.map(({ hours, managerId }): Event => ({ at: new Date(at += hours * 3_600_000 + 1), managerId }))
})

/** Stretches as the code keeps them: counted from the day after the beginning, up to and including the day of the end. */
function stretchesOf(events: readonly Event[]): { managerId: string; from: string; to: string | null }[] {
  const stretches: { managerId: string; from: string; to: string | null }[] = []
  for (const { at, managerId } of events) {
    const present = stretches.at(-1)?.to === null ? stretches.at(-1) : undefined
    if ((present?.managerId ?? null) === managerId) continue
    if (present) present.to = dayOf(at)
    if (managerId !== null) stretches.push({ managerId, from: plusDays(dayOf(at), 1), to: null })
  }
  return stretches
}

test('every day of every history counts for one manager or for nobody: for whoever had the customer when the day began', () => {
  fc.assert(fc.property(history, (events) => {
    const stretches = stretchesOf(events)
    for (let day = '2026-11-20'; day < '2026-12-25'; day = plusDays(day, 1)) {
      const counting = stretches.filter(({ from, to }) => from <= day && (to === null || day <= to)).map(({ managerId }) => managerId)
      expect(counting).toEqual([ownerOf(events, day)].filter((owner) => owner !== null))
    }
  }))
})

test('a customer who was assigned and taken back on one day counts for nobody', () => {
  const [morning, evening] = [new Date('2026-11-20T01:00:00Z'), new Date('2026-11-20T10:00:00Z')]
  expect(ownerOf([{ at: morning, managerId: 'a' }, { at: evening, managerId: null }], '2026-11-20')).toBeNull()
  expect(ownerOf([{ at: morning, managerId: 'a' }, { at: evening, managerId: null }], '2026-11-21')).toBeNull()
})

test('a day begins at midnight of China, and a plan reaches from today to ninety days ahead', () => {
  expect([dayOf(new Date('2026-11-20T15:59:59Z')), dayOf(new Date('2026-11-20T16:00:00Z')), plusDays('2026-12-31', 1), plusDays('2028-02-28', 1)]).toEqual(['2026-11-20', '2026-11-21', '2027-01-01', '2028-02-29'])
  const now = new Date('2026-11-20T16:00:00Z')
  expect(['2026-11-20', '2026-11-21', '2027-02-19', '2027-02-20'].map((day) => isPlanDay(day, now))).toEqual([false, true, true, false])
})

test('each refused row is told why: taken, named twice, somebody else\'s, in a plan', () => {
  const held = (managerId: string | null, isPlanned = false) => ({ managerId, managerName: managerId === null ? null : 'Lin Wei', isPlanned })
  const known = new Map([['free', held(null)], ['mine', held('a')], ['theirs', held('b')], ['planned', held('a', true)]])
  expect(refuseAssignments(['free', 'theirs', 'free'], known, 'a', false)).toEqual([{ row: 2, code: 'duplicate', other: 1 }, { row: 1, code: 'already_assigned', managerName: 'Lin Wei' }])
  expect(refuseAssignments(['free', 'theirs'], known, 'a', true)).toEqual([])
  expect(refuseAssignments(['mine'], known, 'a', true)).toEqual([{ row: 0, code: 'already_assigned', managerName: 'Lin Wei' }])
  expect(refuseTaking(['mine', 'theirs', 'free', 'planned'], known, 'a', false).map(({ row, code }) => [row, code])).toEqual([[1, 'not_assigned'], [2, 'not_assigned']])
  expect(refuseTaking(['mine', 'planned'], known, 'a', true)).toEqual([{ row: 1, code: 'in_plan' }])
})

test('managers stand in the order asked for, equal ones always alike, and the sum is of all', () => {
  const row = (id: string, customers: number, monthExpenditure: bigint) => ({ id, customers, monthExpenditure, monthPerformance: 1n })
  const rows = [row('b', 2, 5n), row('a', 2, 9n), row('c', 7, 5n)]
  const order = (sort: Parameters<typeof sortManagers>[1]) => sortManagers(rows, sort).map(({ id }) => id).join('')
  expect([order('-customers'), order('customers'), order('-monthExpenditure'), order('monthExpenditure')]).toEqual(['cab', 'abc', 'abc', 'bca'])
  expect(sumFigures(rows)).toEqual({ customers: 11, monthExpenditure: 19n, monthPerformance: 3n })
})
