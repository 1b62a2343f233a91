import * as z from 'zod/mini'

/** Text that the server has masked. Branded in both directions: a clear string in a presenter does not compile. */
export const Masked = z.string().brand<'Masked', 'inout'>()
export type Masked = z.infer<typeof Masked>
