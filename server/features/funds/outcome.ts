import type { Reply } from '#contract/endpoint.ts'
import type { allocateFunds } from '#contract/funds.ts'
import { Amount, amountFromMinor, toMinor } from '#contract/money.ts'
import type { Confirmed, Context, Early, LogFacts } from '#server/http/context.ts'
import { drawNumbers } from '#server/ledger/numbers.ts'
import type { Authorship, DrawnNumbers, Posted } from '#server/ledger/post.ts'
import { maskEmail, maskMobile } from '#server/masking/mask.ts'
import { readWanted, type Wanted } from '#server/messages/choices.ts'
import { enqueueNotices, type Notice } from '#server/messages/enqueue.ts'
import type { CustomerToMove } from './store.ts'

/** The answer of both operations; they answer in one shape. */
export type Done = Reply<typeof allocateFunds>

/** @returns what the ledger keeps of who moves the money and how it was confirmed. */
export const authorshipOf = ({ actor, request, proofId, keyHash, confirmedBy }: Context & Confirmed): Authorship =>
  ({ actorId: actor.member.id, proofId, keyHash, requestId: request.id, confirmedBy, reason: '' })

/** @param total minor units. @param count customers. @returns the answer: each number and the customer's balance after it. */
export const presentDone = ({ transferId, number, adjustments }: Posted, isBatch: boolean, total: bigint, count: number): Done => ({
  transferId, batchNumber: isBatch ? number : null, total: amountFromMinor(total), count,
  adjustments: adjustments.map(({ id, number: own, customerId, amount, balanceAfter }) => ({ id, number: own, customerId, amount: amountFromMinor(amount), balance: amountFromMinor(balanceAfter) })),
})

/** @param details per adjustment, in their order: what else is to be known of it, codes and numbers only.
 *  @returns one row of the operation log per adjustment. */
export const logDone = (operation: 'funds.allocate' | 'funds.reclaim', done: Done, details: readonly Record<string, string>[]): LogFacts[] =>
  done.adjustments.map(({ number, customerId, amount, balance }, place) => ({
    operation, objectKind: 'adjustment', objectNumber: number, customerId, amount: toMinor(Amount.parse(amount)),
    details: { ...details[place], balance, ...(done.batchNumber !== null && { batch: done.batchNumber }) },
  }))

/** Tells each customer by SMS and mail, as far as it has the contact and wants it there. The messages exist exactly if the effect does.
 *  @param rows minor units; a customer stands here once, whatever the number of adjustments. */
export async function tellCustomers(context: Context, kind: MoveKind, rows: readonly Told[]): Promise<void> {
  const { tx, now, actor } = context
  await enqueueNotices(tx, now, noticesOf(context, kind, rows, await readWanted(tx, actor.partner.id, kind, rows.map(({ customer }) => customer.id))))
}

type MoveKind = 'FU-04' | 'FU-05'
type Told = { customer: CustomerToMove; amount: bigint }

/** @param wants as readWanted found it. @returns the messages of tellCustomers. */
export function noticesOf({ now, actor }: Context, kind: MoveKind, rows: readonly Told[], wants: Wanted): Notice[] {
  return rows.flatMap(({ customer, amount }) => {
    const notice = { partnerId: actor.partner.id, kind, locale: customer.language, params: { partner: actor.partner.name, amount: amountFromMinor(amount), at: now } }
    return [
      ...(customer.mobile === null || !wants(customer.id, 'sms') ? [] : [{ ...notice, channel: 'sms' as const, to: customer.mobile, toMasked: maskMobile(customer.mobile) }]),
      ...(customer.email === null || !wants(customer.id, 'email') ? [] : [{ ...notice, channel: 'email' as const, to: customer.email, toMasked: maskEmail(customer.email) }]),
    ]
  })
}

/** What has to be known before the effect can be sent without a question: what the customers want to hear, and the numbers. */
export type Foreseeable = { wants: Wanted; drawn: DrawnNumbers }

/** Asks for it where the request may go as far as the effect. */
export async function lookAhead({ tx, actor, isRepeat }: Early, kind: MoveKind, customerIds: readonly string[]): Promise<Foreseeable | undefined> {
  if (!isRepeat) return undefined
  const isBatch = customerIds.length > 1
  const [wants, adjustments, batch] = await Promise.all([
    readWanted(tx, actor.partner.id, kind, customerIds), drawNumbers(tx, 'transaction_numbers', customerIds.length), isBatch ? drawNumbers(tx, 'batch_numbers', 1) : [],
  ])
  return { wants, drawn: { adjustments, batch: batch[0] } }
}
