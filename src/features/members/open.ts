import type { Member } from '#contract/members.ts'
import type { Act } from './why-not.ts'

/** What lies over the page: one dialog at a time, or none. */
export type Open = { at: 'create' } | { at: Act; member: Member }
export type OnOpen = (open: Open) => void
