import { presentEntry } from '#server/features/coupon-whitelist/present.ts'
import { findEntries } from '#server/features/coupon-whitelist/store.ts'
import type { Cell } from './csv.ts'
import { chunkRows, refuseTooMany, text, type Asked, type Reading } from './exports-rows.ts'

export const whitelistColumns = ['name', 'accountName', 'memberOf', 'version', 'addedAt'] as const

/** @returns the customers on the whitelist in parts, masked as the list shows them. */
export async function* whitelistChunks({ tx, actor, time }: Reading, { sort, lookup, selected }: Asked<'coupon-whitelist'>): AsyncGenerator<Cell[][]> {
  for (let page = 0; ; page += 1) {
    // oxlint-disable-next-line no-await-in-loop -- some hundred rows at a time keep the memory flat
    const { rows, total } = await findEntries(tx, actor.partner.id, { sort, name: lookup?.name, selected }, { offset: page * chunkRows, limit: chunkRows })
    refuseTooMany(total)
    if (rows.length === 0) return
    yield rows.map(presentEntry).map((row) => [text(row.nameMasked), text(row.accountNameMasked), text(row.memberOfMasked), { count: row.version }, time(row.addedAt)])
  }
}
