import type { PartnerState } from '#contract/people.ts'
import type { Amount } from '#contract/money.ts'
import { issueQuotas } from '#contract/reseller-quotas.ts'
import { sql } from '#server/db/query.ts'
import { findMismatches } from '#server/ledger/invariants.ts'
import type { Client, TestApp, TestPartner } from './app.ts'
import { amount, confirm } from './coupons.ts'

/** A reseller of this distributor. @param options.verificationOn off: a click confirms. */
export async function newReseller(app: TestApp, distributorId: string, { state, name, verificationOn = false }: { state?: PartnerState; name?: string; verificationOn?: boolean } = {}): Promise<TestPartner> {
  const reseller = await app.newPartner({ type: 'RESELLER', verificationOn, ...(state && { state }) })
  await app.inTenant(reseller.id, (tx) => tx.run(sql`update partners set distributor_id = ${distributorId}::uuid, name = coalesce(${name ?? null}::text, name) where id = ${reseller.id}`))
  return reseller
}

/** @returns the body of an issue of quota: each reseller with its amount. */
export const shareOf = (quotaId: string, items: readonly (readonly [reseller: string, amount: string])[], remark = ''): { body: { quotaId: string; items: { resellerId: string; amount: Amount }[]; remark: string } } =>
  ({ body: { quotaId, items: items.map(([resellerId, text]) => ({ resellerId, amount: amount(text) })), remark } })

/** Gives quota to resellers where a click confirms. @returns the resellers' quotas. */
export async function share(client: Client, quotaId: string, items: readonly (readonly [reseller: string, amount: string])[]): Promise<{ id: string; number: string }[]> {
  const { status, body, text } = await confirm(client, issueQuotas, shareOf(quotaId, items))
  if (status !== 200) throw new Error(`the issue was refused: ${text}`)
  return body.items.map(({ quotaId: id, number }) => ({ id, number }))
}

/** @returns what of these partners' books does not agree, each on its own and with each other. */
export const mismatchesOf = (app: TestApp, ids: readonly string[]) => app.database.inTenant(ids, findMismatches)
