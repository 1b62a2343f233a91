import { setCookie } from 'hono/cookie'
import type { Deps } from '#server/http/deps.ts'
import { cookieName, type AppCall } from '#server/http/request.ts'

/** Gives the browser the token of a session that has just begun. */
export function setSessionCookie(c: AppCall, deps: Deps, token: string): void {
  setCookie(c, cookieName(deps), token, { httpOnly: true, sameSite: 'Lax', path: '/', secure: deps.settings.publicUrl.startsWith('https://') })
}
