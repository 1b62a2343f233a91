import type { WhitelistEntry, WhitelistPreviewRow } from '#contract/coupon-whitelist.ts'
import { maskCompany } from '#server/masking/mask.ts'
import type { JudgedRow } from './rules.ts'
import type { EntryRow } from './store.ts'

/** @returns the row of the list, names masked. */
export const presentEntry = ({ id, accountName, name, masterAccountName, version, addedAt }: EntryRow): WhitelistEntry =>
  ({ id, nameMasked: maskCompany(name), accountNameMasked: maskCompany(accountName), memberOfMasked: maskCompany(masterAccountName), version, addedAt: addedAt.toISOString() })

/** @returns a row of a file: the customer that was found, or what was typed, both masked. */
export const presentJudged = ({ row, account, name, known, problem, other }: JudgedRow): WhitelistPreviewRow => ({
  row, accountNameMasked: maskCompany(known?.accountName ?? (account || null)), nameMasked: maskCompany(known?.name ?? (name || null)), memberOfMasked: maskCompany(known?.masterAccountName ?? null),
  problem: problem === null ? null : { code: problem, other },
})
