import { movesFunds } from '#contract/people.ts'
import { hashPassword } from '#server/auth/password.ts'
import { keyedHash, type Secrets } from '#server/auth/secrets.ts'
import { json, sql } from '#server/db/query.ts'
import type { Database, Tx } from '#server/db/transaction.ts'
import { openCustomerAccounts, openPartnerAccounts } from '#server/ledger/accounts.ts'
import { unknownPassword } from '#server/operations/members.ts'
import { chinaDay } from '#server/operations/assign.ts'
import { seedAssignments } from './demo-assignments.ts'
import { keepBooks, type BookCustomer, type Logged } from './demo-books.ts'
import { seedCompany } from './demo-company.ts'
import { seedCoupons, seedReceived } from './demo-coupons.ts'
import { demoCustomers, type DemoBudget, type DemoCustomer } from './demo-customers.ts'
import { demoHistory, type Spent } from './demo-history.ts'
import { uuidFrom } from './demo-ids.ts'
import { seedIncentives } from './demo-incentives.ts'
import { seedInvites } from './demo-invites.ts'
import { demoTraces, writeTraces } from './demo-log.ts'
import { seedPayouts } from './demo-payouts.ts'
import { demoPartners, demoPassword, type DemoPartner } from './demo-people.ts'
import { seedResellers } from './demo-resellers.ts'
import { seedSpecialists } from './demo-specialists.ts'
import { seedWhitelist } from './demo-whitelist.ts'

const timeZone = 'Asia/Shanghai'
const monthMs = 30 * 86_400_000

/** Fills an empty installation with the demo's partners, people, customers and a year of history, all in one transaction.
 *  @param now from which every date is counted; the same time gives the same data. @param secrets of the installation: reserved numbers are kept as keyed hashes.
 *  @returns whether it was filled; false where the demo was seeded before, or where a partner exists: somebody works here. */
export async function seedDemo(database: Database, now: Date, secrets: Pick<Secrets, 'code'>): Promise<boolean> {
  const ids = demoPartners.map(({ account }) => uuidFrom(`partner ${account}`))
  return await database.inTenant(ids, async (tx) => {
    // Two servers that start together queue at this row.
    const claimed = await tx.run(sql`insert into installation (key, value, at) select 'demo', 'seeded', ${now}::timestamptz where not exists (select 1 from partners) on conflict (key) do nothing`)
    if (claimed === 0) return false
    const passwordHash = await hashPassword(demoPassword)
    for (const partner of demoPartners) await seedPartner(tx, now, partner, passwordHash, secrets)
    await seedWhitelist(tx, now)
    await seedResellers(tx, now)
    return true
  })
}

async function seedPartner(tx: Tx, now: Date, partner: DemoPartner, passwordHash: string, secrets: Pick<Secrets, 'code'>): Promise<void> {
  const partnerId = uuidFrom(`partner ${partner.account}`)
  const memberIds = new Map(partner.members.map(({ login }) => [login, uuidFrom(`member ${partner.account} ${login}`)]))
  const customers = demoCustomers(partner, now)
  const { steps: moved, spent } = demoHistory(partner, customers, now)
  // Government partners give coupons, no money.
  const steps = movesFunds(partner.type ?? 'CSP') ? moved : []
  await insertPartner(tx, now, partner, partnerId)
  await insertRoles(tx, now, partner, partnerId)
  await insertMembers(tx, now, partner, partnerId, memberIds, passwordHash)
  await openPartnerAccounts(tx, partnerId)
  const booked = await insertCustomers(tx, partner, partnerId, customers, spent, memberIds)
  await tx.run(sql`insert into expenditures (partner_id, customer_id, month, amount)
    select ${partnerId}::uuid, e.customer_id, e.month, e.amount
      from jsonb_to_recordset(${json(spent.map(({ customer, month, amount }) => ({ customer_id: booked[customer]?.id, month, amount: String(amount) })))}) as e(customer_id uuid, month date, amount bigint)`)
  // Settled on the 26th, as the books are, or today in a month that has not come so far.
  await tx.run(sql`insert into expenditure_days (partner_id, customer_id, day, amount) select partner_id, customer_id, least(month + 25, ${chinaDay(now)}), amount from expenditures where partner_id = ${partnerId}::uuid`)
  const moves = await keepBooks(tx, { partnerId, timeZone }, partner.creditLimit, steps, booked, memberIds, !partner.verificationOn)
  const changes = partner.account === 'demo' ? await seedAssignments(tx, now, { partner, partnerId, memberIds, timeZone }, customers, booked) : []
  const papers = await seedCompany(tx, now, { partner, partnerId, memberIds })
  const incentives = partner.account === 'demo' ? await seedIncentives(tx, now, { partnerId, timeZone, memberIds }, customers, booked) : []
  const payouts = await seedPayouts(tx, now, { partner, partnerId, timeZone, memberIds })
  // After what was paid as quota up to a year ago: records of coupons are listed in the order in which they were written.
  const coupons = await insertCoupons(tx, now, partner, partnerId, memberIds, customers, booked)
  await writeTraces(tx, partner, partnerId, [...moves, ...changes, ...coupons, ...papers, ...incentives, ...payouts, ...demoTraces(partner, customers, booked, moves, now)], memberIds)
  await tx.run(sql`update members m set last_sign_in_at = (select max(l.at) from log_entries l where l.partner_id = m.partner_id and l.operator_id = m.id and l.operation = 'session.signed_in') where m.partner_id = ${partnerId}::uuid`)
  if (partner.account !== 'demo') return
  const roles = new Map(partner.members.map(({ login, roles }) => [login, roles]))
  await seedInvites(tx, now, { partnerId, timeZone, memberIds, roles, customerIds: new Map(booked.map(({ number, id }) => [number, id])), passwordHash, hashOf: (mobile) => keyedHash(secrets, mobile) })
  await seedSpecialists(tx, now, { partnerId, memberIds, passwordHash })
}

/** Vouchers of the first partner and delivery coupons of the government-cloud partner. */
async function insertCoupons(tx: Tx, now: Date, partner: DemoPartner, partnerId: string, memberIds: ReadonlyMap<string, string>, customers: readonly DemoCustomer[], booked: readonly BookCustomer[]): Promise<Logged[]> {
  if (partner.account !== 'demo' && partner.type !== 'GOVCLOUD') return []
  const story = {
    account: partner.account, kind: partner.type === 'GOVCLOUD' ? 'DELIVERY' as const : 'VOUCHER' as const, books: { partnerId, timeZone }, memberIds, isClick: !partner.verificationOn, issuers: [''],
    customers: customers.flatMap(({ type, associatedAt }, place) => (type === 'RESALE' && booked[place] ? [{ id: booked[place].id, associatedAt }] : [])),
  }
  const logged = await seedCoupons(tx, now, story)
  if (partner.account === 'demo') await seedReceived(tx, now, story, story.customers.slice(3, 6).map(({ id }) => id), '澄港政务云')
  return logged
}

async function insertPartner(tx: Tx, now: Date, partner: DemoPartner, partnerId: string): Promise<void> {
  const { account, name, type = 'CSP', distributor, state, verificationOn, ecosystem } = partner
  await tx.run(sql`insert into partners (id, account, name, type, state, verification_on, time_zone, ecosystem_name, ecosystem_mobile, ecosystem_email, distributor_id, created_at)
    values (${partnerId}::uuid, ${account}, ${name}, ${type}, ${state}, ${verificationOn}::boolean, ${timeZone}, ${ecosystem.name}, ${ecosystem.mobile}, ${ecosystem.email}, ${distributor === undefined ? null : uuidFrom(`partner ${distributor}`)}::uuid, ${new Date(now.getTime() - 14 * monthMs)}::timestamptz)`)
}

/** The partner's own roles, made by the master account a year ago. */
async function insertRoles(tx: Tx, now: Date, { account, customRoles = [] }: DemoPartner, partnerId: string): Promise<void> {
  const rows = customRoles.map(({ name, ...role }) => ({ ...role, name, id: uuidFrom(`role ${account} ${name}`) }))
  await tx.run(sql`insert into custom_roles (partner_id, id, name, description, permissions, created_at, changed_at, changed_by_id)
    select ${partnerId}::uuid, r.id, r.name, r.description, array(select jsonb_array_elements_text(r.permissions)), ${new Date(now.getTime() - 12 * monthMs)}::timestamptz, ${new Date(now.getTime() - 12 * monthMs)}::timestamptz, ${uuidFrom(`member ${account} `)}::uuid
      from jsonb_to_recordset(${json(rows)}) as r(id uuid, name text, description text, permissions jsonb)`)
}

async function insertMembers(tx: Tx, now: Date, { account, members }: DemoPartner, partnerId: string, memberIds: ReadonlyMap<string, string>, passwordHash: string): Promise<void> {
  const unknownHash = await unknownPassword()
  const rows = members.map((member) => ({
    id: memberIds.get(member.login), login: member.login, name: member.name, mobile: member.mobile, email: member.email,
    mobile_verified: member.isVerified && member.mobile !== null, email_verified: member.isVerified && member.email !== null,
    roles: member.roles, custom_role_ids: (member.customRoles ?? []).map((name) => uuidFrom(`role ${account} ${name}`)), extra: member.extra ?? [], director_id: member.director === undefined ? null : memberIds.get(member.director), language: member.language,
    state: member.isDisabled === true ? 'DISABLED' : 'ACTIVE', awaits_password: member.isInvited === true, created_at: new Date(now.getTime() - (member.isInvited === true ? 2 * 86_400_000 : 13 * monthMs)).toISOString(),
    password_hash: member.isInvited === true ? unknownHash : passwordHash,
  }))
  await tx.run(sql`insert into members (partner_id, id, login, name, mobile, email, mobile_verified, email_verified, roles, custom_role_ids, role_since, extra_permissions, removed_permissions, director_id, language, state, awaits_password, created_at)
    select ${partnerId}::uuid, m.id, m.login, m.name, m.mobile, m.email, m.mobile_verified, m.email_verified, array(select jsonb_array_elements_text(m.roles)), array(select jsonb_array_elements_text(m.custom_role_ids)::uuid), (select jsonb_object_agg(r, to_char(m.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) from jsonb_array_elements_text(m.roles || m.custom_role_ids) r), array(select jsonb_array_elements_text(m.extra)), '{}', m.director_id, m.language, m.state, m.awaits_password, m.created_at
      from jsonb_to_recordset(${json(rows)}) as m(id uuid, login text, name text, mobile text, email text, mobile_verified boolean, email_verified boolean, roles jsonb, custom_role_ids jsonb, extra jsonb, director_id uuid, language text, state text, awaits_password boolean, created_at timestamptz)`)
  await tx.run(sql`insert into logins (account, login, password_hash, partner_id, member_id, password_set_at)
    select ${account}, m.login, m.password_hash, ${partnerId}::uuid, m.id, case when not m.awaits_password then m.created_at end from jsonb_to_recordset(${json(rows)}) as m(id uuid, login text, password_hash text, awaits_password boolean, created_at timestamptz)`)
}

async function insertCustomers(tx: Tx, partner: DemoPartner, partnerId: string, customers: readonly DemoCustomer[], spent: readonly Spent[], memberIds: ReadonlyMap<string, string>): Promise<BookCustomer[]> {
  const ids = customers.map(({ number }) => uuidFrom(`customer ${partner.account} ${number}`))
  const opened = await openCustomerAccounts(tx, partnerId, ids)
  const months = [...new Set(spent.map(({ month }) => month))].toSorted()
  const costs = Map.groupBy(spent, ({ customer }) => customer)
  const rows = customers.map((customer, index) => {
    const cost = (month: string | undefined) => costs.get(index)?.find((one) => one.month === month)?.amount ?? 0n
    const thisMonth = cost(months.at(-1))
    return {
      id: ids[index], account_id: opened[index]?.accountId, own_account_id: opened[index]?.ownAccountId,
      number: customer.number, name: customer.name, account_name: customer.accountName, mobile: customer.mobile, email: customer.email, language: customer.language,
      association_type: customer.type, associated_at: customer.associatedAt.toISOString(), manager_id: customer.manager === null ? null : memberIds.get(customer.manager), tag: customer.tag,
      state: customer.state, freeze_cause: customer.cause, frozen_at: customer.frozenAt?.toISOString() ?? null, month_expenditure: String(thisMonth),
      held: String(customer.held), unsettled: String(customer.unsettled), arrears: String(customer.arrears), next_expiry: customer.nextExpiry?.toISOString() ?? null,
      ...budgetColumns(customer.budget, thisMonth, cost(months.at(-2)), customer.monthly),
    }
  })
  await tx.run(sql`insert into customers (partner_id, id, number, name, account_name, mobile, email, language, association_type, associated_at, manager_id, tag, state, freeze_cause, frozen_at, month_expenditure,
      held, unsettled, arrears, budget_type, budget_amount, budget_used, budget_when_used_up, next_expiry, account_id, own_account_id)
    select ${partnerId}::uuid, c.id, c.number, c.name, c.account_name, c.mobile, c.email, c.language, c.association_type, c.associated_at, c.manager_id, c.tag, c.state, c.freeze_cause, c.frozen_at, c.month_expenditure,
      c.held, c.unsettled, c.arrears, c.budget_type, c.budget_amount, c.budget_used, c.budget_when_used_up, c.next_expiry, c.account_id, c.own_account_id
      from jsonb_to_recordset(${json(rows)}) as c(id uuid, number text, name text, account_name text, mobile text, email text, language text, association_type text, associated_at timestamptz, manager_id uuid, tag text,
        state text, freeze_cause text, frozen_at timestamptz, month_expenditure bigint, held bigint, unsettled bigint, arrears bigint, budget_type text, budget_amount bigint, budget_used bigint, budget_when_used_up text,
        next_expiry timestamptz, account_id uuid, own_account_id uuid)`)
  return opened.map(({ customerId, ...accounts }, index) => ({ id: customerId, number: customers[index]?.number ?? '', ...accounts }))
}

/** The used part is what the books say; the amount is chosen so that the wanted share of it is used on whatever day of a month the demo is seeded. */
function budgetColumns(budget: DemoBudget | null, thisMonth: bigint, lastMonth: bigint, monthly: bigint) {
  if (!budget) return { budget_type: null, budget_amount: null, budget_used: '0', budget_when_used_up: null }
  const used = budget.type === 'MONTHLY' ? thisMonth : thisMonth + lastMonth
  const exact = used > 0n ? (used * 100n) / BigInt(budget.percent) : monthly * 2n
  // Three leading digits, rounded down: at a full budget the share never falls below 100.
  const step = 10n ** BigInt(Math.max(0, exact.toString().length - 3))
  const amount = (exact / step) * step
  return { budget_type: budget.type, budget_amount: String(amount > 0n ? amount : 1n), budget_used: String(used), budget_when_used_up: budget.whenUsedUp }
}
