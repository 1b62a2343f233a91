import { randomUUID } from 'node:crypto'
import * as z from 'zod/mini'
import { AccountState, AssociationType, FreezeCause } from '#contract/customers.ts'
import { Locale } from '#contract/people.ts'
import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { openCustomerAccounts } from '#server/ledger/accounts.ts'
import { assign } from '#server/operations/assign.ts'
import { freeCustomerNumber } from '#server/operations/customer-number.ts'
import { command, CommandRefused } from './command.ts'
import { change, findActive, findCustomer, findPartner, type PartnerRow } from './desk.ts'
import { Account, AccountName, CompanyName, CustomerNumber, DayOrNone, Email, Login, Mobile, MoneyOrNone, oneOf, shown, Tag } from './fields.ts'

const budgetTypes = ['MONTHLY', 'ONE_TIME'] as const
const whenUsedUp = ['NOTHING', 'FREEZE_ACCOUNT', 'FREEZE_RESOURCES'] as const
const partnerOption = { partner: { value: '<account>', hint: 'which partner' } }

const create = command({
  name: 'customer:create',
  summary: 'Associates a customer with a partner. A resale customer starts frozen, as every newly associated one.',
  options: {
    ...partnerOption, name: { value: '<name>', hint: 'the company' }, 'account-name': { value: '<name>', hint: "of the customer's cloud account, 5 to 32 characters" }, type: { value: '<type>', hint: `${AssociationType.options.join(', ')} (RESALE)` },
    mobile: { value: '<number>', hint: 'may be missing' }, email: { value: '<address>', hint: 'may be missing' }, manager: { value: '<login>', hint: 'account manager; left out: unassigned' }, tag: { value: '<text>', hint: 'at most 64 characters' },
    language: { value: '<language>', hint: `of messages: ${Locale.options.join(', ')} (zh-CN)` }, number: { value: '<ID>', hint: 'ten digits; left out: a new one' }, unfrozen: { hint: 'starts in the normal state' },
  },
  input: z.strictObject({
    partner: Account, name: CompanyName, 'account-name': AccountName, type: z._default(oneOf(AssociationType.options), 'RESALE'), mobile: z.optional(Mobile), email: z.optional(Email), manager: z.optional(Login),
    tag: z._default(Tag, ''), language: z._default(oneOf(Locale.options), 'zh-CN'), number: z.optional(CustomerNumber), unfrozen: z.optional(z.boolean()),
  }),
  async run({ partner: account, ...input }, desk) {
    const partner = await findPartner(desk, account)
    if (input.type === 'RESALE' && partner.state === 'FROZEN') throw new CommandRefused(`${account} is frozen and gets no new resale customers.`)
    await change(desk, partner.id, async (tx, now) => {
      const id = randomUUID()
      const number = await freeNumber(tx, partner, input.number)
      const manager = input.manager === undefined ? null : await findActive(tx, partner, input.manager, 'manager')
      const [opened] = await openCustomerAccounts(tx, partner.id, [id])
      if (!opened) throw new Error('no accounts were opened')
      const isFrozen = input.type === 'RESALE' && input.unfrozen !== true
      await tx.run(sql`insert into customers (partner_id, id, number, name, account_name, mobile, email, language, association_type, associated_at, manager_id, tag, state, freeze_cause, frozen_at, month_expenditure, held, unsettled, arrears, budget_used, account_id, own_account_id)
        values (${partner.id}::uuid, ${id}::uuid, ${number}, ${input.name}, ${input['account-name']}, ${input.mobile ?? null}::text, ${input.email ?? null}::text, ${input.language}, ${input.type}, ${now}::timestamptz, ${manager}::uuid, ${input.tag},
          ${isFrozen ? 'ACCOUNT_FROZEN' : 'NORMAL'}, ${isFrozen ? 'NEW_ASSOCIATION' : null}::text, ${isFrozen ? now : null}::timestamptz, 0, 0, 0, 0, 0, ${opened.accountId}::uuid, ${opened.ownAccountId}::uuid)`)
      return {
        log: [{ operation: 'customer.created', objectKind: 'customer', objectNumber: number, customerId: id, details: { type: input.type, assigned: manager !== null } }],
        say: `Customer ${number} made for ${account}${isFrozen ? ', frozen until it is unfrozen' : ''}.`,
      }
    })
  },
})

const set = command({
  name: 'customer:set',
  summary: "Changes a customer: data, account manager, account state and the facts that only the vendor knows.",
  options: {
    ...partnerOption, customer: { value: '<ID>', hint: 'ten digits' }, name: { value: '<name>', hint: 'the company' }, mobile: { value: '<number>', hint: 'a new one' }, email: { value: '<address>', hint: 'a new one' },
    manager: { value: '<login>', hint: 'account manager' }, unassign: { hint: 'takes the account manager away' }, tag: { value: '<text>', hint: 'at most 64 characters' },
    state: { value: '<state>', hint: AccountState.options.join(', ') }, cause: { value: '<cause>', hint: `of a frozen state: ${FreezeCause.options.join(', ')} (PARTNER_STATE)` },
    'next-expiry': { value: '<day>', hint: 'when resources expire next, YYYY-MM-DD, or none' }, budget: { value: '<amount>', hint: '0 removes it' }, 'budget-type': { value: '<type>', hint: `${budgetTypes.join(', ')} (MONTHLY)` },
    'when-used-up': { value: '<what>', hint: `${whenUsedUp.join(', ')} (NOTHING)` },
  },
  input: z.strictObject({
    partner: Account, customer: CustomerNumber, name: z.optional(CompanyName), mobile: z.optional(Mobile), email: z.optional(Email), manager: z.optional(Login), unassign: z.optional(z.boolean()), tag: z.optional(Tag),
    state: z.optional(oneOf(AccountState.options)), cause: z.optional(oneOf(FreezeCause.options)), 'next-expiry': z.optional(DayOrNone), budget: z.optional(MoneyOrNone), 'budget-type': z.optional(oneOf(budgetTypes)), 'when-used-up': z.optional(oneOf(whenUsedUp)),
  }),
  async run({ partner: account, customer: number, ...input }, desk) {
    if (Object.values(input).every((value) => value === undefined)) throw new CommandRefused('Nothing to change was given.')
    if (input.manager !== undefined && input.unassign) throw new CommandRefused('Either --manager or --unassign.')
    if (input.cause !== undefined && (input.state === undefined || input.state === 'NORMAL')) throw new CommandRefused('A --cause belongs to a frozen --state.')
    if ((input['budget-type'] ?? input['when-used-up']) !== undefined && !input.budget) throw new CommandRefused('--budget-type and --when-used-up belong to a --budget.')
    const partner = await findPartner(desk, account)
    await change(desk, partner.id, async (tx, now) => {
      const customer = await findCustomer(tx, partner, number)
      if (customer.associationType === 'REFERRAL' && (input.state ?? input.budget) !== undefined) throw new CommandRefused(`Customer ${number} is a referral customer: it is neither frozen nor given a budget.`)
      const manager = input.manager === undefined ? null : await findActive(tx, partner, input.manager, 'manager')
      await tx.run(sql`update customers set name = coalesce(${input.name ?? null}::text, name), mobile = coalesce(${input.mobile ?? null}::text, mobile), email = coalesce(${input.email ?? null}::text, email), tag = coalesce(${input.tag ?? null}::text, tag)
        where partner_id = ${partner.id}::uuid and id = ${customer.id}::uuid`)
      if (input.unassign || manager !== null) await assign(tx, now, { partnerId: partner.id, customerIds: [customer.id], managerId: manager, by: 'vendor', memberId: null })
      if (input.state !== undefined) await setState(tx, partner, customer.id, input.state, input.cause, now)
      if (input['next-expiry'] !== undefined) await setExpiry(tx, partner, customer.id, input['next-expiry'])
      if (input.budget !== undefined) await setBudget(tx, partner, customer.id, input.budget, input['budget-type'], input['when-used-up'])
      const changed = Object.entries(input).flatMap(([name, value]) => (value === undefined ? [] : [name])).join(', ')
      return {
        log: [{
          operation: 'customer.changed', objectKind: 'customer', objectNumber: number, customerId: customer.id,
          details: { changed, ...(input.state && { before: customer.state, after: input.state }), ...(input.budget !== undefined && { budget: shown(input.budget) }), ...(input.manager !== undefined && { manager: input.manager }) },
        }],
        say: `Customer ${number} changed.`,
      }
    })
  },
})

async function freeNumber(tx: Tx, partner: PartnerRow, wanted: string | undefined): Promise<string> {
  if (wanted === undefined) return await freeCustomerNumber(tx, partner.id)
  const [taken] = await tx.rows(sql`select 1 from customers where partner_id = ${partner.id} and number = ${wanted}`)
  if (taken) throw new CommandRefused(`${partner.account} has a customer ${wanted} already.`)
  return wanted
}

async function setState(tx: Tx, partner: PartnerRow, id: string, state: AccountState, cause: FreezeCause = 'PARTNER_STATE', now: Date): Promise<void> {
  const isFrozen = state !== 'NORMAL'
  await tx.run(sql`update customers set state = ${state}, freeze_cause = ${isFrozen ? cause : null}::text, frozen_at = ${isFrozen ? now : null}::timestamptz where partner_id = ${partner.id}::uuid and id = ${id}::uuid`)
}

/** Resources expire at the end of the day in the partner's zone. */
async function setExpiry(tx: Tx, partner: PartnerRow, id: string, day: string): Promise<void> {
  await tx.run(sql`update customers set next_expiry = (${day === 'none' ? null : day}::date + 1)::timestamp at time zone ${partner.timeZone}::text - interval '1 second' where partner_id = ${partner.id}::uuid and id = ${id}::uuid`)
}

/** The budgets of a reseller's customers together stay within what its distributor granted for their kind. */
async function refuseBeyondQuota(tx: Tx, partner: PartnerRow, id: string, amount: bigint, type: 'MONTHLY' | 'ONE_TIME'): Promise<void> {
  const [row] = await tx.rows<{ quota: bigint | null }>(sql`select case when ${type} = 'MONTHLY' then monthly_quota else one_time_quota end as quota from partners where id = ${partner.id}::uuid for no key update`)
  if (row?.quota === null || row?.quota === undefined) return
  const [others] = await tx.rows<{ sum: bigint }>(sql`select coalesce(sum(budget_amount), 0)::bigint as sum from customers where partner_id = ${partner.id}::uuid and budget_type = ${type} and id <> ${id}::uuid`)
  const left = row.quota - (others?.sum ?? 0n)
  if (amount > left) throw new CommandRefused(`The quota of ${partner.account} leaves ${shown(left > 0n ? left : 0n)} for this budget.`)
}

/** A new budget replaces the old one at once; a monthly one counts what this month has cost already, a one-time one starts at zero. */
async function setBudget(tx: Tx, partner: PartnerRow, id: string, amount: bigint, type: 'MONTHLY' | 'ONE_TIME' = 'MONTHLY', then: (typeof whenUsedUp)[number] = 'NOTHING'): Promise<void> {
  const has = amount > 0n
  if (has) await refuseBeyondQuota(tx, partner, id, amount, type)
  await tx.run(sql`update customers set budget_type = ${has ? type : null}::text, budget_amount = ${has ? amount : null}::bigint, budget_used = case when ${has && type === 'MONTHLY'}::boolean then month_expenditure else 0 end,
    budget_when_used_up = ${has ? then : null}::text where partner_id = ${partner.id}::uuid and id = ${id}::uuid`)
}

export const customerCommands = [create, set]
