import type { Answer } from '#contract/endpoint.ts'
import type { Masked } from '#contract/masked.ts'
import type { getProfile } from '#contract/profile.ts'
import type { ProofChannel } from '#contract/proofs.ts'
import { cleanNumber } from '#src/lib/clean.ts'

export type Profile = Answer<typeof getProfile>

/** Where somebody is in changing a contact or the password. */
export type ChangeStep =
  /** How the present identity is checked. `lapsed`: an earlier check counts no more. */
  | { at: 'choose'; isLapsed: boolean }
  | { at: 'identity'; channel: ProofChannel }
  /** The new value, until the server closes the form. */
  | { at: 'form'; openUntil: string }
  | { at: 'done'; masked: Masked | undefined; endedSignIns: number }
  /** Too many wrong codes: nothing can be done for a while. */
  | { at: 'locked'; text: string }

/** The steps a person sees, in their order. */
export const shownSteps = ['choose', 'identity', 'form', 'done'] as const

/** @returns the ways to check who it is: a code can only go where one has arrived before. */
export const waysToCheck = ({ mobile, email }: Profile): { channel: ProofChannel; to: Masked | undefined; state: 'usable' | 'unverified' | 'missing' }[] =>
  ([['sms', mobile], ['email', email]] as const).map(([channel, contact]) => ({ channel, to: contact?.masked, state: contact === null ? 'missing' : contact.isVerified ? 'usable' : 'unverified' }))

/** @param text as typed or pasted. @returns the new contact as it is sent. */
export const cleanContact = (change: 'mobile' | 'email', text: string): string => (change === 'mobile' ? cleanNumber(text) : text.normalize('NFKC').trim())

/** @param value cleaned. @returns whether it can be a contact at all; the server decides. */
export const isContact = (change: 'mobile' | 'email', value: string): boolean => (change === 'mobile' ? /^1[3-9]\d{9}$/.test(value) : value.length <= 64 && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value))

/** @param seconds until the form closes. @returns `9:41`. */
export const minutesLeft = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
