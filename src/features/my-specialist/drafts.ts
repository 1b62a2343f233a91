import { Qualification, type QualificationKind } from '#contract/specialists.ts'

/** An entry that is being written: all texts. `key` tells entries apart while they change. */
export type Draft = { key: number; kind: QualificationKind; title: string; organization: string; from: string; to: string; note: string }
export type DraftField = 'title' | 'organization' | 'from' | 'to' | 'note'

let keys = 0
/** @returns a draft of what is kept, or an empty one of this kind. */
export const draftOf = (item: Qualification | QualificationKind): Draft =>
  (typeof item === 'string' ? { key: (keys += 1), kind: item, title: '', organization: '', from: '', to: '', note: '' } : { ...item, key: (keys += 1), to: item.to ?? '' })

/** @returns what is kept of a draft; months may be typed with a slash, a dot or without a leading zero. */
export const itemOf = ({ kind, title, organization, from, to, note }: Draft): Qualification => ({ kind, title: title.trim(), organization: organization.trim(), from: month(from), to: to.trim() === '' ? null : month(to), note: note.trim() })

function month(text: string): string {
  const [, year, number] = /^(\d{4})[-/.年 ]?(\d{1,2})月?$/.exec(text.normalize('NFKC').trim()) ?? []
  return year === undefined || number === undefined ? text.trim() : `${year}-${number.padStart(2, '0')}`
}

/** @returns the first fault of each field, as a code. */
export function faultsOf(draft: Draft): Partial<Record<DraftField, string>> {
  const parsed = Qualification.safeParse(itemOf(draft))
  const faults: Partial<Record<DraftField, string>> = {}
  for (const { path, message } of parsed.success ? [] : parsed.error.issues) {
    const field = (['title', 'organization', 'from', 'to', 'note'] as const).find((name) => name === path[0])
    if (field) faults[field] ??= field === 'from' && draft.from.trim() === '' ? 'required' : message
  }
  return faults
}
