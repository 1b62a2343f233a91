import type { AuthenticatorKind } from '#contract/proofs.ts'
import type { Authenticator } from '#contract/security.ts'
import { isPlainLine } from '#contract/text.ts'

/** What is done about one authenticator; both are opened by an identity check. */
export type Act = { do: 'add'; kind: AuthenticatorKind } | { do: 'remove'; one: Authenticator; isLast: boolean }

/** @param text a name as typed. @returns the key of what is wrong with it under `errors.field`, or undefined. */
export function nameProblem(text: string): 'required' | 'too_long' | 'characters' | undefined {
  const name = text.trim()
  if (name === '') return 'required'
  if (name.length > 32) return 'too_long'
  return isPlainLine(name) ? undefined : 'characters'
}

/** @param words a name to begin with. @returns it, or with a number where one of the person's has it already. */
export function freeName(words: string, items: readonly Authenticator[]): string {
  const taken = new Set(items.map(({ name }) => name))
  const candidates = [words, ...items.map((_, index) => `${words} ${index + 2}`)]
  return candidates.find((name) => !taken.has(name)) ?? words
}

/** @param secret of an app, in base32. @returns it in groups of four, as people type it. */
export const inGroups = (secret: string): string => secret.replace(/(.{4})(?=.)/g, '$1 ')
