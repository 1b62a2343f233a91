import type { Member } from '#contract/members.ts'
import type { Act } from './why-not.ts'

/** What lies over the page: one dialog at a time, or none. */
export type Open = { at: 'create' | 'export' } | { at: Act; member: Member } | { at: 'authenticators'; member: Member; count: number }
export type OnOpen = (open: Open) => void
