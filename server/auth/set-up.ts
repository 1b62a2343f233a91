import { writeLog } from '#server/audit/write.ts'
import { secondsUntil, takeLimit } from '#server/db/limit.ts'
import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { RequestFacts } from '#server/http/context.ts'
import type { Deps } from '#server/http/deps.ts'
import { Refusal } from '#server/http/refusal.ts'
import { setUpAttempts } from '#server/limits.ts'
import { enqueueNotices } from '#server/messages/enqueue.ts'
import { type Contacts, passwordNotices } from './notices.ts'
import { hashPassword } from './password.ts'
import { whyWeakPassword } from './password-rules.ts'
import { endEverySession, hashToken, newToken } from './sessions.ts'
import { network } from './network.ts'

/** Makes the link's token for a member; an earlier one of the same member no longer works. @param lifeSeconds how long it lives.
 *  @param provesEmail whether it goes to the member's mail address and nowhere else: whoever uses it reads that mail, so the address counts as verified. @returns the token, once. */
export async function createSetUp(tx: Tx, now: Date, partnerId: string, memberId: string, lifeSeconds: number, provesEmail = false): Promise<string> {
  const token = newToken()
  await tx.run(sql`delete from set_ups where partner_id = ${partnerId} and member_id = ${memberId}`)
  await tx.run(sql`insert into set_ups (token_hash, partner_id, member_id, expires_at, proves_email) values (${hashToken(token)}, ${partnerId}, ${memberId}, ${new Date(now.getTime() + lifeSeconds * 1000)}, ${provesEmail}::boolean)`)
  return token
}

/** Sets the password behind a link. Every sign-in of the person ends and open confirmations become void; nobody is signed in by it. Who had a password
 *  before is told at every contact that was verified then (PR-03): the link may have gone through other hands. The first password of an invited person changes none.
 *  @returns the names to sign in with. Refuses a weak password, leaving the link usable, and an unknown, used or lapsed link with not_found. */
export async function setUpWith(deps: Deps, token: string, password: string, request: RequestFacts): Promise<{ account: string; member: string }> {
  await deps.database.inGlobal(async (tx, now) => {
    const free = await takeLimit(tx, now, 'set-up.address', network(request.address), setUpAttempts.window, setUpAttempts.max)
    if (free) throw new Refusal('too_many_requests', { retryAfter: secondsUntil(free, now) })
  })
  if (await whyWeakPassword(password)) throw new Refusal('invalid_input', { fields: [{ path: 'password', code: 'password', message: '' }] })
  const hash = await hashPassword(password)
  return await deps.database.inGlobal(async (tx, now) => {
    const [link] = await tx.rows<{ partner_id: string; member_id: string; proves_email: boolean }>(sql`
      delete from set_ups where token_hash = ${hashToken(token)} and expires_at > ${now} returning partner_id, member_id, proves_email, set_config('app.partner_ids', '{' || partner_id || '}', true)`)
    if (!link) throw new Refusal('not_found', { sentence: 'set_up_gone' })
    const { partner_id: partnerId, member_id: memberId } = link
    const [login] = await tx.rows<{ account: string; login: string }>(sql`update logins set password_hash = ${hash}, password_set_at = ${now}::timestamptz where partner_id = ${partnerId} and member_id = ${memberId}
      and not exists (select 1 from identities i where i.partner_id = ${partnerId} and i.member_id = ${memberId}) returning account, login`)
    if (!login) throw new Refusal('not_found', { sentence: 'set_up_gone' })
    await endEverySession(tx, partnerId, memberId)
    const [person] = await tx.rows<Contacts & { name: string; isFirst: boolean; timeZone: string }>(sql`select m.name, m.awaits_password as "isFirst", m.mobile, m.email, m.mobile_verified as "mobileVerified", m.email_verified as "emailVerified",
      m.language, p.time_zone as "timeZone" from members m join partners p on p.id = m.partner_id where m.partner_id = ${partnerId} and m.id = ${memberId} for no key update of m`)
    await tx.run(sql`update members set awaits_password = false, email_verified = email_verified or (${link.proves_email}::boolean and email is not null) where partner_id = ${partnerId} and id = ${memberId}`)
    if (person && !person.isFirst) await enqueueNotices(tx, now, passwordNotices({ id: partnerId, timeZone: person.timeZone }, person, 'reset', now))
    await writeLog(tx, now, { partnerId, memberId, name: person?.name ?? null, source: 'console' }, request, [{ operation: 'member.changed', objectKind: 'member', objectNumber: login.login, details: { changed: 'password' } }])
    return { account: login.account, member: login.login }
  })
}
