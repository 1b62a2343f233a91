import { randomUUID } from 'node:crypto'
import * as z from 'zod/mini'
import { AssociationType, AccountState, FundsSource } from '#contract/customers.ts'
import { Amount, fromMinor, toMinor } from '#contract/money.ts'
import { InvitationKind, InviteCause } from '#contract/invites.ts'
import { Locale, PartnerState, PartnerType, Permission, Role } from '#contract/people.ts'
import { hashPassword } from '#server/auth/password.ts'
import { startSession } from '#server/auth/sessions.ts'
import { json, list, sql } from '#server/db/query.ts'
import type { Database } from '#server/db/transaction.ts'
import type { Outbox } from '#server/dev/outbox.ts'
import { openCustomerAccounts, openPartnerAccounts, readAccounts } from '#server/ledger/accounts.ts'
import { allocate } from '#server/ledger/adjust.ts'
import { findMismatches } from '#server/ledger/invariants.ts'
import { consume, customerTopUp, setCreditLimit, setCustomerFacts, topUp } from '#server/ledger/vendor.ts'
import { issueFrom } from '#server/operations/coupon-issue.ts'
import { lockQuotas } from '#server/operations/coupon-quotas.ts'
import { textOfLetter, type Letter } from './letters.ts'
import { incentiveRequests, incentives } from './stage-incentives.ts'

const testPassword = 'a long enough password'
const timeZone = 'Asia/Shanghai'
const Uuid = z.uuid()
const ofPartner = { partnerId: Uuid }
const ofCustomer = { ...ofPartner, customerId: Uuid }

export const NewMember = z.strictObject({
  ...ofPartner, role: z.optional(Role), /** Instead of `role`. */ roles: z._default(z.array(Role), []), customRoleIds: z._default(z.array(Uuid), []), name: z._default(z.string(), 'Lin Wei'), extra: z._default(z.array(Permission), []), removed: z._default(z.array(Permission), []), language: z._default(Locale, 'en-US'),
  directorId: z.optional(Uuid), hasMobile: z._default(z.boolean(), true), hasEmail: z._default(z.boolean(), true),
})
export const NewCustomer = z.strictObject({
  ...ofPartner, name: z.optional(z.string()), accountName: z.optional(z.string()), mobile: z.optional(z.nullable(z.string())), email: z.optional(z.string()),
  type: z._default(AssociationType, 'RESALE'), state: z._default(AccountState, 'NORMAL'), managerId: z.optional(Uuid), tag: z._default(z.string(), ''),
  /** Days before now. */ associatedDaysAgo: z._default(z.int(), 0),
})

/** An account at the vendor that is nobody's customer yet. */
const NewAccount = z.strictObject({ facts: z._default(z.array(z.string()), []), daysOld: z._default(z.int(), 1) })

/** What tests ask the server's stage for, beside the product itself: people, customers and money made by the server's own functions, the clock,
 *  messages that arrived, and a look at the books. Amounts are texts as on the wire. */
const requests = {
  partner: z.strictObject({ type: z._default(PartnerType, 'CSP'), verificationOn: z._default(z.boolean(), true), state: z._default(PartnerState, 'ACTIVE') }),
  member: NewMember,
  signIn: z.strictObject({ ...ofPartner, memberId: Uuid }),
  endSessions: z.strictObject(ofPartner),
  customer: NewCustomer,
  account: NewAccount,
  factsOfAccount: z.strictObject({ id: Uuid, facts: z.array(z.string()) }),
  referral: z.strictObject(ofCustomer),
  /** A customer whose association failed for this cause, a mail to a prospect or somebody who came through a link; or a mail that was refused. */
  failedInvitation: z.strictObject({ ...ofPartner, cause: z.optional(InviteCause), kind: z._default(InvitationKind, 'MAIL'), undelivered: z._default(z.boolean(), false) }),
  topUp: z.strictObject({ ...ofPartner, amount: Amount }),
  credit: z.strictObject({ ...ofPartner, amount: Amount }),
  allocated: z.strictObject({ ...ofCustomer, from: z._default(FundsSource, 'top-up'), amount: Amount }),
  consumed: z.strictObject({ ...ofCustomer, amount: Amount }),
  /** The partner's first member issued these from the quota with this number. */
  issued: z.strictObject({ ...ofPartner, quota: z.string(), customerIds: z.array(Uuid), amount: Amount, remark: z._default(z.string(), '') }),
  ownTopUp: z.strictObject({ ...ofCustomer, amount: Amount }),
  facts: z.strictObject({ ...ofCustomer, held: z.optional(Amount), unsettled: z.optional(Amount), arrears: z.optional(Amount) }),
  state: z.strictObject(ofPartner),
  mismatches: z.strictObject(ofPartner),
  mail: z.strictObject({ to: z.string() }),
  phone: z.strictObject({ to: z.string() }),
  travel: z.strictObject({ seconds: z.number() }),
  /** The round of a job that begins with every minute begins now. */
  round: z.strictObject({ ...ofPartner, job: z.enum(['payout.run', 'incentive.run', 'coupon.end']) }),
  /** What the vendor's employee types after `npm run admin --`; with a reason the operator and the reason are added, which commands that change something take. */
  operator: z.strictObject({ words: z.array(z.string()), reason: z._default(z.nullable(z.string()), 'e2e') }),
  /** From now on the customer has a password. */
  mySignIn: z.strictObject(ofCustomer),
  ...incentiveRequests,
}
export type Requests = typeof requests
type Given<K extends keyof Requests> = z.output<Requests[K]>
type Handlers = { [K in keyof Requests]: (given: Given<K>) => Promise<unknown> }
type Around = { letters: readonly Letter[]; outbox: Outbox; travel: (seconds: number) => void; operator: (words: readonly string[]) => Promise<string> }

/** @returns what answers one request of a test by its name; refuses an unknown one and a wrong shape by throwing. */
export function createStage(database: Database, around: Around): (name: string, given: unknown) => Promise<unknown> {
  const handlers: Handlers = { ...people(database), ...cloudAccounts(database), ...inviting(database), ...money(database), ...incentives(database), ...surroundings(database, around) }
  const answer = <K extends keyof Requests>(name: K, given: unknown): Promise<unknown> => {
    // oxlint-disable-next-line typescript/consistent-type-assertions -- the request's own schema has just parsed it; TypeScript cannot follow the name
    return handlers[name](requests[name].parse(given) as Given<K>)
  }
  return (name, given) => (isRequest(name) ? answer(name, given) : Promise.reject(new Error(`no such request: ${name}`)))
}

const isRequest = (name: string): name is keyof Requests => Object.hasOwn(requests, name)

let persons = 0
let numbers = 2_081_450_000
let password: Promise<string> | undefined

function people(database: Database) {
  return {
    async partner({ type, verificationOn, state }: Given<'partner'>) {
      const id = randomUUID()
      const account = `partner-${id.slice(0, 8)}`
      await database.inTenant(id, async (tx, now) => {
        await tx.run(sql`insert into partners (id, account, name, type, state, verification_on, time_zone, created_at) values (${id}, ${account}, 'Blue Harbor Cloud', ${type}, ${state}, ${verificationOn}, ${timeZone}, ${now})`)
        await openPartnerAccounts(tx, id)
      })
      return { id, account }
    },
    async member({ partnerId, role, roles, customRoleIds, name, extra, removed, language, directorId, hasMobile, hasEmail }: Given<'member'>) {
      persons += 1
      const [id, login] = [randomUUID(), `member${persons}`]
      const [mobile, email] = [`+86138${String(10_000_000 + persons)}`, `person${persons}@partner.example`]
      password ??= hashPassword(testPassword)
      const hash = await password
      const given = role === undefined ? roles : [role]
      await database.inTenant(partnerId, async (tx, now) => {
        await tx.run(sql`insert into members (partner_id, id, login, name, mobile, email, mobile_verified, email_verified, roles, custom_role_ids, role_since, extra_permissions, removed_permissions, director_id, language, state, created_at)
          values (${partnerId}, ${id}, ${login}, ${name}, ${hasMobile ? mobile : null}, ${hasEmail ? email : null}, ${hasMobile}, ${hasEmail}, ${list(given)}::text[], ${list(customRoleIds)}::uuid[], ${json(Object.fromEntries([...given, ...customRoleIds].map((key) => [key, now.toISOString()])))}, ${list(extra)}::text[], ${list(removed)}::text[], ${directorId ?? null}, ${language}, 'ACTIVE', ${now})`)
        await tx.run(sql`insert into logins (account, login, password_hash, partner_id, member_id, password_set_at) select account, ${login}, ${hash}, id, ${id}::uuid, ${now}::timestamptz from partners where id = ${partnerId}`)
      })
      return { id, login, mobile, email, name, password: testPassword }
    },
    async signIn({ partnerId, memberId }: Given<'signIn'>) {
      const { token } = await database.inTenant(partnerId, (tx, now) => startSession(tx, now, partnerId, memberId, { id: randomUUID(), address: '127.0.0.1', agent: 'e2e', locale: 'en-US' }))
      return { token }
    },
    endSessions: ({ partnerId }: Given<'endSessions'>) => database.inTenant(partnerId, (tx) => tx.run(sql`delete from sessions where partner_id = ${partnerId}`)),
    referral: ({ partnerId, customerId }: Given<'referral'>) => database.inTenant(partnerId, (tx) => tx.run(sql`update customers set association_type = 'REFERRAL' where partner_id = ${partnerId} and id = ${customerId}`)),
    async customer(given: Given<'customer'>) {
      numbers += 1
      const [id, number] = [randomUUID(), String(numbers)]
      const { partnerId, name = `云海科技有限公司${numbers % 1000}`, accountName = `yunhai_${numbers % 100_000}`, mobile = `+86139${String(numbers).slice(-8)}`, email = `buyer${numbers}@customer.example`, type, state, managerId, tag, associatedDaysAgo } = given
      await database.inTenant(partnerId, async (tx, now) => {
        const [accounts] = await openCustomerAccounts(tx, partnerId, [id])
        if (!accounts) throw new Error('no accounts were opened')
        const at = new Date(now.getTime() - associatedDaysAgo * 86_400_000)
        await tx.run(sql`insert into customers (partner_id, id, number, name, account_name, mobile, email, language, association_type, associated_at, manager_id, tag, state, freeze_cause, month_expenditure, held, unsettled, arrears, budget_used, account_id, own_account_id)
          values (${partnerId}, ${id}, ${number}, ${name}, ${accountName}, ${mobile}, ${email}, 'zh-CN', ${type}, ${at}, ${managerId ?? null}, ${tag}, ${state}, ${state === 'NORMAL' ? null : 'MANUAL'}, 0, 0, 0, 0, 0, ${accounts.accountId}, ${accounts.ownAccountId})`)
      })
      return { id, number, name, accountName, mobile, email }
    },
  }
}

function inviting(database: Database) {
  return {
    async failedInvitation({ partnerId, cause, kind, undelivered }: Given<'failedInvitation'>) {
      numbers += 1
      const [id, prospectId, messageId, number] = [randomUUID(), kind === 'MAIL' ? randomUUID() : null, undelivered ? randomUUID() : null, `INV${numbers}`]
      const [mobile, email] = [`+86137${String(numbers).slice(-8)}`, `lead${numbers}@customer.example`]
      await database.inTenant(partnerId, async (tx, now) => {
        const [sent, end] = [-1, 6].map((days) => new Date(now.getTime() + days * 86_400_000))
        const [member] = await tx.rows<{ id: string }>(sql`select id from members where partner_id = ${partnerId} order by created_at, id limit 1`)
        if (prospectId) await tx.run(sql`insert into prospects (partner_id, id, name, mobile, email, state, cause, reporter_id, reported_at, expires_at, last_invitation_id)
          values (${partnerId}, ${prospectId}::uuid, '海岚数据有限公司', ${mobile}, ${email}, ${undelivered ? 'REPORTED' : 'ASSOCIATION_FAILED'}, ${cause ?? null}, ${member?.id ?? null}::uuid, ${sent}::timestamptz, ${end}::timestamptz, ${id}::uuid)`)
        if (messageId) await tx.run(sql`insert into messages (partner_id, id, kind, channel, to_masked, state, attempts, reason, at, due_at) values (${partnerId}, ${messageId}::uuid, 'IN-01', 'email', 'l***@customer.example', 'failed', 5, 'refused', ${sent}::timestamptz, ${sent}::timestamptz)`)
        await tx.run(sql`insert into invitations (partner_id, id, number, kind, association_type, prospect_id, message_id, name, mobile, email, inviter_id, sent_at, expires_at, state, cause, opened_at)
          values (${partnerId}, ${id}, ${number}, ${kind}, 'RESALE', ${prospectId}::uuid, ${messageId}::uuid, '海岚数据有限公司', ${mobile}, ${email}, ${member?.id ?? null}::uuid, ${sent}::timestamptz, ${kind === 'MAIL' ? end : null}::timestamptz, ${undelivered ? 'SENT' : 'FAILED'}, ${cause ?? null}, ${undelivered ? null : sent}::timestamptz)`)
      })
      return { id, number, mobile, email }
    },
  }
}

function cloudAccounts(database: Database) {
  return {
    async account({ facts, daysOld }: Given<'account'>) {
      numbers += 1
      const [id, name, mobile] = [randomUUID(), `cloud_${numbers % 1_000_000}`, `+86135${String(numbers).slice(-8)}`]
      password ??= hashPassword(testPassword)
      const hash = await password
      await database.inGlobal((tx, now) => tx.run(sql`insert into cloud_accounts (id, name, mobile, language, password_hash, registered_at, facts)
        values (${id}::uuid, ${name}, ${mobile}, 'en-US', ${hash}, ${new Date(now.getTime() - daysOld * 86_400_000)}::timestamptz, ${list(facts)}::text[])`))
      return { id, name, mobile, password: testPassword }
    },
    factsOfAccount: ({ id, facts }: Given<'factsOfAccount'>) => database.inGlobal((tx) => tx.run(sql`update cloud_accounts set facts = ${list(facts)}::text[] where id = ${id}::uuid`)),
  }
}

function money(database: Database) {
  const posting = (partnerId: string, at: Date, amount: Amount) => ({ books: { partnerId, timeZone }, requestId: 'e2e', reason: 'e2e', at, amount: toMinor(amount) })
  return {
    topUp: ({ partnerId, amount }: Given<'topUp'>) => database.inTenant(partnerId, (tx, now) => topUp(tx, posting(partnerId, now, amount))),
    credit: async ({ partnerId, amount }: Given<'credit'>) => void (await database.inTenant(partnerId, (tx) => setCreditLimit(tx, partnerId, toMinor(amount)))),
    consumed: ({ partnerId, customerId, amount }: Given<'consumed'>) => database.inTenant(partnerId, (tx, now) => consume(tx, now, { ...posting(partnerId, now, amount), customerId })),
    ownTopUp: ({ partnerId, customerId, amount }: Given<'ownTopUp'>) => database.inTenant(partnerId, (tx, now) => customerTopUp(tx, { ...posting(partnerId, now, amount), customerId })),
    facts: ({ partnerId, customerId, held, unsettled, arrears }: Given<'facts'>) => database.inTenant(partnerId, (tx) =>
      setCustomerFacts(tx, partnerId, customerId, { ...(held && { held: toMinor(held) }), ...(unsettled && { unsettled: toMinor(unsettled) }), ...(arrears && { arrears: toMinor(arrears) }) })),
    issued: ({ partnerId, quota: number, customerIds, amount, remark }: Given<'issued'>) => database.inTenant(partnerId, async (tx, now) => {
      const [found] = await tx.rows<{ id: string; memberId: string; validTo: Date }>(sql`select q.id, q.valid_to as "validTo", (select m.id from members m where m.partner_id = q.partner_id order by m.created_at, m.id limit 1) as "memberId" from coupon_quotas q where q.partner_id = ${partnerId} and q.number = ${number}`)
      const { quotas, moment } = await lockQuotas(tx, now, partnerId, found ? [found.id] : [])
      const quota = found && quotas.get(found.id)
      if (!found || !quota) throw new Error(`no quota ${number}`)
      return issueFrom(tx, {
        books: { partnerId, timeZone }, by: { actorId: found.memberId, proofId: null, keyHash: null, requestId: 'e2e', confirmedBy: 'click', reason: 'e2e' }, at: moment, quota, customerIds, remark,
        terms: { faceValue: toMinor(amount), minOrder: 0n, maxShare: quota.kind === 'DELIVERY' ? 100 : null, products: [], orderTypes: [], validUntil: found.validTo },
      })
    }),
    allocated: ({ partnerId, customerId, from, amount }: Given<'allocated'>) => database.inTenant(partnerId, async (tx, now) => {
      const [member] = await tx.rows<{ id: string }>(sql`select id from members where partner_id = ${partnerId} order by created_at, id limit 1`)
      const [customer] = await tx.rows<{ account_id: string }>(sql`select account_id from customers where partner_id = ${partnerId} and id = ${customerId} for no key update`)
      if (!member || !customer) throw new Error('no member or no customer')
      const accounts = await readAccounts(tx, partnerId, [from], [customer.account_id])
      const { adjustments } = await allocate(tx, {
        books: { partnerId, timeZone }, by: { actorId: member.id, proofId: null, keyHash: null, requestId: 'e2e', confirmedBy: 'click', reason: 'e2e' }, at: now, isBatch: false, accounts,
        from: accounts.partner(from), rows: [{ customerId, accountId: customer.account_id, amount: toMinor(amount) }],
      })
      return { number: adjustments[0]?.number ?? '' }
    }),
  }
}

function surroundings(database: Database, { letters, outbox, travel, operator }: Around) {
  return {
    operator: ({ words, reason }: Given<'operator'>) => operator([...words, ...(reason === null ? [] : ['--operator', 'vendor.li', '--reason', reason])]),
    async mySignIn({ partnerId, customerId }: Given<'mySignIn'>) {
      password ??= hashPassword(testPassword)
      const hash = await password
      const done = await database.inGlobal((tx) => tx.run(sql`update cloud_accounts set password_hash = ${hash} where id = ${customerId}::uuid and partner_id = ${partnerId}::uuid`))
      if (done === 0) throw new Error('no account of this customer')
      return { password: testPassword }
    },
    /** Everything a test may want to compare the page with: balances, adjustment records, the operation log. */
    state: ({ partnerId }: Given<'state'>) => database.inTenant(partnerId, async (tx) => {
      const accounts = await tx.rows<{ kind: string; ownerId: string | null; balance: bigint }>(sql`select kind, owner_id as "ownerId", balance from accounts where partner_id = ${partnerId}`)
      const adjustments = await tx.rows<{ number: string; batchNumber: string | null; customerId: string; kind: string; amount: bigint }>(sql`select number, batch_number as "batchNumber", customer_id as "customerId", kind, amount from adjustments where partner_id = ${partnerId} order by seq`)
      const log = await tx.rows<{ operation: string; result: string; confirmedBy: string; customerId: string | null; amount: bigint | null; details: unknown }>(sql`select operation, result, confirmed_by as "confirmedBy", customer_id as "customerId", amount, details from log_entries where partner_id = ${partnerId} order by seq`)
      const lots = await tx.rows<{ number: string; customerId: string; remaining: bigint }>(sql`select number, customer_id as "customerId", remaining from lots where partner_id = ${partnerId} order by seq`)
      return {
        accounts: accounts.map((account) => ({ ...account, balance: fromMinor(account.balance) })),
        adjustments: adjustments.map((one) => ({ ...one, amount: fromMinor(one.amount) })),
        lots: lots.map((lot) => ({ ...lot, remaining: fromMinor(lot.remaining) })),
        log: log.map((entry) => ({ ...entry, amount: entry.amount === null ? null : fromMinor(entry.amount), details: JSON.stringify(entry.details) })),
      }
    }),
    round: ({ partnerId, job }: Given<'round'>) => database.inTenant(partnerId, (tx) => tx.job(job, {})),
    mismatches: async ({ partnerId }: Given<'mismatches'>) => (await database.inTenant(partnerId, (tx) => findMismatches(tx))).map((one) => ({ ...one, difference: String(one.difference) })),
    mail: async ({ to }: Given<'mail'>) => letters.filter((letter) => letter.to.includes(to)).map((letter) => textOfLetter(letter.source)),
    phone: async ({ to }: Given<'phone'>) => outbox.newest(to).map((message) => message.text),
    travel: async ({ seconds }: Given<'travel'>) => travel(seconds),
  }
}
