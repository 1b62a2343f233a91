import type { CustomRole } from '#contract/roles.ts'
import type { RoleRow } from './role-rows.ts'

/** What lies over the page: one dialog at a time, or none. */
export type Open = { at: 'create' } | { at: 'edit' | 'delete'; role: CustomRole } | { at: 'copy'; row: RoleRow }
export type OnOpen = (open: Open) => void
