import { writeLog } from '#server/audit/write.ts'
import { secondsUntil, takeLimit } from '#server/db/limit.ts'
import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { RequestFacts } from '#server/http/context.ts'
import type { Deps } from '#server/http/deps.ts'
import { Refusal } from '#server/http/refusal.ts'
import { signInFailures } from '#server/limits.ts'
import { endPrevious, enter, type Entered } from './entering.ts'
import { network } from './network.ts'
import { isPassword } from './password.ts'
import { signInSubject } from './sign-in-locks.ts'

type Credentials = { account: string; member?: string | undefined; password: string }
type Login = { partner_id: string; member_id: string; password_hash: string }

/** Signs a person in. An unknown account costs the same work and gets the same answer as a wrong password; failures are counted before
 *  the password is looked at, so that parallel guesses are not free.
 *  @param previous the token that the browser still holds; its session ends with the new one, and the token is never adopted.
 *  @returns the new token, once, and the session. Refuses with wrong_credentials or too_many_requests. */
export async function signInWith(deps: Deps, { account, member, password }: Credentials, request: RequestFacts, previous?: string): Promise<Entered> {
  const subject = signInSubject(deps.secrets, account, member ?? '')
  const taken = await deps.database.inGlobal((tx, now) => takeAttempt(tx, now, subject, request.address))
  const login = await deps.database.inGlobal(async (tx) => {
    const [row] = await tx.rows<Login>(sql`select partner_id, member_id, password_hash from logins where account = ${account.trim().toLowerCase()} and login = ${(member ?? '').trim().toLowerCase()}`)
    return row
  })
  const isRight = await isPassword(password, login?.password_hash)
  if (!login) {
    await noteUnknown(deps, request)
    throw new Refusal('wrong_credentials')
  }
  const result = await deps.database.inTenant(login.partner_id, async (tx, now) => {
    // A password that was changed since it was compared opens nothing: whoever changes it waits for this sign-in, or this one for the change. Whoever
    // has a unified ID has no password here; linking one replaces it, so that it waits too.
    const [person] = await tx.rows<{ name: string; state: string; isUnified: boolean }>(sql`select m.name, m.state, exists (select 1 from identities i where i.partner_id = m.partner_id and i.member_id = m.id) as "isUnified" from members m join logins l on l.partner_id = m.partner_id and l.member_id = m.id
      where m.partner_id = ${login.partner_id} and m.id = ${login.member_id} and l.password_hash = ${login.password_hash} for share of l`)
    const author = { partnerId: login.partner_id, memberId: login.member_id, name: person?.name ?? null, source: 'console' as const }
    if (!isRight || person?.state !== 'ACTIVE' || person.isUnified) {
      await writeLog(tx, now, author, request, [{ operation: 'session.failed', objectKind: 'session', result: 'refused' }])
      return undefined
    }
    await giveBack(tx, subject, request.address, taken)
    return await enter(tx, now, deps, author, request, 'password')
  })
  if (!result) throw new Refusal('wrong_credentials')
  if (previous !== undefined) await endPrevious(deps, previous, request)
  return result
}

/** A known account leaves a row in its partner's log when it fails. An unknown one has no partner: it leaves a line, and writes as much, so that the
 *  time of the answer does not tell which it was. */
async function noteUnknown({ database, log }: Deps, request: RequestFacts): Promise<void> {
  await database.inGlobal((tx, now) => tx.run(sql`insert into limits (name, subject, taken) values ('sign-in.unknown', ${network(request.address)}, array[${now}::timestamptz])
    on conflict (name, subject) do update set taken = excluded.taken`))
  log.warn({ requestId: request.id }, 'sign-in of an unknown account')
}

/** Counts an attempt before the password is looked at. @param subject a keyed hash of who signs in. @returns what giveBack needs when it was right.
 *  Refuses with too_many_requests. */
export async function takeAttempt(tx: Tx, now: Date, subject: string, address: string): Promise<Date> {
  const { window, perAccount, perAddress } = signInFailures
  await refuseTooSoon(tx, now, subject)
  const free = await takeLimit(tx, now, 'sign-in.account', subject, window, perAccount) ?? await takeLimit(tx, now, 'sign-in.address', network(address), window, perAddress)
  if (free) throw new Refusal('too_many_requests', { sentence: 'sign_in_limit', retryAfter: secondsUntil(free, now), facts: { until: free.toISOString() } })
  return now
}

/** Waits grow with the failures, so that ten guesses take minutes, not a second. */
async function refuseTooSoon(tx: Tx, now: Date, subject: string): Promise<void> {
  const { window, freely, waitMax } = signInFailures
  const [row] = await tx.rows<{ failures: number; last: Date | null }>(sql`select count(*)::int as failures, max(t) as last from limits l, unnest(l.taken) t
    where l.name = 'sign-in.account' and l.subject = ${subject} and t > ${new Date(now.getTime() - window * 1000)}::timestamptz`)
  if (!row?.last || row.failures < freely || row.failures >= signInFailures.perAccount) return
  const until = new Date(row.last.getTime() + Math.min(2 ** (row.failures - freely), waitMax) * 1000)
  if (until > now) throw new Refusal('too_many_requests', { sentence: 'sign_in_wait', retryAfter: secondsUntil(until, now), facts: { seconds: String(secondsUntil(until, now)), until: until.toISOString() } })
}

/** Only failures count. @param taken as takeAttempt returned it. */
export async function giveBack(tx: Tx, subject: string, address: string, taken: Date): Promise<void> {
  await tx.run(sql`update limits set taken = array(select t from unnest(taken) with ordinality u(t, n)
      where n <> coalesce((select n2 from unnest(taken) with ordinality v(t2, n2) where t2 = ${taken}::timestamptz limit 1), 0) order by n)
    where (name = 'sign-in.account' and subject = ${subject}) or (name = 'sign-in.address' and subject = ${network(address)})`)
}
