import * as z from 'zod/mini'
import type { getCustomerContacts } from '#contract/company.ts'
import type { Answer } from '#contract/endpoint.ts'
import { plainLine } from '#contract/text.ts'

export type Contacts = Answer<typeof getCustomerContacts>
export type Contact = Contacts['items'][number]
export const noContact: Contact = { name: '', mobile: '', email: '', remark: '' }

const short = (max: number) => z.string().check(z.trim(), z.maxLength(max, 'too_long'))
const ContactForm = z.strictObject({ name: plainLine(1, 64), mobile: short(32), email: short(64), remark: plainLine(0, 100) })
  .check(z.refine(({ mobile, email }) => mobile !== '' || email !== '', { path: ['mobile'], error: 'contact_required' }))
/** The form of all contacts. Whether a number or address is one, the server says. */
export const ContactsForm = z.strictObject({ items: z.array(ContactForm) })
export type ContactsForm = z.infer<typeof ContactsForm>

/** @returns whether customers would see the same people in the same order. */
export const isSameContacts = (one: readonly Contact[], other: readonly Contact[]): boolean =>
  one.length === other.length && one.every((contact, place) => (['name', 'mobile', 'email', 'remark'] as const).every((field) => contact[field].trim() === other[place]?.[field]))

/** @param path of a refused field, `items.1.mobile`. @returns the form's own path; undefined for another. */
export function pathInForm(path: string): `items.${number}.${keyof Contact}` | undefined {
  const [, place, field] = /(?:^|\.)items\.(\d)\.(name|mobile|email|remark)$/.exec(path) ?? []
  const known = (['name', 'mobile', 'email', 'remark'] as const).find((one) => one === field)
  return place === undefined || known === undefined ? undefined : `items.${Number(place)}.${known}`
}
