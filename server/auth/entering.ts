import { writeLog } from '#server/audit/write.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { RequestFacts } from '#server/http/context.ts'
import type { Deps } from '#server/http/deps.ts'
import { isNewDevice, tellNewDevice } from './new-device.ts'
import { endSessions, openSession, readSession, startSession, type Signed } from './sessions.ts'

/** The token is given once, for the cookie. */
export type Entered = { token: string; endedOldest: boolean; session: Signed & { now: Date } }
type Who = { partnerId: string; memberId: string; name: string | null }

/** Signs somebody in who has shown who it is, in the transaction that made sure: one more session of at most five, a line in the log, a message about a
 *  new device. @returns undefined where a session cannot be, as of a disabled member. */
export async function enter(tx: Tx, now: Date, { secrets, settings }: Deps, who: Who, request: RequestFacts, how: 'password' | 'unified'): Promise<Entered | undefined> {
  const author = { ...who, source: 'console' as const }
  const isNew = await isNewDevice(tx, now, author, request)
  const { token, endedOldest } = await startSession(tx, now, who.partnerId, who.memberId, request)
  await writeLog(tx, now, author, request, [{ operation: 'session.signed_in', objectKind: 'session', details: { endedOldest, ...(how === 'unified' && { how }) } }])
  const signed = await readSession(tx, now, await tx.rows(openSession(token)), { csrfKey: secrets.csrf, idleSeconds: settings.idleSeconds }, false)
  if (signed && isNew) await tellNewDevice(tx, now, signed.actor, request)
  return signed && { token, endedOldest, session: { ...signed, now } }
}

/** Whoever signs in over a session, their own or another's, leaves none behind that the browser no longer knows. @param token of the earlier one. */
export async function endPrevious({ database, secrets, settings }: Deps, token: string, request: RequestFacts): Promise<void> {
  await database.inGlobal(async (tx, now, found) => {
    const signed = await readSession(tx, now, found, { csrfKey: secrets.csrf, idleSeconds: settings.idleSeconds }, false)
    if (!signed) return
    const { partner, member, sessionId } = signed.actor
    await endSessions(tx, partner.id, member.id, { id: sessionId })
    await writeLog(tx, now, { partnerId: partner.id, memberId: member.id, name: member.name, source: 'console' }, request, [{ operation: 'session.ended', objectKind: 'session', details: { ended: 1 } }])
  }, openSession(token))
}
