import { isAdministrator, type Actor } from '#server/auth/actor.ts'

/** Exports of one partner that wait or run at the same time. */
export const runningMax = 2

/** Whose exports a person sees. @returns the member's id, or undefined for everybody's. */
export const ownerOf = (actor: Pick<Actor, 'member'>): string | undefined => (isAdministrator(actor) ? undefined : actor.member.id)
