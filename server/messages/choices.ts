import type { NoticeTemplate, NoticeTopic } from '#contract/company.ts'
import { list, sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { NoticeKind } from './texts.ts'

const every = { sms: true, email: true, inApp: true } as const
/** What a customer gets of whom nobody has settled anything. */
export const fullTemplate: NoticeTemplate = { balance: every, expiry: every, security: every, product: every }

/** Which messages to customers somebody may switch off, and under which topic. A kind that is not here always goes out: codes, and what tells of an
 *  association, which is a customer's proof of what was agreed. */
const topics: Partial<Record<NoticeKind, NoticeTopic>> = { 'FU-04': 'balance', 'FU-05': 'balance', 'OG-07': 'product', 'CP-02': 'balance', 'CP-04': 'expiry' }

export type TakenOver = { isTakenOver: boolean; template: NoticeTemplate; version: number }
/** @returns what the partner has settled for its resale customers. */
export async function readTakenOver(tx: Tx, partnerId: string): Promise<TakenOver> {
  const [row] = await tx.rows<TakenOver>(sql`select is_taken_over as "isTakenOver", template, version from customer_notices where partner_id = ${partnerId}`)
  return row ?? { isTakenOver: false, template: fullTemplate, version: 0 }
}

export type Wanted = (customerId: string, channel: 'sms' | 'email') => boolean
/** @param kind of a message to customers. @returns whether a customer gets it over a channel: by the partner's template while that is in force for it,
 *  else by its own choice, else yes. */
export async function readWanted(tx: Tx, partnerId: string, kind: NoticeKind, customerIds: readonly string[]): Promise<Wanted> {
  const topic = topics[kind]
  if (topic === undefined || customerIds.length === 0) return () => true
  const rows = await tx.rows<{ id: string; template: NoticeTemplate }>(sql`select id, template from settled_notices(${partnerId}::uuid, ${list(customerIds)}::uuid[])`)
  const templates = new Map(rows.map(({ id, template }) => [id, template]))
  return (customerId, channel) => templates.get(customerId)?.[topic][channel] ?? true
}
