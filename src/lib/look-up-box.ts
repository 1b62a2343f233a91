import type { InviteLookup } from '#contract/invites.ts'

/** @param text what somebody typed into a list's one look-up box. @returns which personal value it is: a mail address by its `@`, a number by its
 *  digits, else a name. Undefined for nothing. */
export function lookupOf(text: string): InviteLookup | undefined {
  const wanted = text.trim()
  if (wanted === '') return undefined
  // The shortest that a mail or number is looked up by; less is still being typed.
  if (wanted.includes('@') && wanted.length >= 4) return { email: wanted }
  const digits = wanted.normalize('NFKC').replace(/[\s()+\p{Pd}]/gu, '')
  return /^\d{4,}$/.test(digits) ? { mobile: wanted } : { name: wanted }
}

/** @returns what stands in the box for a look-up. */
export const lookupText = (lookup: InviteLookup | undefined): string => lookup?.name ?? lookup?.mobile ?? lookup?.email ?? ''
