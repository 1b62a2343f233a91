import type { Specialist } from '#contract/specialists.ts'

/** What can be done with a specialist. */
export type Act = 'resend' | 'cancel' | 'unbind'
/** What lies over the page: one dialog at a time, or none. */
export type Open = { at: 'invite' } | { at: Act; row: Specialist }
export type OnOpen = (open: Open) => void
