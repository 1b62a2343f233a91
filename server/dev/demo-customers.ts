import type { AccountState, AssociationType, FreezeCause } from '#contract/customers.ts'
import type { Locale } from '#contract/people.ts'
import { brands, companyForms, places, tags, trades } from '#server/db/seed-words.ts'
import type { DemoPartner } from './demo-people.ts'
import { randomFrom, type Random } from './demo-random.ts'
import { stories, type Story } from './demo-stories.ts'

/** How a customer's money ended: still something there, all spent, all taken back, or never any. */
export type Outcome = 'keeps' | 'used_up' | 'all_reclaimed' | 'untouched'

export type DemoBudget = { type: 'MONTHLY' | 'ONE_TIME'; /** What share of it is used; the amount follows from the expenditure. */ percent: number; whenUsedUp: 'NOTHING' | 'FREEZE_ACCOUNT' | 'FREEZE_RESOURCES' }

/** One customer as drawn or told; money in minor units. */
export type DemoCustomer = {
  number: string
  name: string
  accountName: string
  mobile: string | null
  email: string | null
  language: Locale
  type: AssociationType
  associatedAt: Date
  /** Login of the account manager. */
  manager: string | null
  tag: string
  state: AccountState
  cause: FreezeCause | null
  frozenAt: Date | null
  budget: DemoBudget | null
  nextExpiry: Date | null
  /** What an ordinary month costs. */
  monthly: bigint
  held: bigint
  unsettled: bigint
  arrears: bigint
  own: bigint
  usesCredit: boolean
  onlyCredit: boolean
  smallLots: boolean
  /** Allocated in the batch of yesterday. */
  yesterday: bigint
  outcome: Outcome
}

export const dayMs = 86_400_000

/** @param partner of whom. @param now the seeding; every date is counted from it.
 *  @returns the partner's customers in the order of their association. The same for the same partner and time. */
export function demoCustomers(partner: DemoPartner, now: Date): DemoCustomer[] {
  const told = partner.account === 'demo' ? stories : []
  const taken = new Set(told.flatMap(({ name, accountName, number }) => [name, accountName, number]))
  const managers = partner.members.filter(({ roles, isDisabled }) => roles.includes('manager') && isDisabled !== true).map(({ login }) => login)
  const customers = told.map((story, index) => tell(story, draw(partner, managers, index, now, new Set()), now))
  for (let index = told.length; index < partner.customers; index += 1) customers.push(draw(partner, managers, index, now, taken))
  return customers.toSorted((a, b) => a.associatedAt.getTime() - b.associatedAt.getTime())
}

function tell(story: Story, drawn: DemoCustomer, now: Date): DemoCustomer {
  const { associatedDays, frozenDays, expiryDays, story: _, ...given } = story
  const usual = { type: 'RESALE', state: 'NORMAL', cause: null, held: 0n, unsettled: 0n, arrears: 0n, own: 0n, outcome: 'keeps', usesCredit: false } as const
  return {
    ...drawn, ...usual, ...given,
    // A time of day of its own, so that no two customers were associated in the same moment.
    associatedAt: new Date(now.getTime() - associatedDays * dayMs + (drawn.associatedAt.getTime() % (dayMs / 4)) - dayMs / 4),
    frozenAt: frozenDays !== undefined ? new Date(now.getTime() - frozenDays * dayMs) : story.state === undefined || story.state === 'NORMAL' ? null : new Date(now.getTime() - associatedDays * dayMs),
    nextExpiry: expiryDays === undefined ? drawn.nextExpiry : expiryDays === null ? null : new Date(now.getTime() + expiryDays * dayMs),
  }
}

function draw(partner: DemoPartner, managers: readonly string[], index: number, now: Date, taken: Set<string>): DemoCustomer {
  const random = randomFrom(partner.seed * 1000 + index)
  const identity = drawIdentity(random, partner, taken)
  // Denser in the recent past, as a partner grows; the youngest but those with a story came some days ago.
  const days = 4 + Math.floor(391 * random.next() ** 1.35)
  const associatedAt = new Date(now.getTime() - days * dayMs + random.int(0, dayMs / 2))
  const isResale = random.chance(0.74)
  const isNew = isResale && days <= 5
  // A few large customers and many small ones.
  const monthly = BigInt(Math.round(Math.exp(6.6 + 4.7 * random.next() ** 1.2) * 100))
  const standing = isNew || !isResale ? undefined : drawStanding(random, days, now, monthly)
  const isAssigned = random.chance(isNew ? 0.4 : 0.93)
  return {
    ...identity, associatedAt,
    language: 'zh-CN', type: isResale ? 'RESALE' : 'REFERRAL',
    manager: isAssigned && managers.length > 0 ? random.pick(managers) : null,
    tag: random.chance(0.55) ? random.pick(tags) : '',
    state: isNew ? 'ACCOUNT_FROZEN' : 'NORMAL', cause: isNew ? 'NEW_ASSOCIATION' : null, frozenAt: isNew ? associatedAt : null,
    budget: null, nextExpiry: random.chance(isNew ? 0 : 0.72) ? new Date(now.getTime() + random.int(2, 300) * dayMs + random.int(0, dayMs)) : null,
    monthly,
    held: 0n, unsettled: 0n, arrears: 0n, own: 0n, usesCredit: random.chance(0.06), onlyCredit: false, smallLots: false, yesterday: 0n,
    outcome: isNew || !isResale ? 'untouched' : 'keeps',
    ...standing,
  }
}

/** What has become of an older resale customer. */
function drawStanding(random: Random, days: number, now: Date, monthly: bigint): Partial<DemoCustomer> {
  const budget: DemoBudget | null = random.chance(0.62) ? { type: random.chance(0.85) ? 'MONTHLY' : 'ONE_TIME', percent: random.int(8, 98), whenUsedUp: random.pick(['NOTHING', 'NOTHING', 'FREEZE_ACCOUNT', 'FREEZE_RESOURCES']) } : null
  const frozenAt = new Date(now.getTime() - random.int(1, Math.min(14, days - 2)) * dayMs - random.int(0, dayMs / 2))
  const percentOf = (min: number, max: number) => (monthly * BigInt(random.int(min * 97, max * 97))) / 9_700n
  const fate = random.next()
  if (fate < 0.035) return { budget, state: 'ACCOUNT_FROZEN', cause: 'MANUAL', frozenAt }
  if (fate < 0.07) return { budget: { type: 'MONTHLY', percent: random.int(100, 118), whenUsedUp: 'FREEZE_ACCOUNT' }, state: 'ACCOUNT_FROZEN', cause: 'BUDGET', frozenAt }
  if (fate < 0.085) return { budget: { type: 'MONTHLY', percent: random.int(100, 109), whenUsedUp: 'FREEZE_RESOURCES' }, state: 'RESOURCES_FROZEN', cause: 'BUDGET', frozenAt }
  if (fate < 0.1) return { budget, state: 'RESOURCES_FROZEN', cause: 'MANUAL', frozenAt }
  if (fate < 0.16) return { budget, outcome: 'used_up' }
  if (fate < 0.19) return { budget, outcome: 'used_up', arrears: percentOf(8, 70) }
  if (fate < 0.22) return { budget, outcome: 'all_reclaimed' }
  if (fate < 0.26) return { budget, held: percentOf(4, 24) }
  if (fate < 0.32) return { budget, unsettled: percentOf(1, 6) }
  if (fate < 0.35) return { budget, own: BigInt(random.int(2, 60)) * 500_00n }
  return { budget }
}

function drawIdentity(random: Random, partner: DemoPartner, taken: Set<string>): Pick<DemoCustomer, 'name' | 'accountName' | 'number' | 'mobile' | 'email'> {
  for (;;) {
    const [place, placeLatin] = random.pick(places)
    const [brand, brandLatin] = random.pick(brands)
    const trade = random.pick(trades)
    const name = `${place}${brand}${trade}${random.pick(companyForms)}`
    const accountName = `${placeLatin.slice(0, 2)}${brandLatin}${String(random.int(1, 99)).padStart(2, '0')}`
    const number = `208${random.int(1_000_000, 1_899_999)}`
    const mailbox = random.pick(['it', 'cloud', 'caiwu', 'yunwei', 'info', 'admin'])
    if (taken.has(`${place}${brand}`) || [name, accountName, number].some((word) => taken.has(word))) continue
    for (const word of [`${place}${brand}`, name, accountName, number]) taken.add(word)
    return {
      name, accountName, number,
      mobile: random.chance(0.94) ? `+86100${String(partner.seed).padStart(5, '0').slice(0, 2)}${String(random.int(0, 999_999)).padStart(6, '0')}` : null,
      email: random.chance(0.9) ? `${mailbox}@${placeLatin.slice(0, 2)}${brandLatin}.example` : null,
    }
  }
}
