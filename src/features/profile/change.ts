import type { Answer } from '#contract/endpoint.ts'
import type { Masked } from '#contract/masked.ts'
import type { getProfile } from '#contract/profile.ts'
import { AuthenticatorKind, type ConfirmMethod } from '#contract/proofs.ts'
import type { listAuthenticators, OwnChange } from '#contract/security.ts'
import { ApiError } from '#src/api/api-error.ts'
import { type NoPasskey, whyNoPasskey } from '#src/code/passkeys.ts'
import { cleanNumber } from '#src/lib/clean.ts'

export type Profile = Answer<typeof getProfile>

/** What is changed in four steps; authenticators are changed in three. */
export type ContactChange = Exclude<OwnChange, 'authenticator'>
/** Ways whose code is typed; a passkey opens the browser's dialog instead. */
export type CodeWay = Exclude<ConfirmMethod, 'passkey'>

/** Who it is, before anything is changed. */
export type IdentityStep =
  /** How the present identity is checked. `lapsed`: an earlier check counts no more. */
  | { at: 'choose'; isLapsed: boolean }
  | { at: 'identity'; way: CodeWay }
  /** Too many wrong codes: nothing can be done for a while. */
  | { at: 'locked'; text: string }

/** Where somebody is in changing a contact or the password. */
export type ChangeStep =
  | IdentityStep
  /** The new value, until the server closes the form. */
  | { at: 'form'; openUntil: string }
  | { at: 'done'; masked: Masked | undefined; endedSignIns: number }

/** The steps a person sees, in their order. */
export const shownSteps = ['choose', 'identity', 'form', 'done'] as const

/** What the person has to confirm with, and whether a code by message may open the form. */
export type Own = Pick<Answer<typeof listAuthenticators>, 'items' | 'opensBy'>
type WayToCheck = { way: ConfirmMethod; to: string | undefined; state: 'usable' | 'unverified' | 'missing' | NoPasskey }

/** @returns the ways to check who it is: a code can only go where one has arrived before, and whoever has an authenticator needs it to change
 *  authenticators. */
export function waysToCheck(change: OwnChange, { mobile, email }: Profile, { items, opensBy }: Own): WayToCheck[] {
  const messages = ([['sms', mobile], ['email', email]] as const).map(([way, contact]): WayToCheck => ({ way, to: contact?.masked, state: contact === null ? 'missing' : contact.isVerified ? 'usable' : 'unverified' }))
  const own = AuthenticatorKind.options.map((way) => ({ way, names: items.filter(({ kind }) => kind === way).map(({ name }) => name) })).filter(({ names }) => names.length > 0)
    .map(({ way, names }): WayToCheck => ({ way, to: names.join(' · '), state: way === 'passkey' ? (whyNoPasskey() ?? 'usable') : 'usable' }))
  return [...(change === 'authenticator' && opensBy === 'authenticator' ? [] : messages), ...own]
}

/** @param error what a request of the change met. @returns the step it leads to, if the refusal ends the present one. */
export function overBy(error: unknown, change: OwnChange): IdentityStep | undefined {
  if (!(error instanceof ApiError)) return undefined
  const { code, detail, facts } = error.failure
  if (code === 'proof_locked') return { at: 'locked', text: detail }
  // The form is not open any more: its minutes are over, or another change has closed it. Authenticators know further conflicts, which another check does not cure.
  return code === 'conflict' && (change !== 'authenticator' || facts?.['why'] === 'opening_gone') ? { at: 'choose', isLapsed: true } : undefined
}

/** @param text as typed or pasted. @returns the new contact as it is sent. */
export const cleanContact = (change: 'mobile' | 'email', text: string): string => (change === 'mobile' ? cleanNumber(text) : text.normalize('NFKC').trim())

/** @param value cleaned. @returns whether it can be a contact at all; the server decides. */
export const isContact = (change: 'mobile' | 'email', value: string): boolean => (change === 'mobile' ? /^1[3-9]\d{9}$/.test(value) : value.length <= 64 && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value))

/** @param seconds until the form closes. @returns `9:41`. */
export const minutesLeft = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
