import { createContext, useContext } from 'react'
import type { RevealField } from '#contract/reveals.ts'

export type RevealedValue = { at: 'loading' } | { at: 'failed'; text: string } | { at: 'shown'; value: string | null; hideAt: number }

export type Reveal = {
  /** Without the permission there is no eye. */
  mayReveal: boolean
  isAnyShown: boolean
  /** Milliseconds by the server's clock, for the ring; ticks only while something is shown. */
  now: number
  find: (id: string, field: RevealField) => RevealedValue | undefined
  /** Reads clear values and shows them; each is recorded by the server. At most 100 ids. */
  show: (ids: readonly string[], fields: readonly RevealField[]) => void
  hide: (ids: readonly string[], fields: readonly RevealField[]) => void
  hideAll: () => void
}

export const RevealContext = createContext<Reveal | undefined>(undefined)

/** @returns the page's revealed values, or undefined on pages that show none. */
export const useReveal = (): Reveal | undefined => useContext(RevealContext)

/** How long a value stays, in seconds; the server says the instant. */
export const revealSeconds = 60
