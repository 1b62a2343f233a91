import { cleanLookUp, keepView, openView, type LookUp } from '#server/features/customers/lookup.ts'
import type { Context } from '#server/http/context.ts'
import { takeLookUp } from './look-up-limit.ts'

export { contactConditions, type LookUp } from '#server/features/customers/lookup.ts'

/** What a list is looked up by, and the opaque id under which that is kept for the person. */
export type Asked = { lookUp: LookUp; view: string }

/** What this call looks up by personal data: typed now, or kept earlier under an id. Each counts against the person's limit. */
export async function resolveLookUp({ lookup, view }: { lookup?: LookUp['typed'] | undefined; view?: string | undefined }, context: Context): Promise<Asked | undefined> {
  const typed = cleanLookUp(lookup)
  if (typed) {
    await takeLookUp(context)
    // Only the count and the opaque id are written: a crash that takes them back harms nobody, and a person's look-ups do not queue for the disk.
    context.tx.late()
    return { lookUp: typed, view: await keepView(context, typed.typed) }
  }
  if (view === undefined) return undefined
  const kept = cleanLookUp(await openView(context.tx, context, view))
  if (!kept) return undefined
  await takeLookUp(context)
  context.tx.late()
  return { lookUp: kept, view }
}

/** @returns which fields a look-up asks for, never the values. */
export const kindsOf = ({ name, mobile, email }: LookUp): ('name' | 'mobile' | 'email')[] => [
  ...(name === undefined ? [] : ['name' as const]), ...(mobile === undefined ? [] : ['mobile' as const]), ...(email === undefined ? [] : ['email' as const]),
]
