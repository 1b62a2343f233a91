import type * as z from 'zod/mini'
import type { CustomerContact } from '#contract/company.ts'

export const contactsMax = 5
type Contact = z.infer<typeof CustomerContact>
type Normalize = (text: string) => string | undefined

/** @param read the two normal forms. @returns the contacts in the form that is kept, or what is wrong with which field. */
export function readContacts(items: readonly Contact[], read: { mobile: Normalize; email: Normalize }): { items: Contact[] } | { faults: { path: string; code: string }[] } {
  const faults: { path: string; code: string }[] = []
  const kept = items.map(({ name, mobile, email, remark }, place) => {
    const normal = { mobile: mobile === '' ? '' : read.mobile(mobile), email: email === '' ? '' : read.email(email) }
    for (const field of ['mobile', 'email'] as const) if (normal[field] === undefined) faults.push({ path: `items.${place}.${field}`, code: field })
    if (mobile === '' && email === '') faults.push({ path: `items.${place}.mobile`, code: 'contact_required' })
    return { name, mobile: normal.mobile ?? '', email: normal.email ?? '', remark }
  })
  return faults.length > 0 ? { faults } : { items: kept }
}
