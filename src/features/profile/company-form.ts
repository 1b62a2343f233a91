import type * as z from 'zod/mini'
import type { CompanyData, LicenceRead } from '#contract/company.ts'
import type { FileState } from '#src/components/use-file.ts'

/** What the partner may change, in the order of the page. */
export const companyKeys = ['name', 'address', 'representative', 'industry', 'phone', 'website'] as const satisfies readonly (keyof CompanyData)[]
export type CompanyKey = (typeof companyKeys)[number]
export type CompanyChangeLine = { key: CompanyKey; before: string; after: string }
export type Licence = FileState<z.infer<typeof LicenceRead>>
export type Read = z.infer<typeof LicenceRead>['read']
export const licenceEndings = ['.png', '.jpg', '.jpeg', '.pdf'] as const
/** What stands on a licence and in the form. */
export const licenceKeys = ['name', 'address', 'representative'] as const satisfies readonly (CompanyKey & keyof Read)[]

const trimmed = (text: string): string => text.trim()

/** @returns the items that differ, in the order of the page; blanks around a text are no difference. */
export const changedLines = (before: CompanyData, after: CompanyData): CompanyChangeLine[] =>
  companyKeys.filter((key) => trimmed(before[key]) !== trimmed(after[key])).map((key) => ({ key, before: before[key], after: trimmed(after[key]) }))

/** What a licence that was read does to a form. @param typed what the person changed by hand: it stays. @returns what to put where, and what could not be read. */
export function fillFrom(read: Read, typed: (key: CompanyKey) => boolean): { fill: { key: CompanyKey; value: string }[]; unread: (typeof licenceKeys)[number][] } {
  const fill = licenceKeys.flatMap((key) => {
    const value = read[key]
    return value === null || typed(key) ? [] : [{ key, value }]
  })
  return { fill, unread: licenceKeys.filter((key) => read[key] === null) }
}

export type NotReady = 'unchanged' | 'wait' | 'other_code' | 'licence_first'
type Handed = { lines: readonly CompanyChangeLine[]; ownCode: string; licence: { at: 'none' | 'sending' } | { at: 'sent'; answer: { read: Read } } }
/** @returns why the change cannot be checked yet; the server decides by the same rules. */
export function whyNotReady({ lines, ownCode, licence }: Handed): NotReady | undefined {
  if (licence.at === 'sending') return 'wait'
  if (licence.at === 'sent' && licence.answer.read.creditCode !== null && licence.answer.read.creditCode !== ownCode) return 'other_code'
  if (lines.some(({ key }) => key === 'name') && licence.at === 'none') return 'licence_first'
  return lines.length === 0 && licence.at === 'none' ? 'unchanged' : undefined
}
