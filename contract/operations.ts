import * as z from 'zod/mini'

/** The closed list of operations that need a proof, as far as they are built. Nothing else asks a signed-in person for a code. */
export const SensitiveOperation = z.enum(['funds.allocate', 'funds.reclaim', 'verification.off'])
export type SensitiveOperation = z.infer<typeof SensitiveOperation>
