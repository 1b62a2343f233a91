import { randomUUID } from 'node:crypto'
import * as z from 'zod/mini'
import { AccountName } from '#contract/acceptance.ts'
import { Locale } from '#contract/people.ts'
import { hashPassword } from '#server/auth/password.ts'
import { whyWeakPassword } from '#server/auth/password-rules.ts'
import { list, sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { AssociationType } from '#contract/customers.ts'
import { command, CommandRefused } from './command.ts'
import { logBy, type Desk } from './desk.ts'
import { AccountName as AnyAccountName, CompanyName, Email, Mobile, Name, oneOf } from './fields.ts'

/** What the vendor knows of an account. Each keeps it from being reported or associated in some way; cloud_accounts_facts lists the same. */
const accountFacts = [
  'CASH_SPEND', 'UNPAID_BILLS', 'CREDIT_ACCOUNT', 'ENTERPRISE_MEMBERS', 'RESERVED_INSTANCES', 'SERVICE_CONTRACT', 'SPECIAL_CONTRACT', 'IS_PARTNER', 'VENDOR_INTERNAL', 'CONSUMER_CLOUD', 'REPORTED_BY_VENDOR', 'REWARD_PROGRAM',
  'OTHER_SITE', 'VENDOR_CONTRACT', 'ENTERPRISE_MEMBER', 'FOLLOWED_BY_SALES', 'OWNED_BY_VENDOR_SALES', 'OTHER_COUNTRY',
] as const
const Facts = z.optional(z.array(oneOf(accountFacts)))
const Day = z.iso.date('is a day as YYYY-MM-DD')
const shared = { mobile: z.optional(Mobile), email: z.optional(Email), language: z.optional(oneOf(Locale.options)), registered: z.optional(Day), fact: Facts, kind: z.optional(oneOf(['personal', 'enterprise'])), company: z.optional(CompanyName), 'member-of': z.optional(AnyAccountName), 'password-stdin': z.optional(z.boolean()) }
const options = {
  mobile: { value: '<number>', hint: 'verified: codes go there' }, email: { value: '<address>', hint: 'for messages' }, language: { value: '<language>', hint: `of messages: ${Locale.options.join(', ')} (zh-CN)` },
  registered: { value: '<day>', hint: 'YYYY-MM-DD, when the account was registered' }, fact: { value: '<fact>', hint: accountFacts.join(', '), isList: true as const }, kind: { value: '<kind>', hint: 'personal or enterprise (enterprise); only a personal account becomes a project specialist' },
  company: { value: '<name>', hint: 'of an enterprise: its name, by which partners may know it' }, 'member-of': { value: '<account>', hint: 'the enterprise master account that it is a member of; its own name: none' },
  'password-stdin': { hint: 'takes the password from standard input; without one nobody can sign in' },
}

const create = command({
  name: 'account:create',
  summary: "Makes a customer's account at the vendor that is nobody's customer yet, so that no partner's log tells of it.",
  isLogged: false,
  options: { name: { value: '<name>', hint: 'to sign in with: a letter, then 4 to 31 letters, digits, dots, hyphens or underscores' }, ...options },
  input: z.strictObject({ name: z.pipe(z.string('is needed'), AccountName), ...shared }),
  async run({ name, ...input }, desk) {
    const hash = await passwordOf(desk, input['password-stdin'])
    await desk.database.inGlobal(async (tx, now) => {
      await refuseTaken(tx, name)
      const master = await masterOf(tx, name, input['member-of'])
      await tx.run(sql`insert into cloud_accounts (id, name, mobile, email, language, password_hash, registered_at, facts, is_personal, company, master_id)
        values (${randomUUID()}::uuid, ${name}, ${input.mobile ?? null}::text, ${input.email ?? null}::text, ${input.language ?? 'zh-CN'}, ${hash ?? null}::text, ${dayOf(input.registered) ?? now}::timestamptz, ${list([...new Set(input.fact)])}::text[], ${input.kind === 'personal'}, ${input.company ?? null}::text, ${master ?? null}::uuid)`)
    })
    desk.print(`Account ${name} made.`)
  },
})

const set = command({
  name: 'account:set',
  summary: "Changes an account at the vendor: contacts, facts, the day it was registered, its password. Of a partner's customer it is logged there; a new password ends its sign-ins.",
  options: { name: { value: '<name>', hint: 'of the account' }, ...options, 'no-fact': { value: '<fact>', hint: 'takes a fact away', isList: true } },
  input: z.strictObject({ name: AnyAccountName, ...shared, 'no-fact': Facts }),
  async run({ name, ...input }, desk) {
    if (Object.values(input).every((value) => value === undefined)) throw new CommandRefused('Nothing to change was given.')
    const [account] = await desk.database.inGlobal((tx) => tx.rows<{ id: string; partnerId: string | null }>(sql`
      select id, partner_id as "partnerId" from cloud_accounts where name_key = lower(normalize(${name}, NFKC)) order by password_hash is null, registered_at limit 1`))
    if (!account) throw new CommandRefused(`There is no account ${name}.`)
    const { partnerId } = account
    const hash = await passwordOf(desk, input['password-stdin'])
    await desk.database.inTenant(partnerId === null ? [] : [partnerId], async (tx, now) => {
      if (hash) await refuseTaken(tx, name, account.id)
      const master = await masterOf(tx, name, input['member-of'])
      await tx.run(sql`update cloud_accounts set mobile = coalesce(${input.mobile ?? null}::text, mobile), email = coalesce(${input.email ?? null}::text, email), language = coalesce(${input.language ?? null}::text, language),
          registered_at = coalesce(${dayOf(input.registered) ?? null}::timestamptz, registered_at), password_hash = coalesce(${hash ?? null}::text, password_hash), is_personal = coalesce(${input.kind === undefined ? null : input.kind === 'personal'}::boolean, is_personal),
          company = coalesce(${input.company ?? null}::text, company), master_id = case when ${master !== undefined}::boolean then ${master ?? null}::uuid else master_id end,
          facts = array(select f from unnest(facts || ${list(input.fact ?? [])}::text[]) f where f <> all(${list(input['no-fact'] ?? [])}::text[]) group by f order by f)
        where id = ${account.id}`)
      if (hash) await tx.run(sql`delete from customer_sessions where account_id = ${account.id}`)
      if (partnerId === null) return
      if (input.mobile ?? input.email) await tx.run(sql`update customers set mobile = coalesce(${input.mobile ?? null}::text, mobile), email = coalesce(${input.email ?? null}::text, email) where partner_id = ${partnerId} and id = ${account.id}`)
      const changed = Object.entries(input).flatMap(([key, value]) => (value === undefined ? [] : [key])).join(', ')
      await logBy(desk, tx, now, partnerId, [{ operation: 'customer.changed', objectKind: 'account', customerId: account.id, details: { changed } }])
    })
    desk.print(`Account ${name} changed.`)
  },
})

const createActivity = command({
  name: 'activity:create',
  summary: 'Makes an activity: for its time every partner that may win customers can make links to it.',
  isLogged: false,
  options: {
    name: { value: '<name>', hint: 'as partners see it' }, type: { value: '<type>', hint: AssociationType.options.join(', ') },
    from: { value: '<day>', hint: 'first day, YYYY-MM-DD, in mainland China' }, to: { value: '<day>', hint: 'last day, included' },
  },
  input: z.strictObject({ name: Name, type: oneOf(AssociationType.options), from: Day, to: Day }),
  async run({ name, type, from, to }, desk) {
    if (to < from) throw new CommandRefused('--to: is before --from')
    const id = randomUUID()
    await desk.database.inGlobal((tx, now) => tx.run(sql`insert into activities (id, name, association_type, starts_at, ends_at, created_at)
      values (${id}::uuid, ${name}, ${type}, ${dayOf(from)}::timestamptz, ${dayOf(to, 1)}::timestamptz, ${now}::timestamptz)`))
    desk.print(`Activity ${name} made, from ${from} to ${to}.`)
  },
})

/** The vendor's days are those of mainland China, which knows no summer time. */
const dayOf = (day: string | undefined, later = 0): Date | undefined => (day === undefined ? undefined : new Date(new Date(`${day}T00:00:00+08:00`).getTime() + later * 86_400_000))

/** @returns the id of the master account; null: a member of nobody; undefined: nothing is said of it. Enterprises have one level: a master is nobody's member, and a member nobody's master. */
async function masterOf(tx: Tx, name: string, master: string | undefined): Promise<string | null | undefined> {
  if (master === undefined) return undefined
  if (master.toLowerCase() === name.toLowerCase()) return null
  const [found] = await tx.rows<{ id: string; isMember: boolean }>(sql`select id, master_id is not null as "isMember" from cloud_accounts where name_key = lower(normalize(${master}, NFKC)) order by password_hash is null, registered_at limit 1`)
  if (!found) throw new CommandRefused(`There is no account ${master}.`)
  const [below] = await tx.rows(sql`select 1 from cloud_accounts m join cloud_accounts a on a.master_id = m.id where m.name_key = lower(normalize(${name}, NFKC)) limit 1`)
  if (found.isMember || below) throw new CommandRefused(`${found.isMember ? master : name} is a ${found.isMember ? 'member of an enterprise itself' : 'master account with members'}.`)
  return found.id
}

/** Among the accounts that somebody can sign in to, names are unique. */
async function refuseTaken(tx: Tx, name: string, but = ''): Promise<void> {
  const [taken] = await tx.rows(sql`select 1 from cloud_accounts where name_key = lower(normalize(${name}, NFKC)) and password_hash is not null and id::text <> ${but}`)
  if (taken) throw new CommandRefused(`There is an account ${name} already.`)
}

async function passwordOf(desk: Desk, isGiven: boolean | undefined): Promise<string | undefined> {
  if (!isGiven) return undefined
  const password = await desk.readInput()
  if (await whyWeakPassword(password)) throw new CommandRefused('A password has 8 to 128 characters and is not a common one.')
  return await hashPassword(password)
}

export const accountCommands = [create, set, createActivity]
