import type { CompanyChange, CompanyData } from '#contract/company.ts'
import { maskName } from '#server/masking/mask.ts'
import type { ChangeRow } from './store.ts'

/** @returns the six fields alone. */
export const dataOf = ({ name, address, representative, industry, phone, website }: CompanyData): CompanyData => ({ name, address, representative, industry, phone, website })

/** @returns one row of the change record. */
export const presentChange = ({ id, before, after, licenceId, at, byName, state, reason, decidedAt }: ChangeRow): CompanyChange =>
  ({ id, before, after, licence: licenceId, at: at.toISOString(), byMasked: maskName(byName), result: state, reason, decidedAt: decidedAt?.toISOString() ?? null })
