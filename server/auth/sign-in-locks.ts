import { list, sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { signInFailures } from '#server/limits.ts'
import { keyedHash, type Secrets } from './secrets.ts'

/** @param login empty for the master account. @returns under which key failed sign-ins of an account are counted: whoever reads the table learns no name. */
export const signInSubject = (secrets: Pick<Secrets, 'code'>, account: string, login: string): string => keyedHash(secrets, `${account.trim().toLowerCase()}\n${login.trim().toLowerCase()}`)

/** @param account the partner's. @returns until when too many failures keep which of these login names out; the others are missing. */
export async function signInLocks(tx: Tx, now: Date, secrets: Pick<Secrets, 'code'>, account: string, logins: readonly string[]): Promise<Map<string, Date>> {
  const { window, perAccount } = signInFailures
  const names = new Map(logins.map((login) => [signInSubject(secrets, account, login), login]))
  const rows = await tx.rows<{ subject: string; tenth: Date }>(sql`select l.subject, (array_agg(t order by t desc))[${perAccount}::int] as tenth from limits l, unnest(l.taken) t
    where l.name = 'sign-in.account' and l.subject = any(${list([...names.keys()])}::text[]) and t > ${new Date(now.getTime() - window * 1000)}::timestamptz group by l.subject having count(*) >= ${perAccount}::int`)
  return new Map(rows.flatMap(({ subject, tenth }): [string, Date][] => {
    const login = names.get(subject)
    return login === undefined ? [] : [[login, new Date(tenth.getTime() + window * 1000)]]
  }))
}

/** Lets the account sign in again at once. Failures of its network address count on. */
export async function endSignInLock(tx: Tx, secrets: Pick<Secrets, 'code'>, account: string, login: string): Promise<void> {
  await tx.run(sql`update limits set taken = '{}' where name = 'sign-in.account' and subject = ${signInSubject(secrets, account, login)}`)
}
