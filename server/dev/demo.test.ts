import { expect, test } from 'vitest'
import { normalizeEmail, normalizeMobile } from '#server/messages/contact.ts'
import { demoCustomers, dayMs } from './demo-customers.ts'
import { demoHistory } from './demo-history.ts'
import { demoPartners } from './demo-people.ts'
import { stories } from './demo-stories.ts'

const [first] = demoPartners
if (!first) throw new Error('the demo has no partner')

// A month has just begun, is in full swing, or ends; a leap day; and the hours when it is already another month in the partner's zone.
const times = ['2026-11-01T00:20:00+08:00', '2026-11-15T10:00:00Z', '2028-02-29T15:30:00Z', '2026-12-31T16:05:00Z'].map((text) => new Date(text))

test.each(times)('whoever seeds the demo at %s gets the same customers and the same history each time', (now) => {
  for (const partner of demoPartners) {
    const customers = demoCustomers(partner, now)
    expect(demoCustomers(partner, now)).toEqual(customers)
    expect(demoHistory(partner, customers, now)).toEqual(demoHistory(partner, customers, now))
  }
})

test('people and numbers of the customers do not depend on the day of the seeding', () => {
  const [early, late] = times.map((now) => demoCustomers(first, now).map(({ number, name, mobile, email }) => ({ number, name, mobile, email })).toSorted((a, b) => (a.number < b.number ? -1 : 1)))
  expect(late).toEqual(early)
})

test.each(times)('nothing in the history lies in the future or before the customer came (%s)', (now) => {
  for (const partner of demoPartners) {
    const customers = demoCustomers(partner, now)
    const { steps } = demoHistory(partner, customers, now)
    const instants = steps.map(({ at }) => at.getTime())
    expect(instants).toEqual(instants.toSorted((a, b) => a - b))
    expect(Math.max(...instants)).toBeLessThan(now.getTime())
    const early = steps.flatMap((step) => ('rows' in step ? step.rows.filter(({ customer }) => (customers[customer]?.associatedAt ?? now) >= step.at) : []))
    expect(early).toEqual([])
    expect(now.getTime() - (steps[0]?.at.getTime() ?? 0)).toBeGreaterThan(partner.customers > 100 ? 300 * dayMs : 0)
  }
})

test('no message of the demo could ever reach a person', () => {
  const contacts = demoPartners.flatMap((partner) => [...partner.members, partner.ecosystem, ...demoCustomers(partner, times[0] ?? new Date(0))])
  const mobiles = contacts.flatMap(({ mobile }) => mobile ?? [])
  const emails = contacts.flatMap(({ email }) => email ?? [])
  // 100 is no prefix of any operator, and `example` is reserved.
  expect(mobiles.filter((mobile) => !/^\+86100\d{8}$/.test(mobile) || normalizeMobile(mobile) !== mobile)).toEqual([])
  expect(emails.filter((email) => !email.endsWith('.example') || normalizeEmail(email) !== email)).toEqual([])
})

test('the first partner has customers in every state that the docs promise', () => {
  const customers = demoCustomers(first, times[1] ?? new Date(0))
  expect(customers).toHaveLength(240)
  expect(new Set(customers.map(({ number }) => number)).size).toBe(240)
  expect(new Set(customers.map(({ type, state, cause }) => `${type} ${state} ${cause}`))).toEqual(new Set([
    'RESALE NORMAL null', 'REFERRAL NORMAL null', 'RESALE ACCOUNT_FROZEN NEW_ASSOCIATION', 'RESALE ACCOUNT_FROZEN MANUAL', 'RESALE ACCOUNT_FROZEN BUDGET', 'RESALE ACCOUNT_FROZEN PARTNER_STATE',
    'RESALE RESOURCES_FROZEN MANUAL', 'RESALE RESOURCES_FROZEN BUDGET',
  ]))
  for (const has of [(c: (typeof customers)[number]) => c.mobile === null, (c: (typeof customers)[number]) => c.manager === null, (c: (typeof customers)[number]) => c.held > 0n, (c: (typeof customers)[number]) => c.arrears > 0n, (c: (typeof customers)[number]) => c.own > 0n]) {
    expect(customers.filter(has).length).toBeGreaterThan(1)
  }
  expect(customers.filter(({ mobile }) => mobile?.endsWith('6688'))).toHaveLength(3)
  for (const { number, name } of stories) expect(customers.find((customer) => customer.number === number)?.name).toBe(name)
})
