import { dayMs, type DemoCustomer } from './demo-customers.ts'
import type { DemoPartner } from './demo-people.ts'
import { randomFrom, type Random } from './demo-random.ts'

/** One posting of the books. `customer` is the place in the list of customers; money in minor units. */
export type Step =
  | { at: Date; kind: 'top_up' | 'incentive'; amount: bigint }
  | { at: Date; kind: 'allocate'; source: 'top-up' | 'credit'; by: string; rows: { customer: number; amount: bigint }[] }
  | { at: Date; kind: 'reclaim'; by: string; rows: { customer: number; amount: bigint }[] }
  | { at: Date; kind: 'consume' | 'own_top_up'; rows: { customer: number; amount: bigint }[] }

/** What a month cost a customer; `month` is its first day, YYYY-MM-DD. */
export type Spent = { customer: number; month: string; amount: bigint }

type Move = { at: number; kind: Exclude<Step['kind'], 'top_up' | 'incentive'>; customer: number; amount: bigint; source: 'top-up' | 'credit'; by: string; isBatch: boolean }

const zoneMs = 8 * 3_600_000
const hourMs = 3_600_000
const batchMax = 24

/** Days on which consumption is settled: the 26th of each month, and once shortly before the seeding for the month that runs. */
type Settlement = { at: number; month: string; share: number }

/** @param customers as demoCustomers returns them. @returns every posting of the partner's books in the order of time, such that no account ever falls
 *  below its bound, and what each month cost each customer. */
export function demoHistory(partner: DemoPartner, customers: readonly DemoCustomer[], now: Date): { steps: Step[]; spent: Spent[] } {
  const settlements = settlementsUntil(now.getTime())
  const spent: Spent[] = []
  const moves = customers.flatMap((customer, index) => live(partner, customer, index, settlements, now.getTime(), spent))
  return { steps: withTopUps(partner, customers, group(limitCredit(partner, customers, moves)), now.getTime()), spent }
}

function settlementsUntil(now: number): Settlement[] {
  const local = new Date(now + zoneMs)
  const startOf = (back: number) => Date.UTC(local.getUTCFullYear(), local.getUTCMonth() - back, 1) - zoneMs
  const monthOf = (start: number) => new Date(start + zoneMs).toISOString().slice(0, 10)
  const past = Array.from({ length: 13 }, (_, index) => startOf(13 - index)).map((start) => ({ at: start + 25 * dayMs + 2.2 * hourMs, month: monthOf(start), share: 1 }))
  const start = startOf(0)
  const at = Math.floor(Math.max(now - 3 * hourMs, (start + now) / 2))
  return [...past, { at, month: monthOf(start), share: (at - start) / (30 * dayMs) }]
}

/** The life of one customer: money is allocated before it is needed, spent month by month, now and then taken back. */
function live(partner: DemoPartner, customer: DemoCustomer, index: number, settlements: readonly Settlement[], now: number, spent: Spent[]): Move[] {
  if (customer.outcome === 'untouched' && customer.type === 'RESALE') return []
  const random = randomFrom(partner.seed * 7919 + index)
  const moves: Move[] = []
  const end = customer.outcome === 'all_reclaimed' ? now - 6 * dayMs : now
  let balance = 0n
  let since = customer.associatedAt.getTime() + 2 * hourMs
  for (const settlement of settlements) {
    const isLast = settlement.at === settlements.at(-1)?.at
    if (settlement.at < since + 8 * hourMs || settlement.at >= end) continue
    const share = Math.min(settlement.share, (settlement.at - customer.associatedAt.getTime()) / (30 * dayMs))
    let cost = scale(customer.monthly, share * (0.86 + 0.28 * random.next()))
    if (customer.type === 'RESALE') {
      for (const move of provide(partner, customer, index, random, balance, cost, since, settlement.at - hourMs)) {
        moves.push(move)
        balance += move.amount
      }
      if (isLast && customer.outcome === 'used_up') cost = balance
      balance -= cost
      moves.push({ at: settlement.at, kind: 'consume', customer: index, amount: cost, source: 'top-up', by: '', isBatch: true })
      if (!isLast && balance > customer.monthly / 2n && random.chance(0.22)) {
        const amount = roundDown(balance / 2n)
        moves.push({ at: settlement.at + dayMs + random.int(8, 12) * hourMs, kind: 'reclaim', customer: index, amount, source: 'top-up', by: actorOf(partner, customer, random), isBatch: false })
        balance -= amount
      }
    }
    since = settlement.at + 2 * dayMs
    spent.push({ customer: index, month: settlement.month, amount: cost })
  }
  if (customer.outcome === 'keeps' && since > customer.associatedAt.getTime() + dayMs) moves.push(...lately(partner, customer, index, random, balance, now))
  if (customer.outcome === 'all_reclaimed' && balance > 0n) moves.push({ at: end, kind: 'reclaim', customer: index, amount: balance, source: 'top-up', by: '', isBatch: true })
  if (customer.own > 0n) moves.push({ at: now - random.int(5, 40) * hourMs, kind: 'own_top_up', customer: index, amount: customer.own, source: 'top-up', by: '', isBatch: false })
  return moves.filter(({ amount, at }) => amount > 0n && at < now)
}

/** What happened around the seeding: further lots beside the one in use, the batch of yesterday, and a reclaim of today. */
function lately(partner: DemoPartner, customer: DemoCustomer, index: number, random: Random, balance: bigint, now: number): Move[] {
  const base = { customer: index, by: actorOf(partner, customer, random), isBatch: false } as const
  const more = customer.smallLots ? 6 : customer.usesCredit ? 3 : random.chance(0.16) ? random.int(1, 2) : 0
  const youngest = Math.max(customer.associatedAt.getTime() + 6 * hourMs, now - 19 * dayMs)
  const lots = Array.from({ length: more }, (_, piece): Move => ({
    ...base, at: workingHour(random, youngest, now - hourMs), kind: 'allocate',
    amount: roundUp(scale(customer.monthly, (customer.smallLots ? 0.08 : 0.3) + 0.3 * random.next())), source: customer.onlyCredit || (customer.usesCredit && piece % 2 === 0) ? 'credit' : 'top-up',
  }))
  const yesterday = Math.floor((now + zoneMs) / dayMs) * dayMs - zoneMs - dayMs + 14.55 * hourMs + 12_000
  if (customer.yesterday > 0n) lots.push({ ...base, at: yesterday, kind: 'allocate', amount: customer.yesterday, source: 'top-up', by: '', isBatch: true })
  const back = roundDown(balance / 3n)
  if (back > 0n && (customer.onlyCredit || random.chance(0.012))) lots.push({ ...base, at: now - random.int(20, 100) * 60_000, kind: 'reclaim', amount: back, source: 'top-up' })
  return lots
}

/** What has to be allocated so that the cost can be paid: often for some months ahead, mostly in the monthly batch of the administrator. */
function provide(partner: DemoPartner, customer: DemoCustomer, index: number, random: Random, balance: bigint, cost: bigint, from: number, to: number): Move[] {
  if (balance >= cost && !customer.smallLots) return []
  const pieces = customer.smallLots ? 3 : 1
  const wanted = customer.smallLots ? cost : scale(cost - balance, 1.15 + 2.1 * random.next())
  return Array.from({ length: pieces }, (_, piece) => {
    const start = from + ((to - from) * piece) / pieces
    const batchAt = firstBatchDay(start, start + (to - from) / pieces)
    const isBatch = !customer.onlyCredit && batchAt !== undefined && random.chance(0.6)
    const at = isBatch ? batchAt : workingHour(random, start, start + (to - from) / pieces)
    const source = customer.onlyCredit || (customer.usesCredit && !isBatch && random.chance(0.6)) ? 'credit' : 'top-up'
    return { at, kind: 'allocate', customer: index, amount: roundUp(wanted / BigInt(pieces)), source, by: isBatch ? '' : actorOf(partner, customer, random), isBatch }
  })
}

function actorOf(partner: DemoPartner, customer: DemoCustomer, random: Random): string {
  const manager = partner.members.find(({ login }) => login === customer.manager)
  return manager?.extra?.includes('funds.allocate') === true && manager.extra.includes('funds.reclaim') && random.chance(0.6) ? manager.login : ''
}

/** The administrator allocates to many customers on the third of a month at 10:05. */
function firstBatchDay(from: number, to: number): number | undefined {
  const local = new Date(from + zoneMs)
  return [0, 1].map((more) => Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + more, 3, 10, 5) - zoneMs).find((at) => at >= from && at <= to)
}

function workingHour(random: Random, from: number, to: number): number {
  const at = from + random.next() * (to - from)
  const midnight = Math.floor((at + zoneMs) / dayMs) * dayMs - zoneMs
  const atWork = midnight + 9.4 * hourMs + random.int(0, 8 * 3_600_000)
  return Math.floor(atWork >= from && atWork <= to ? atWork : at)
}

/** The credit account serves until three fifths of its limit are used; what was planned beyond comes from the top-up account. */
function limitCredit(partner: DemoPartner, customers: readonly DemoCustomer[], moves: readonly Move[]): Move[] {
  let used = 0n
  return moves.toSorted((a, b) => a.at - b.at || order[a.kind] - order[b.kind]).map((move) => {
    if (move.source !== 'credit') return move
    const roof = (partner.creditLimit * (customers[move.customer]?.onlyCredit === true ? 3n : 2n)) / 5n
    if (used + move.amount > roof) return { ...move, source: 'top-up' }
    used += move.amount
    return move
  })
}

const order = { own_top_up: 0, allocate: 1, consume: 2, reclaim: 3 } as const

/** Moves that belong together become one posting; a batch holds as many rows as a person would tick. */
function group(moves: readonly Move[]): Step[] {
  const groups = Map.groupBy(moves, (move) => (move.isBatch ? `${move.at} ${move.kind} ${move.source}` : move))
  return [...groups.values()].flatMap((together) => {
    const size = together[0]?.kind === 'consume' ? together.length : batchMax
    return Array.from({ length: Math.ceil(together.length / size) }, (_, part) => toStep(together.slice(part * size, (part + 1) * size), part))
  }).toSorted((a, b) => a.at.getTime() - b.at.getTime())
}

function toStep(moves: readonly Move[], part: number): Step {
  const [first] = moves
  if (!first) throw new Error('an empty group')
  const rows = moves.map(({ customer, amount }) => ({ customer, amount }))
  // The parts of a large batch follow each other by some minutes.
  const at = new Date(first.at + part * 260_000)
  const { kind, source, by } = first
  switch (kind) {
    case 'allocate': return { at, kind, source, by, rows }
    case 'reclaim': return { at, kind, by, rows }
    case 'consume':
    case 'own_top_up': return { at, kind, rows }
  }
}

/** Adds the partner's own receipts: whenever the top-up account would not suffice, and a last one that brings it to about where it shall stand. What a
 *  customer with lots of both sources returns is not counted, because the ledger decides where it goes. */
function withTopUps(partner: DemoPartner, customers: readonly DemoCustomer[], steps: readonly Step[], now: number): Step[] {
  const usual = roundUp(partner.topUpLeft / 2n)
  let balance = 0n
  const all: Step[] = []
  for (const step of steps) {
    if (step.kind === 'allocate' && step.source === 'top-up') {
      const needed = sumOf(step.rows)
      if (balance < needed) {
        const missing = needed - balance
        const amount = missing > usual ? roundUp(missing) : usual
        all.push({ at: new Date(step.at.getTime() - 5_400_000), kind: 'top_up', amount })
        balance += amount
      }
      balance -= needed
    }
    if (step.kind === 'reclaim') balance += sumOf(step.rows.filter(({ customer }) => customers[customer]?.usesCredit === false && !customers[customer]?.onlyCredit))
    all.push(step)
  }
  if (balance < partner.topUpLeft) all.push({ at: new Date(now - 7 * dayMs), kind: 'top_up', amount: partner.topUpLeft - balance })
  for (const quarter of [4, 3, 2, 1]) if (partner.rebate > 0n) all.push({ at: new Date(now - quarter * 88 * dayMs), kind: 'incentive', amount: quarter === 1 ? partner.rebate - 3n * (partner.rebate / 4n) : partner.rebate / 4n })
  return all.toSorted((a, b) => a.at.getTime() - b.at.getTime())
}

const sumOf = (rows: readonly { amount: bigint }[]): bigint => rows.reduce((sum, { amount }) => sum + amount, 0n)
const scale = (amount: bigint, factor: number): bigint => (amount * BigInt(Math.round(factor * 10_000))) / 10_000n

/** Amounts as people choose them: two leading digits, at least whole hundreds. */
const stepOf = (amount: bigint): bigint => 10n ** BigInt(Math.max(4, amount.toString().length - 2))
const roundUp = (amount: bigint): bigint => ((amount + stepOf(amount) - 1n) / stepOf(amount)) * stepOf(amount)
const roundDown = (amount: bigint): bigint => (amount / stepOf(amount)) * stepOf(amount)
