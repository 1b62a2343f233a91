import { json, sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { maskEmail, maskMobile, maskName } from '#server/masking/mask.ts'
import type { BookCustomer, Logged } from './demo-books.ts'
import { dayMs, type DemoCustomer } from './demo-customers.ts'
import { uuidFrom } from './demo-ids.ts'
import type { DemoMember, DemoPartner } from './demo-people.ts'
import { randomFrom, type Random } from './demo-random.ts'

const agents = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15',
] as const
const hourMs = 3_600_000

/** @returns what people did in the last 30 days besides moving money: signed in, looked at full values, asked for codes, mistyped one. */
export function demoTraces(partner: DemoPartner, customers: readonly DemoCustomer[], booked: readonly BookCustomer[], moves: readonly Logged[], now: Date): Logged[] {
  const random = randomFrom(partner.seed * 31)
  const people = partner.members.filter(({ isDisabled, isInvited }) => isDisabled !== true && isInvited !== true)
  return [
    ...people.flatMap((member) => signIns(partner, member, random, now)),
    ...people.flatMap((member) => reveals(partner, member, customers, booked, random, now)),
    ...confirmations(partner, moves, now),
    ...mishaps(partner, now),
  ]
}

function signIns(partner: DemoPartner, { login }: DemoMember, random: Random, now: Date): Logged[] {
  return Array.from({ length: random.int(9, 16) }, (_, index) => {
    const at = new Date(now.getTime() - random.int(1, 30) * dayMs + random.int(0, 3 * 3_600_000))
    const requestId = uuidFrom(`${partner.account} ${login} sign-in ${index}`)
    return { at, by: login, requestId, facts: { operation: 'session.signed_in', objectKind: 'session', details: { endedOldest: false } } }
  })
}

/** One person sees some customers at a time, within what the role shows. */
function reveals(partner: DemoPartner, { login, roles }: DemoMember, customers: readonly DemoCustomer[], booked: readonly BookCustomer[], random: Random, now: Date): Logged[] {
  const seen = customers.flatMap((customer, index) => (!roles.includes('manager') || roles.length > 1 || customer.manager === login ? [{ customer, row: booked[index] }] : []))
  if (seen.length === 0 || roles.every((role) => role === 'operator')) return []
  return Array.from({ length: random.int(6, 22) }, (_, index) => {
    const { customer, row } = random.pick(seen)
    const field = customer.mobile === null ? 'name' : random.pick(['mobile', 'mobile', 'name', 'email'] as const)
    return {
      at: new Date(now.getTime() - random.int(2, 30 * 24) * hourMs), by: login, requestId: uuidFrom(`${partner.account} ${login} reveal ${index}`),
      facts: { operation: 'data.reveal' as const, objectKind: 'customer' as const, objectNumber: customer.number, ...(row && { customerId: row.id }), details: { field, page: '/customers' } },
    }
  })
}

/** Before each movement of the last 30 days stands how it was confirmed: what was frozen, the code that was sent, the right answer. */
function confirmations(partner: DemoPartner, moves: readonly Logged[], now: Date): Logged[] {
  const recent = Map.groupBy(moves.filter(({ by, at }) => by !== null && now.getTime() - at.getTime() < 30 * dayMs), ({ requestId }) => requestId)
  return [...recent.values()].flatMap((together) => {
    const [first] = together
    if (!first) return []
    const { at, by, requestId, facts: { operation, confirmedBy = 'none' } } = first
    const proof = { objectKind: 'proof', objectNumber: uuidFrom(`proof ${requestId}`) } as const
    const total = together.reduce((sum, { facts }) => sum + (facts.amount ?? 0n), 0n)
    const earlier = (seconds: number) => new Date(at.getTime() - seconds * 1000)
    const details = { operation, total: `${total / 100n}.${String(total % 100n).padStart(2, '0')}`, count: together.length, needs: confirmedBy === 'click' ? 'click' : 'code' }
    const frozen: Logged = { at: earlier(48), by, requestId: uuidFrom(`${requestId} 1`), facts: { operation: 'proof.frozen', ...proof, details } }
    if (confirmedBy === 'click') return [frozen]
    const member = partner.members.find(({ login }) => login === by)
    const destination = confirmedBy === 'sms' ? maskMobile(member?.mobile ?? '') : maskEmail(member?.email ?? '')
    return [
      frozen,
      { at: earlier(40), by, requestId: uuidFrom(`${requestId} 2`), facts: { operation: 'proof.sent', ...proof, confirmedBy, details: { destination, send: 1 } } },
      { at: earlier(3), by, requestId: uuidFrom(`${requestId} 3`), facts: { operation: 'proof.passed', ...proof } },
    ]
  })
}

/** What went wrong lately, so that refusals can be found in the log. */
function mishaps(partner: DemoPartner, now: Date): Logged[] {
  const ago = (hours: number) => new Date(now.getTime() - hours * hourMs)
  const id = (what: string) => uuidFrom(`${partner.account} ${what}`)
  const manager = partner.members.find(({ roles, isDisabled }) => roles.includes('manager') && isDisabled !== true)?.login
  const proof = { objectKind: 'proof', objectNumber: id('proof') } as const
  return [
    { at: ago(31), by: '', requestId: id('failed sign-in'), facts: { operation: 'session.failed', objectKind: 'session', result: 'refused' } },
    ...(manager === undefined ? [] : [{ at: ago(53), by: manager, requestId: id('refused'), facts: { operation: 'access.refused', result: 'refused', details: { permission: 'customer.export' } } } satisfies Logged]),
    ...(partner.verificationOn ? [
      { at: ago(77), by: '', requestId: id('wrong 1'), facts: { operation: 'proof.wrong', ...proof, result: 'refused', details: { attempt: 1 } } } satisfies Logged,
      { at: ago(76.99), by: '', requestId: id('void'), facts: { operation: 'proof.void', ...proof, result: 'refused', details: { reason: 'changed' } } } satisfies Logged,
    ] : []),
  ]
}

/** Writes the rows in the order of time, as the chain of the log needs them. Like writeLog, for many rows of many people and times at once.
 *  @param memberIds by login; `by: null` is the vendor operator. */
export async function writeTraces(tx: Tx, partner: DemoPartner, partnerId: string, traces: readonly Logged[], memberIds: ReadonlyMap<string, string>): Promise<void> {
  const rows = traces.toSorted((a, b) => a.at.getTime() - b.at.getTime()).map(({ at, by, requestId, facts }, place) => {
    const member = partner.members.find(({ login }) => login === by)
    return {
      place, id: uuidFrom(`${partner.account} log ${place}`), at: at.toISOString(), operator_id: by === null ? null : (memberIds.get(by) ?? null), operator_name: member ? maskName(member.name) : null,
      operation: facts.operation, object_kind: facts.objectKind ?? null, object_number: facts.objectNumber ?? null, customer_id: facts.customerId ?? null, amount: facts.amount === undefined ? null : String(facts.amount),
      result: facts.result ?? 'success', confirmed_by: facts.confirmedBy ?? 'none', source: by === null ? 'vendor' : 'console', request_id: requestId,
      address: by === null ? '' : `192.0.2.${10 + partner.members.findIndex(({ login }) => login === by)}`, agent: by === null ? 'admin' : agents[(member?.login.length ?? 0) % 2], details: facts.details ?? {},
    }
  })
  await tx.run(sql`insert into log_entries (partner_id, id, at, operator_id, operator_name, operation, object_kind, object_number, customer_id, amount, result, confirmed_by, source, request_id, address, agent, details)
    select ${partnerId}::uuid, r.id, r.at, r.operator_id, r.operator_name, r.operation, r.object_kind, r.object_number, r.customer_id, r.amount, r.result, r.confirmed_by, r.source, r.request_id, r.address, r.agent, r.details
      from jsonb_to_recordset(${json(rows)}) as r(place int, id uuid, at timestamptz, operator_id uuid, operator_name text, operation text, object_kind text, object_number text, customer_id uuid, amount bigint,
        result text, confirmed_by text, source text, request_id text, address text, agent text, details jsonb) order by r.place`)
}
