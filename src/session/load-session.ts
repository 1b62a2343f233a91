import { redirect } from 'react-router'
import { getSession, type Session } from '#contract/session.ts'
import { ApiError } from '#src/api/api-error.ts'
import { call } from '#src/api/call.ts'
import { isOpened, rememberSession } from '#src/api/credentials.ts'
import { dropEarly } from '#src/api/early.ts'
import { queryClient } from '#src/api/query-client.ts'
import { query } from '#src/api/query.ts'
import { setFormat } from '#src/lib/format.ts'
import { paths } from '#src/paths.ts'

const sessionKey = query(getSession, {}).queryKey

/** The loader of every page that needs a person: asks once who is signed in, and sends strangers to the sign-in page. */
export async function requireSession({ request }: { request: Request }): Promise<null> {
  if (isOpened() && queryClient.getQueryData(sessionKey)) return null
  try {
    adoptSession(await call(getSession, {}))
    return null
  } catch (error) {
    if (!(error instanceof ApiError) || error.failure.code !== 'not_signed_in') throw error
    dropEarly()
    const url = new URL(request.url)
    throw redirect(paths.signIn(url.pathname + url.search))
  }
}

/** Takes a session answer over: cache, CSRF value, clock and time zone. */
export function adoptSession(session: Session): void {
  rememberSession(session)
  setFormat({ timeZone: session.partner.timeZone })
  queryClient.setQueryData(sessionKey, session)
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
