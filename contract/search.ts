import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { Masked } from './masked.ts'
import { Id } from './page.ts'

export const FoundKind = z.enum(['customer', 'adjustment', 'batch', 'lot', 'export', 'request', 'invitation', 'handover', 'coupon', 'quota'])
export type FoundKind = z.infer<typeof FoundKind>
/** Finds objects by their full number or id; never by a name or a contact. */
export const findObjects = endpoint({
  method: 'POST', path: '/api/search', reads: true,
  body: z.strictObject({ text: z.string().check(z.trim(), z.minLength(1), z.maxLength(64)) }),
  response: z.object({
    items: z.array(z.object({ kind: FoundKind, id: z.string(), number: z.string(), nameMasked: z.nullable(Masked), customerId: z.nullable(Id) })),
  }),
})
