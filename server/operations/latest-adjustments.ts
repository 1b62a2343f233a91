import type { Adjustment } from '#contract/funds.ts'
import { AdjustmentFilter } from '#contract/funds.ts'
import type * as z from 'zod/mini'
import type { Actor } from '#server/auth/actor.ts'
import type { Tx } from '#server/db/transaction.ts'
import { queryRows, readLotParts } from '#server/features/funds/adjustment-store.ts'
import { presentAdjustment } from '#server/features/funds/present.ts'

/** @returns the newest adjustment records within the person's scope, as the list of records shows them. */
export async function readLatestAdjustments(tx: Tx, actor: Actor, count: number): Promise<z.input<typeof Adjustment>[]> {
  const { rows } = await queryRows(tx, actor, { filter: AdjustmentFilter.parse({}), counterparty: undefined, sort: '-at', page: 1, pageSize: count })
  const parts = await readLotParts(tx, actor.partner.id, rows.map(({ id }) => id))
  return rows.map((row) => presentAdjustment(row, parts))
}
