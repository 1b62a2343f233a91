import { randomUUID } from 'node:crypto'
import * as z from 'zod/mini'
import { confirmByClick, signIn, type ConsoleClient } from '#server/testing/console-client.ts'
import type { LoadCustomer, LoadPartner } from '#server/testing/load-partner.ts'

/** One operation as the client knows it. Without an answer nobody knows whether it was done. */
export type Operation = {
  key: string
  kind: 'allocate' | 'reclaim'
  customer: LoadCustomer
  /** Minor units. */
  amount: bigint
  /** The proof of the last attempt. */
  proofId: string | undefined
  /** The text of the good answer. */
  answer: string | undefined
}

/** What one person does: one operation after the other, on customers that nobody else touches, so that no rule can ever refuse one. */
export type Worker = { client: ConsoleClient; customers: readonly LoadCustomer[]; balances: Map<string, bigint>; operations: Operation[]; /** Made, not acknowledged. */ open: Operation | undefined }
export type Random = () => number

/** Answers that no crash explains. */
export class Violation extends Error {
  override readonly name = 'Violation'
}

const amountMaxMinor = 5000

export async function startWorkers(url: string, partner: LoadPartner): Promise<Worker[]> {
  return await Promise.all(partner.members.map(async ({ login }, index) => ({
    client: await signIn(url, { account: partner.account, member: login, password: partner.password }),
    customers: partner.customers.filter((_, place) => place % partner.members.length === index),
    balances: new Map(), operations: [], open: undefined,
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

function plan({ customers, balances }: Worker, random: Random): Operation {
  const customer = customers[Math.floor(random() * customers.length)]
  if (!customer) throw new Error('a worker without customers')
  const balance = Number(balances.get(customer.id) ?? 0n)
  const isReclaim = balance > 0 && random() < 0.5
  const most = isReclaim ? Math.min(balance, amountMaxMinor) : amountMaxMinor
  return { key: randomUUID(), kind: isReclaim ? 'reclaim' : 'allocate', customer, amount: BigInt(1 + Math.floor(random() * most)), proofId: undefined, answer: undefined }
}

const paths = { allocate: '/api/funds/allocations', reclaim: '/api/funds/reclaims' } as const
const text = (minor: bigint) => `${minor / 100n}.${String(minor % 100n).padStart(2, '0')}`
const Problem = z.object({ code: z.string() })

async function attempt(worker: Worker, operation: Operation): Promise<boolean> {
  const { kind, customer, amount, key } = operation
  const items = [{ customerId: customer.id, amount: text(amount) }]
  const answer = await confirmByClick(worker.client, paths[kind], kind === 'allocate' ? { from: 'top-up', items } : { items }, key, operation.proofId).catch(() => undefined)
  // The connection broke: it may be done or not.
  if (!answer) return false
  operation.proofId = answer.proofId
  if (answer.status === 503) return false
  if (answer.status !== 200) throw new Violation(`${kind} under key ${key} was answered ${answer.status} ${Problem.safeParse(JSON.parse(answer.text)).data?.code ?? ''}`)
  operation.answer = answer.text
  worker.open = undefined
  worker.balances.set(customer.id, (worker.balances.get(customer.id) ?? 0n) + (kind === 'allocate' ? amount : -amount))
  return true
}
