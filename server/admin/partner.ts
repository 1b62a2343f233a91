import { randomUUID } from 'node:crypto'
import * as z from 'zod/mini'
import { PartnerState, PartnerType } from '#contract/people.ts'
import { sql } from '#server/db/query.ts'
import type { LogFacts } from '#server/http/context.ts'
import type { Tx } from '#server/db/transaction.ts'
import { openPartnerAccounts } from '#server/ledger/accounts.ts'
import { maskEmail, maskName } from '#server/masking/mask.ts'
import { administratorMails } from '#server/messages/administrators.ts'
import { enqueueNotices } from '#server/messages/enqueue.ts'
import { command, CommandRefused } from './command.ts'
import { change, findPartner, type Desk, type PartnerRow } from './desk.ts'
import { Account, CompanyName, Email, Mobile, MoneyOrNone, Name, oneOf, Switch, TimeZone } from './fields.ts'

const types = oneOf(PartnerType.options)
const states = oneOf(PartnerState.options)
const ecosystem = {
  'ecosystem-name': { value: '<name>', hint: 'the ecosystem manager, shown on Home' },
  'ecosystem-mobile': { value: '<number>', hint: 'as above' },
  'ecosystem-email': { value: '<address>', hint: 'as above' },
}
const grants = {
  'may-develop': { value: 'on|off', hint: 'whether it may win customers: prospects, invitations, links' }, 'may-resell': { value: 'on|off', hint: 'whether its new customers may be resale ones' },
  'opportunity-incentive': { value: 'on|off', hint: 'whether a solution provider has the menu entry of the opportunity incentive' },
  'distributor-left': { value: 'on|off', hint: "whether a reseller's distributor left the program: no mail invitations any more" },
}
/** By a reseller's distributor, whose own page comes with the resellers. */
const quotas = { 'monthly-quota': { value: '<amount>', hint: 'of a reseller: what its monthly budgets may come to together' }, 'one-time-quota': { value: '<amount>', hint: 'of a reseller: as much for one-time budgets' } }
const quotasInput = { 'monthly-quota': z.optional(MoneyOrNone), 'one-time-quota': z.optional(MoneyOrNone) }
const grantsInput = { 'may-develop': z.optional(Switch), 'may-resell': z.optional(Switch), 'distributor-left': z.optional(Switch), 'opportunity-incentive': z.optional(Switch) }
const ecosystemInput = { 'ecosystem-name': z.optional(Name), 'ecosystem-mobile': z.optional(Mobile), 'ecosystem-email': z.optional(Email) }

const create = command({
  name: 'partner:create',
  summary: 'Makes a partner and its accounts, all at zero. Nobody can sign in before member:create made the master account.',
  options: {
    account: { value: '<name>', hint: 'what its people sign in with; never changes' }, name: { value: '<name>', hint: 'as shown' },
    type: { value: '<type>', hint: `${PartnerType.options.join(', ')} (CSP)` }, 'time-zone': { value: '<zone>', hint: 'IANA name (Asia/Shanghai)' },
    verification: { value: 'on|off', hint: 'whether sensitive operations ask for a code (on)' }, ...ecosystem,
  },
  input: z.strictObject({ account: Account, name: CompanyName, type: z._default(types, 'CSP'), 'time-zone': z._default(TimeZone, 'Asia/Shanghai'), verification: z.optional(Switch), ...ecosystemInput }),
  async run(input, desk) {
    const id = randomUUID()
    await change(desk, id, async (tx, now) => {
      const made = await tx.run(sql`insert into partners (id, account, name, type, state, verification_on, time_zone, ecosystem_name, ecosystem_mobile, ecosystem_email, created_at)
        values (${id}::uuid, ${input.account}, ${input.name}, ${input.type}, 'ACTIVE', ${input.verification ?? true}::boolean, ${input['time-zone']},
          ${input['ecosystem-name'] ?? null}::text, ${input['ecosystem-mobile'] ?? null}::text, ${input['ecosystem-email'] ?? null}::text, ${now}::timestamptz) on conflict (account) do nothing`)
      if (made === 0) throw new CommandRefused(`There is a partner ${input.account} already.`)
      await openPartnerAccounts(tx, id)
      return {
        log: [{ operation: 'partner.created', objectKind: 'partner', objectNumber: input.account, details: { type: input.type } }],
        say: `Partner ${input.account} made. Next: member:create --partner ${input.account} for its administrator.`,
      }
    })
  },
})

const set = command({
  name: 'partner:set',
  summary: 'Changes a partner. A new state counts at the next request, also for what a code was already sent for.',
  options: {
    partner: { value: '<account>', hint: 'which partner' }, name: { value: '<name>', hint: 'as shown' }, state: { value: '<state>', hint: PartnerState.options.join(', ') },
    verification: { value: 'on|off', hint: 'whether sensitive operations ask for a code; its administrators are told by mail' }, 'time-zone': { value: '<zone>', hint: 'IANA name' }, distributor: { value: '<account>', hint: 'of a reseller: the distributor that it belongs to, or none' }, ...quotas, ...grants, ...ecosystem,
  },
  input: z.strictObject({ partner: Account, name: z.optional(CompanyName), state: z.optional(states), verification: z.optional(Switch), 'time-zone': z.optional(TimeZone), distributor: z.optional(Account), ...quotasInput, ...grantsInput, ...ecosystemInput }),
  async run({ partner: account, ...input }, desk) {
    if (Object.values(input).every((value) => value === undefined)) throw new CommandRefused('Nothing to change was given.')
    const partner = await findPartner(desk, account)
    if ((input['monthly-quota'] ?? input['one-time-quota']) !== undefined && partner.type !== 'RESELLER') throw new CommandRefused(`${account} is no reseller: only resellers have budget quotas.`)
    const distributorId = await distributorOf(desk, partner, input.distributor)
    if (input.verification !== undefined) desk.prepareMessages()
    await change(desk, partner.id, async (tx, now) => {
      await tx.run(sql`update partners set name = coalesce(${input.name ?? null}::text, name), state = coalesce(${input.state ?? null}::text, state), time_zone = coalesce(${input['time-zone'] ?? null}::text, time_zone),
          ecosystem_name = coalesce(${input['ecosystem-name'] ?? null}::text, ecosystem_name), ecosystem_mobile = coalesce(${input['ecosystem-mobile'] ?? null}::text, ecosystem_mobile),
          ecosystem_email = coalesce(${input['ecosystem-email'] ?? null}::text, ecosystem_email), may_develop = coalesce(${input['may-develop'] ?? null}::boolean, may_develop),
          may_resell = coalesce(${input['may-resell'] ?? null}::boolean, may_resell), distributor_left = coalesce(${input['distributor-left'] ?? null}::boolean, distributor_left), opportunity_incentive = coalesce(${input['opportunity-incentive'] ?? null}::boolean, opportunity_incentive),
          distributor_id = case when ${distributorId !== undefined}::boolean then ${distributorId ?? null}::uuid else distributor_id end, monthly_quota = coalesce(${input['monthly-quota'] ?? null}::bigint, monthly_quota), one_time_quota = coalesce(${input['one-time-quota'] ?? null}::bigint, one_time_quota) where id = ${partner.id}::uuid`)
      if (input.state !== undefined) await keepLeaving(tx, now, partner.id, input.state === 'LEFT')
      const turned = input.verification === undefined ? false : await turn(tx, now, partner, input.verification, desk)
      const changed = Object.entries(input).flatMap(([name, value]) => (value === undefined || name === 'verification' ? [] : [name]))
      const log: LogFacts[] = [
        ...(changed.length > 0 ? [{ operation: 'partner.changed' as const, objectKind: 'partner' as const, objectNumber: account, details: { changed: changed.map((name) => grantOf(name, input)).join(', '), ...(input.state && { before: partner.state, after: input.state }) } }] : []),
        ...(turned ? [{ operation: input.verification === true ? 'verification.on' as const : 'verification.off' as const, objectKind: 'partner' as const, objectNumber: account }] : []),
      ]
      return { log, say: `Partner ${account} changed.` }
    })
  },
})

/** When a partner left the program: from then on it has a year to redeem incentives. */
const keepLeaving = (tx: Tx, now: Date, partnerId: string, hasLeft: boolean): Promise<number> => tx.run(sql`insert into payout_settings as s (partner_id, left_at) values (${partnerId}::uuid, ${hasLeft ? now : null}::timestamptz)
  on conflict (partner_id) do update set left_at = case when ${hasLeft}::boolean then coalesce(s.left_at, excluded.left_at) end`)

/** @returns the id of a reseller's new distributor; null: it has none any more; undefined: nothing is said of it. Quota that it has from an earlier one stays as it is. */
async function distributorOf(desk: Desk, partner: PartnerRow, account: string | undefined): Promise<string | null | undefined> {
  if (account === undefined) return undefined
  if (partner.type !== 'RESELLER') throw new CommandRefused(`${partner.account} is no reseller: only resellers have a distributor.`)
  if (account === 'none') return null
  const distributor = await findPartner(desk, account)
  if (distributor.type !== 'DISTRIBUTOR') throw new CommandRefused(`${account} is no distributor.`)
  return distributor.id
}

/** What a grant became stands in the log beside its name. */
const grantOf = (name: string, input: Partial<Record<keyof typeof grants, boolean | undefined>>): string => {
  const granted = Object.entries(input).find(([key]) => key === name && key in grants)?.[1]
  return granted === undefined ? name : `${name} ${granted ? 'on' : 'off'}`
}

/** Turns the switch and tells every administrator (PR-04). Questions that a click would have answered end when it is turned on. */
async function turn(tx: Tx, now: Date, partner: PartnerRow, on: boolean, { operator }: Desk): Promise<boolean> {
  const turned = await tx.run(sql`update partners set verification_on = ${on}::boolean where id = ${partner.id}::uuid and verification_on <> ${on}::boolean`)
  if (turned === 0) return false
  if (on) await tx.run(sql`update proofs set state = 'void' where partner_id = ${partner.id}::uuid and needs = 'click' and state in ('open', 'passed')`)
  const recipients = await administratorMails(tx, partner.id)
  await enqueueNotices(tx, now, recipients.map(({ email, language }) => ({
    partnerId: partner.id, kind: 'PR-04', channel: 'email', to: email, toMasked: maskEmail(email), locale: language,
    params: { state: on ? 'on' : 'off', by: maskName(operator), at: now, timeZone: partner.timeZone },
  })))
  return true
}

export const partnerCommands = [create, set]
