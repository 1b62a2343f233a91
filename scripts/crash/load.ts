import { randomUUID } from 'node:crypto'
import * as z from 'zod/mini'
import { confirmByClick, signIn, type ConsoleClient } from '#server/testing/console-client.ts'
import type { LoadCustomer, LoadPartner } from '#server/testing/load-partner.ts'

/** One operation as the client knows it. Without an answer nobody knows whether it was done. */
export type Operation = {
  key: string
  kind: 'allocate' | 'reclaim' | 'coupon_issue' | 'coupon_reclaim'
  customer: LoadCustomer
  /** Minor units. */
  amount: bigint
  /** What a reclaim of coupons takes back. */
  couponId?: string
  /** The proof of the last attempt. */
  proofId: string | undefined
  /** The text of the good answer. */
  answer: string | undefined
}

export type CrashQuota = { id: string; until: string }
/** What one person does: one operation after the other, on customers that nobody else touches, so that no rule can ever refuse one. */
export type Worker = { client: ConsoleClient; customers: readonly LoadCustomer[]; balances: Map<string, bigint>; /** Where coupons come from, and until when they are good. */ quota: CrashQuota; /** Issued and not taken back. */ coupons: { id: string; customer: LoadCustomer; amount: bigint }[]; operations: Operation[]; /** Made, not acknowledged. */ open: Operation | undefined }
export type Random = () => number

/** Answers that no crash explains. */
export class Violation extends Error {
  override readonly name = 'Violation'
}

const amountMaxMinor = 5000

export async function startWorkers(url: string, partner: LoadPartner, quota: CrashQuota): Promise<Worker[]> {
  return await Promise.all(partner.members.map(async ({ login }, index) => ({
    client: await signIn(url, { account: partner.account, member: login, password: partner.password }),
    customers: partner.customers.filter((_, place) => place % partner.members.length === index),
    balances: new Map(), quota, coupons: [], operations: [], open: undefined,
  })))
}

/** Works until told to stop or until an answer stays away. */
export async function work(worker: Worker, random: Random, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    worker.open = plan(worker, random)
    worker.operations.push(worker.open)
    if (!(await attempt(worker, worker.open))) return
  }
}

/** Asks again, under the same key, for what was not acknowledged. Half of the time as a console does that still holds the proof, else as after a
 *  reload that lost it. @returns whether the answer is known now. */
export async function retry(worker: Worker, random: Random): Promise<boolean> {
  if (!worker.open) return true
  if (random() < 0.5) worker.open.proofId = undefined
  return await attempt(worker, worker.open)
}

function plan({ customers, balances, coupons }: Worker, random: Random): Operation {
  const customer = customers[Math.floor(random() * customers.length)]
  if (!customer) throw new Error('a worker without customers')
  if (random() < 0.3) {
    const coupon = random() < 0.5 ? coupons[Math.floor(random() * coupons.length)] : undefined
    return { key: randomUUID(), kind: coupon ? 'coupon_reclaim' : 'coupon_issue', customer: coupon?.customer ?? customer, amount: coupon?.amount ?? BigInt(1 + Math.floor(random() * amountMaxMinor)), ...(coupon && { couponId: coupon.id }), proofId: undefined, answer: undefined }
  }
  const balance = Number(balances.get(customer.id) ?? 0n)
  const isReclaim = balance > 0 && random() < 0.5
  const most = isReclaim ? Math.min(balance, amountMaxMinor) : amountMaxMinor
  return { key: randomUUID(), kind: isReclaim ? 'reclaim' : 'allocate', customer, amount: BigInt(1 + Math.floor(random() * most)), proofId: undefined, answer: undefined }
}

const paths = { allocate: '/api/funds/allocations', reclaim: '/api/funds/reclaims', coupon_issue: '/api/coupons/vouchers/issues', coupon_reclaim: '/api/coupons/vouchers/reclaims' } as const
const Issued = z.object({ items: z.tuple([z.object({ couponId: z.string() })]) })
const text = (minor: bigint) => `${minor / 100n}.${String(minor % 100n).padStart(2, '0')}`
const Problem = z.object({ code: z.string() })

async function attempt(worker: Worker, operation: Operation): Promise<boolean> {
  const { kind, customer, amount, key } = operation
  const answer = await confirmByClick(worker.client, paths[kind], bodyOf(worker, operation), key, operation.proofId).catch(() => undefined)
  // The connection broke: it may be done or not.
  if (!answer) return false
  operation.proofId = answer.proofId
  if (answer.status === 503) return false
  if (answer.status !== 200) throw new Violation(`${kind} under key ${key} was answered ${answer.status} ${Problem.safeParse(JSON.parse(answer.text)).data?.code ?? ''}`)
  operation.answer = answer.text
  worker.open = undefined
  switch (kind) {
    case 'allocate': case 'reclaim': worker.balances.set(customer.id, (worker.balances.get(customer.id) ?? 0n) + (kind === 'allocate' ? amount : -amount)); break
    case 'coupon_issue': worker.coupons.push({ id: Issued.parse(JSON.parse(answer.text)).items[0].couponId, customer, amount }); break
    case 'coupon_reclaim': worker.coupons = worker.coupons.filter(({ id }) => id !== operation.couponId)
  }
  return true
}

function bodyOf({ quota }: Worker, { kind, customer, amount, couponId }: Operation): unknown {
  const items = [{ customerId: customer.id, amount: text(amount) }]
  switch (kind) {
    case 'allocate': return { from: 'top-up', items }
    case 'reclaim': return { items }
    case 'coupon_issue': return { quotaId: quota.id, faceValue: text(amount), minOrder: '0.00', validUntil: quota.until, customerIds: [customer.id] }
    case 'coupon_reclaim': return { couponIds: [couponId] }
  }
}
