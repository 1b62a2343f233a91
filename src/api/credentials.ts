import type { Session } from '#contract/session.ts'
import { learnServerTime } from '#src/lib/clock.ts'

let present: Session | undefined
let idleSeconds = 0
let idleEndsAt = 0
const listeners = new Set<() => void>()

/** Takes over what a session answer says: the CSRF value, the server's clock and when the session ends without activity. */
export function rememberSession(session: Session): void {
  learnServerTime(session.now)
  present = session
  idleSeconds = Math.max(idleSeconds, (Date.parse(session.idleEndsAt) - Date.parse(session.now)) / 1000)
  idleEndsAt = Date.parse(session.idleEndsAt)
  tell()
}

/** @returns the value of `X-CSRF`, or an empty text before sign-in. */
export const csrfValue = (): string => present?.csrf ?? ''
/** @returns whether somebody has been signed in on this page, so that an ended session is repaired over the page. */
export const isOpened = (): boolean => present !== undefined
/** @returns who is signed in on this page. */
export const presentSession = (): Session | undefined => present
/** @returns when the session ends without activity, as far as this tab knows, in milliseconds of the server's clock. */
export const idleEnd = (): number => idleEndsAt

/** Counts an answered request as activity, as the server does. @param now milliseconds of the server's clock. */
export function noteActivity(now: number): void {
  if (idleSeconds > 0) idleEndsAt = Math.max(idleEndsAt, now + idleSeconds * 1000)
  tell()
}

/** @param changed called when the session or its idle end changes. @returns how to stop. */
export function onSessionChange(changed: () => void): () => void {
  listeners.add(changed)
  return () => listeners.delete(changed)
}

function tell(): void {
  for (const changed of listeners) changed()
}
