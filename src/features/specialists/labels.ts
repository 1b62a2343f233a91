import type { SpecialistState } from '#contract/specialists.ts'
import type { Tone } from '#src/components/StatusTag.tsx'
import type { Act } from './open.ts'

/** How a state looks: a bound specialist is quiet. */
export const stateLook = {
  INVITED: { tone: 'info', isPlain: false }, LAPSED: { tone: 'neutral', isPlain: false }, UNDER_REVIEW: { tone: 'warning', isPlain: false }, BOUND: { tone: 'success', isPlain: true },
  REJECTED: { tone: 'danger', isPlain: false }, UNBOUND: { tone: 'neutral', isPlain: false }, CANCELLED: { tone: 'neutral', isPlain: false },
} as const satisfies Record<SpecialistState, { tone: Tone; isPlain: boolean }>

/** What can be done in each state; the server refuses the rest. */
export const actsOf = {
  INVITED: ['resend', 'cancel'], LAPSED: ['resend', 'cancel'], UNDER_REVIEW: ['cancel'], BOUND: ['unbind'], REJECTED: [], UNBOUND: [], CANCELLED: [],
} as const satisfies Record<SpecialistState, readonly Act[]>
