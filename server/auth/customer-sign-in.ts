import { writeLog } from '#server/audit/write.ts'
import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { RequestFacts, Visitor } from '#server/http/context.ts'
import type { Deps } from '#server/http/deps.ts'
import { Refusal } from '#server/http/refusal.ts'
import { normalizeMobile } from '#server/messages/contact.ts'
import { readCustomer, startCustomerSession, type Customer } from './customer-sessions.ts'
import { network } from './network.ts'
import { isPassword } from './password.ts'
import { keyedHash } from './secrets.ts'
import { giveBack, takeAttempt } from './sign-in.ts'

type Login = { id: string; name: string; partnerId: string | null; passwordHash: string }

/** Signs a customer in, by the rules of the console's own sign-in: failures are counted before the password is looked at, and an unknown account costs
 *  the same work and gets the same answer as a wrong password. The browser's earlier session ends.
 *  @param account its name, or the mobile of the only account that has it. @returns the token, once, and who is signed in.
 *  Refuses with wrong_credentials or too_many_requests. */
export async function signInCustomer(deps: Deps, { account, password }: { account: string; password: string }, { request, token: previous }: Visitor): Promise<{ token: string; customer: Customer; now: Date }> {
  const { database, secrets } = deps
  const login = await database.inGlobal((tx) => findLogin(tx, account))
  // One count for all spellings of an account.
  const subject = keyedHash(secrets, `customer\n${login?.id ?? account.normalize('NFKC').trim().toLowerCase()}`)
  const taken = await database.inGlobal((tx, now) => takeAttempt(tx, now, subject, request.address))
  if (!(await isPassword(password, login?.passwordHash)) || !login) {
    await noteFailure(deps, login, request)
    throw new Refusal('wrong_credentials')
  }
  return await database.inTenant(login.partnerId === null ? [] : [login.partnerId], async (tx, now) => {
    await giveBack(tx, subject, request.address, taken)
    const token = await startCustomerSession(tx, now, login.id, request, previous)
    const customer = await readCustomer(tx, now, deps, token, false)
    if (!customer) throw new Refusal('wrong_credentials')
    if (login.partnerId !== null) await writeLog(tx, now, authorOf(login, login.partnerId), request, [{ operation: 'account.signed_in', objectKind: 'account', customerId: login.id }])
    return { token, customer, now }
  })
}

async function findLogin(tx: Tx, account: string): Promise<Login | undefined> {
  const fields = sql`id, name, partner_id as "partnerId", password_hash as "passwordHash"`
  const [named] = await tx.rows<Login>(sql`select ${fields} from cloud_accounts where name_key = lower(normalize(${account.trim()}, NFKC)) and password_hash is not null`)
  const mobile = normalizeMobile(account)
  const reached = await tx.rows<Login>(sql`select ${fields} from cloud_accounts where mobile = ${mobile ?? ''} and password_hash is not null limit 2`)
  return named ?? (reached.length === 1 ? reached[0] : undefined)
}

/** Somebody's customer leaves a row in the partner's log; others a line. Both write as much, so that the time of the answer tells neither. */
async function noteFailure({ database, log }: Deps, login: Login | undefined, request: RequestFacts): Promise<void> {
  const partnerId = login?.partnerId ?? null
  if (login && partnerId !== null) {
    await database.inTenant(partnerId, (tx, now) => writeLog(tx, now, authorOf(login, partnerId), request, [{ operation: 'account.sign_in_failed', objectKind: 'account', customerId: login.id, result: 'refused' }]))
    return
  }
  await database.inGlobal((tx, now) => tx.run(sql`insert into limits (name, subject, taken) values ('sign-in.unknown', ${network(request.address)}, array[${now}::timestamptz])
    on conflict (name, subject) do update set taken = excluded.taken`))
  log.warn({ requestId: request.id }, 'sign-in of an unknown customer')
}

const authorOf = ({ name }: Login, partnerId: string) => ({ partnerId, memberId: null, name, source: 'customer' as const })
