import type { Role } from '#contract/people.ts'

/** Exports of one partner that wait or run at the same time. */
export const runningMax = 2

/** Whose exports a person sees. @returns the member's id, or undefined for everybody's. */
export const ownerOf = (member: { id: string; roles: readonly Role[] }): string | undefined => (member.roles.includes('administrator') ? undefined : member.id)
