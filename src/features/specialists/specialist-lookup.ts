import type { InviteLookup } from '#contract/invites.ts'

/** @param text what somebody typed into the look-up box. @returns which personal value of a specialist it is: a mail address by its `@`, a mobile by
 *  its digits, else a part of the name. Undefined while it is too short to look up by. */
export function lookupOf(text: string): InviteLookup | undefined {
  const wanted = text.trim()
  const digits = wanted.normalize('NFKC').replace(/[\s()+\p{Pd}]/gu, '')
  if (/^\d+$/.test(digits)) return digits.length < 4 ? undefined : { mobile: wanted }
  if (wanted.includes('@')) return wanted.length < 4 ? undefined : { email: wanted }
  return wanted.length < 2 ? undefined : { name: wanted }
}

/** @returns what stands in the box for a look-up. */
export const lookupText = (lookup: InviteLookup | undefined): string => lookup?.name ?? lookup?.mobile ?? lookup?.email ?? ''
