import { randomUUID } from 'node:crypto'
import { hashPassword } from '#server/auth/password.ts'
import { list, sql } from '#server/db/query.ts'
import type { Database } from '#server/db/transaction.ts'
import { openCustomerAccounts, openPartnerAccounts } from '#server/ledger/accounts.ts'
import { topUp } from '#server/ledger/vendor.ts'

export type LoadCustomer = { id: string; accountId: string }
/** A partner under load: its switch is off, so that every operation is confirmed by a click. */
export type LoadPartner = { id: string; account: string; password: string; /** Administrators, each a person of their own. */ members: { id: string; login: string }[]; customers: LoadCustomer[] }

const password = 'load-partner-password'
const timeZone = 'Asia/Shanghai'

/** Makes a partner with money, people and customers. @param topUpMinor what its top-up account holds at the start, in minor units. @param nameOf the name of the customer at a place, from 1. */
export async function makeLoadPartner(database: Database, { account, members, customers, topUpMinor, nameOf = () => '青屿云桥科技有限公司' }: { account: string; members: number; customers: number; topUpMinor: bigint; nameOf?: (place: number) => string }): Promise<LoadPartner> {
  const id = randomUUID()
  const passwordHash = await hashPassword(password)
  const people = Array.from({ length: members }, (_, index) => ({ id: randomUUID(), login: `p${index + 1}` }))
  const customerIds = Array.from({ length: customers }, () => randomUUID())
  const opened = await database.inTenant(id, async (tx, now) => {
    await tx.raw('set local statement_timeout = 0')
    await tx.run(sql`insert into partners (id, account, name, type, state, verification_on, time_zone, created_at) values (${id}::uuid, ${account}, '衡流云服', 'CSP', 'ACTIVE', false, ${timeZone}, ${now}::timestamptz)`)
    await openPartnerAccounts(tx, id)
    await topUp(tx, { books: { partnerId: id, timeZone }, requestId: 'load', reason: 'load', at: now, amount: topUpMinor })
    await tx.run(sql`insert into members (partner_id, id, login, name, mobile, email, mobile_verified, email_verified, roles, extra_permissions, removed_permissions, director_id, language, state, created_at)
      select ${id}::uuid, m.id, m.login, '顾明川', null, null, false, false, array['administrator'], '{}', '{}', null, 'en-US', 'ACTIVE', ${now}::timestamptz
        from unnest(${list(people.map((person) => person.id))}::uuid[], ${list(people.map(({ login }) => login))}::text[]) as m(id, login)`)
    await tx.run(sql`insert into logins (account, login, password_hash, partner_id, member_id)
      select ${account}, m.login, ${passwordHash}, ${id}::uuid, m.id from unnest(${list(people.map((person) => person.id))}::uuid[], ${list(people.map(({ login }) => login))}::text[]) as m(id, login)`)
    const accounts = await openCustomerAccounts(tx, id, customerIds)
    await tx.run(sql`insert into customers (partner_id, id, number, name, account_name, mobile, email, language, association_type, associated_at, tag, state, month_expenditure, held, unsettled, arrears, budget_used, account_id, own_account_id)
      select ${id}::uuid, c.id, (4000000000 + c.place)::text, c.name, 'qingyu' || c.place, '+86100' || lpad(c.place::text, 8, '0'), 'it' || c.place || '@qingyu.example', 'zh-CN', 'RESALE', ${now}::timestamptz, '', 'NORMAL', 0, 0, 0, 0, 0, c.account_id, c.own_id
        from unnest(${list(accounts.map(({ customerId }) => customerId))}::uuid[], ${list(accounts.map(({ accountId }) => accountId))}::uuid[], ${list(accounts.map(({ ownAccountId }) => ownAccountId))}::uuid[], ${list(accounts.map((_, index) => nameOf(index + 1)))}::text[]) with ordinality as c(id, account_id, own_id, name, place)`)
    return accounts
  })
  return { id, account, password, members: people, customers: opened.map(({ customerId, accountId }) => ({ id: customerId, accountId })) }
}
