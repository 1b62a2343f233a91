import * as z from 'zod/mini'
import { AssociationType } from '#contract/customers.ts'
import type { Input } from '#contract/endpoint.ts'
import type { reportProspect } from '#contract/prospects.ts'
import { plainLine } from '#contract/text.ts'
import { isEmail, isMobile } from '#src/lib/contacts.ts'

/** What the form asks for. The address is needed only where a mail is sent, the association type, too. */
export const ReportForm = z.object({
  send: z.enum(['yes', 'no']),
  type: z.union([AssociationType, z.literal('')]),
  name: plainLine(1, 64),
  mobile: z.string().check(z.trim(), z.minLength(1, 'required'), z.refine((text) => text === '' || isMobile(text), 'mobile')),
  email: z.string().check(z.trim(), z.refine((text) => text === '' || isEmail(text), 'email')),
  managerId: z.string(),
}).check((form) => {
  const { send, type, email } = form.value
  if (send === 'yes' && email.trim() === '') form.issues.push({ code: 'custom', path: ['email'], message: 'required', input: form.value })
  if (send === 'yes' && type === '') form.issues.push({ code: 'custom', path: ['type'], message: 'required', input: form.value })
})
export type ReportForm = z.infer<typeof ReportForm>

/** @param reason for the vendor's review, once it was offered. @returns the request; what is empty is left out. */
export function toReport({ send, type, name, mobile, email, managerId }: ReportForm, reason?: string): Input<typeof reportProspect> {
  return {
    body: {
      name, mobile,
      ...(email !== '' && { email }), ...(managerId !== '' && { managerId }),
      ...(send === 'yes' && type !== '' && { invite: { associationType: type } }), ...(reason !== undefined && { review: { reason } }),
    },
  }
}

const fields = ['type', 'name', 'mobile', 'email', 'managerId'] as const

/** @param path of a refused field in the request, e.g. `mobile`. @returns the form's field; undefined for one that it does not have. */
export const fieldOf = (path: string): (typeof fields)[number] | undefined =>
  fields.find((field) => path.split('.').at(-1) === (field === 'type' ? 'associationType' : field))
