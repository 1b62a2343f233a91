import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { Id, Instant } from './page.ts'

export const RevealField = z.enum(['name', 'accountName', 'mobile', 'email', 'manager', 'bankAccount', 'address'])
export type RevealField = z.infer<typeof RevealField>

/** `customer` also has accountName; prospects and invitations have those of their columns; `business` is the business information as it was handed in last, with bankAccount, address, name and mobile. */
export const RevealSubject = z.enum(['customer', 'prospect', 'invitation', 'member', 'specialist', 'business', 'whitelist', 'reseller'])
export type RevealSubject = z.infer<typeof RevealSubject>

/** The only answer that carries clear personal values. One record per subject and field is written with the read. */
export const revealFields = endpoint({
  method: 'POST', path: '/api/reveals',
  body: z.strictObject({
    subject: RevealSubject,
    ids: z.array(Id).check(z.minLength(1), z.maxLength(100)),
    fields: z.array(RevealField).check(z.minLength(1), z.maxLength(5)),
    /** The page it is asked from, as a path without query, for the record. */
    page: z.string().check(z.regex(/^\/[a-z0-9/-]{0,100}$/)),
  }),
  response: z.object({
    items: z.array(z.object({ id: Id, values: z.partialRecord(RevealField, z.nullable(z.string())) })),
    /** When the console hides the values again. */
    hideAt: Instant,
    now: Instant,
  }),
})
