import { getSession, type Session } from '#contract/session.ts'
import { ApiError } from '#src/api/api-error.ts'
import { call } from '#src/api/call.ts'
import { rememberSession } from '#src/api/credentials.ts'
import { setFormat } from '#src/lib/format.ts'

/** Takes a session answer over: who it is, CSRF value, clock and time zone. */
export function adoptSession(session: Session): void {
  setFormat({ timeZone: session.partner.timeZone })
  rememberSession(session)
}

/** Asks the server who is signed in without counting as activity. @returns undefined when nobody is. */
export async function recheckSession(): Promise<Session | undefined> {
  try {
    const session = await call(getSession, {})
    adoptSession(session)
    return session
  } catch (error) {
    if (error instanceof ApiError && error.failure.code === 'not_signed_in') return undefined
    throw error
  }
}
