import type { CompanyData } from '#contract/company.ts'

const fields = ['name', 'address', 'representative', 'industry', 'phone', 'website'] as const satisfies readonly (keyof CompanyData)[]

/** @returns the fields that differ, in the order of the page. */
export const changedFields = (before: CompanyData, after: CompanyData): (keyof CompanyData)[] => fields.filter((field) => before[field] !== after[field])

export type Handed = { before: CompanyData; after: CompanyData; creditCode: string; /** The licence that came with it, as far as it could be read. */ licence: { creditCode: string | null } | undefined }
/** @returns why the change cannot be handed in: nothing differs; another company's licence; a new name without the licence that shows it. */
export function whyRefused({ before, after, creditCode, licence }: Handed): 'company_unchanged' | 'licence_other_code' | 'licence_for_name' | undefined {
  const changed = changedFields(before, after)
  if (changed.length === 0 && licence === undefined) return 'company_unchanged'
  if (licence && licence.creditCode !== null && licence.creditCode !== creditCode) return 'licence_other_code'
  return changed.includes('name') && licence === undefined ? 'licence_for_name' : undefined
}
