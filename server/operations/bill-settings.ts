import type { BillAmounts } from '#contract/company.ts'
import type * as z from 'zod/mini'
import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'

export type BillSettings = { areShown: boolean; amounts: z.infer<typeof BillAmounts>; version: number }

/** @returns what the partner's resale customers see of their bills. Nothing, until the partner says otherwise. */
export async function readBillSettings(tx: Tx, partnerId: string): Promise<BillSettings> {
  const [row] = await tx.rows<BillSettings>(sql`select are_shown as "areShown", amounts, version from customer_bills where partner_id = ${partnerId}`)
  return row ?? { areShown: false, amounts: 'none', version: 0 }
}
