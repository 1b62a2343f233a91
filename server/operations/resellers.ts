import type { PartnerState } from '#contract/people.ts'
import { list, sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'

/** A partner that a distributor answers for. `account` is what people quote as its ID. */
export type ResellerRow = { id: string; account: string; name: string; state: PartnerState; timeZone: string }

/** Lets this transaction touch the rows of a distributor's own resellers, and of no other partner: whoever is not asked for by the distributor's own id is
 *  not among them. Whose reseller somebody is, and its state, stay as they are to the end of the transaction.
 *  @returns the resellers in the order of their ids, as far as they are the distributor's. */
export async function reachResellers(tx: Tx, distributorId: string, ids: readonly string[]): Promise<ResellerRow[]> {
  const rows = await tx.rows<ResellerRow>(sql`select id, account, name, state, time_zone as "timeZone" from partners where distributor_id = ${distributorId} and id = any(${list(ids)}::uuid[]) order by id for share`)
  await tx.run(sql`select set_config('app.partner_ids', ${`{${[distributorId, ...rows.map(({ id }) => id)].join()}}`}, true)`)
  return rows
}
