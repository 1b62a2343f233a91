import { randomBytes, randomUUID } from 'node:crypto'
import * as z from 'zod/mini'
import { Locale, Permission, Role } from '#contract/people.ts'
import { hashPassword } from '#server/auth/password.ts'
import { whyWeakPassword } from '#server/auth/password-rules.ts'
import { createSetUp } from '#server/auth/set-up.ts'
import { list, sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { LogFacts } from '#server/http/context.ts'
import { maskEmail, maskName } from '#server/masking/mask.ts'
import { administratorMails } from '#server/messages/administrators.ts'
import { enqueueNotices } from '#server/messages/enqueue.ts'
import { command, CommandRefused } from './command.ts'
import { change, findActive, findMember, findPartner, signInName, type Desk, type MemberRow, type PartnerRow } from './desk.ts'
import { Account, Email, Login, Mobile, Name, oneOf } from './fields.ts'
import { setUpLife } from '#server/limits.ts'
import { changeRights } from './member-rules.ts'

const who = { partner: { value: '<account>', hint: 'which partner' }, member: { value: '<login>', hint: 'the login name; left out: the master account' } }
const permissions = z.optional(z.array(oneOf(Permission.options)))
const roles = oneOf(Role.options)
const contacts = {
  mobile: { value: '<number>', hint: 'for codes; a new one counts as not verified' }, email: { value: '<address>', hint: 'for codes and notices; a new one counts as not verified' },
  'verified-mobile': { hint: 'the mobile was checked, codes may go there' }, 'verified-email': { hint: 'the address was checked, codes may go there' },
}
const shared = {
  partner: Account, member: z.optional(Login), mobile: z.optional(Mobile), email: z.optional(Email), 'verified-mobile': z.optional(z.boolean()), 'verified-email': z.optional(z.boolean()),
  director: z.optional(Login), language: z.optional(oneOf(Locale.options)), 'password-stdin': z.optional(z.boolean()),
}
const more = {
  director: { value: '<login>', hint: 'of an account manager' }, language: { value: '<language>', hint: `of messages: ${Locale.options.join(', ')}` },
  'password-stdin': { hint: 'takes the password from standard input instead of making a set-up link' },
}

const create = command({
  name: 'member:create',
  summary: 'Makes somebody who can sign in. Without --member it is the master account, which must be an administrator. Prints a link, once, under which the person sets the password: an administrator within 30 minutes, others within a day.',
  options: { ...who, name: { value: '<name>', hint: 'of the person' }, role: { value: '<role>', hint: Role.options.join(', ') }, ...contacts, permission: { value: '<item>', hint: 'besides what the role has', isList: true }, ...more },
  input: z.strictObject({ ...shared, name: Name, role: roles, permission: permissions }),
  async run({ partner: account, member: login = '', ...input }, desk) {
    if (input.mobile === undefined && input.email === undefined) throw new CommandRefused('A member needs --mobile or --email.')
    if ((input['verified-mobile'] && !input.mobile) || (input['verified-email'] && !input.email)) throw new CommandRefused('Only a contact that is given can be verified.')
    if (login === '' && input.role !== 'administrator') throw new CommandRefused('The master account is an administrator.')
    const rights = changeRights(input.role, { extra: [], removed: [] }, input.permission ?? [], [])
    if (typeof rights === 'string') throw new CommandRefused(rights)
    const partner = await findPartner(desk, account)
    const hash = await newPassword(desk, input['password-stdin'] === true)
    await change(desk, partner.id, async (tx, now) => {
      const id = randomUUID()
      const director = await directorOf(tx, partner, input.role, input.director)
      const made = await tx.run(sql`insert into members (partner_id, id, login, name, mobile, email, mobile_verified, email_verified, role, extra_permissions, removed_permissions, director_id, language, state, created_at)
        values (${partner.id}::uuid, ${id}::uuid, ${login}, ${input.name}, ${input.mobile ?? null}::text, ${input.email ?? null}::text, ${input['verified-mobile'] === true}::boolean, ${input['verified-email'] === true}::boolean,
          ${input.role}, ${list(rights.extra)}::text[], '{}', ${director}::uuid, ${input.language ?? 'zh-CN'}, 'ACTIVE', ${now}::timestamptz) on conflict (partner_id, login) do nothing`)
      if (made === 0) throw new CommandRefused(`${signInName(account, login)} exists already.`)
      await tx.run(sql`insert into logins (account, login, password_hash, partner_id, member_id) values (${account}, ${login}, ${hash}, ${partner.id}::uuid, ${id}::uuid)`)
      const link = input['password-stdin'] ? '' : await setUpLink(desk, tx, now, partner, id, input.role === 'administrator' ? setUpLife.administrator : setUpLife.member)
      return { log: [facts('member.created', login, { role: input.role, member: maskName(input.name) })], say: `${signInName(account, login)} made.${link}` }
    })
  },
})

const set = command({
  name: 'member:set',
  summary: 'Changes a member. Rights count from the next request on; a disabled member and one with a new password, role, mobile or address are signed out.',
  options: {
    ...who, name: { value: '<name>', hint: 'of the person' }, role: { value: '<role>', hint: `${Role.options.join(', ')}; clears what was added or taken before` }, state: { value: '<state>', hint: 'ACTIVE or DISABLED' },
    'add-permission': { value: '<item>', hint: 'gives it', isList: true }, 'remove-permission': { value: '<item>', hint: 'takes it away', isList: true }, ...contacts, ...more, 'new-password': { hint: 'ends the old password and prints a link, once, under which the person sets a new one within 30 minutes' },
  },
  input: z.strictObject({ ...shared, name: z.optional(Name), role: z.optional(roles), state: z.optional(oneOf(['ACTIVE', 'DISABLED'])), 'add-permission': permissions, 'remove-permission': permissions, 'new-password': z.optional(z.boolean()) }),
  async run({ partner: account, member: login = '', ...input }, desk) {
    if (Object.values(input).every((value) => value === undefined)) throw new CommandRefused('Nothing to change was given.')
    const partner = await findPartner(desk, account)
    const password = input['new-password'] || input['password-stdin'] ? await newPassword(desk, input['password-stdin'] === true) : undefined
    await change(desk, partner.id, async (tx, now) => {
      const member = await findMember(tx, partner, login)
      const role = input.role ?? member.role
      await refuseLastAdministrator(tx, partner, member, role, input.state ?? member.state)
      const rights = changeRights(role, input.role === undefined ? member : { extra: [], removed: [] }, input['add-permission'] ?? [], input['remove-permission'] ?? [])
      if (typeof rights === 'string') throw new CommandRefused(rights)
      if ((input['verified-mobile'] && !(input.mobile ?? member.mobile)) || (input['verified-email'] && !(input.email ?? member.email))) throw new CommandRefused('There is no such contact to verify.')
      const director = input.director === undefined && input.role === undefined ? undefined : await directorOf(tx, partner, role, input.director)
      await tx.run(sql`update members set name = coalesce(${input.name ?? null}::text, name), role = ${role}, state = coalesce(${input.state ?? null}::text, state), language = coalesce(${input.language ?? null}::text, language),
          mobile_verified = case when ${input['verified-mobile'] === true}::boolean then true when ${input.mobile ?? null}::text <> mobile then false else mobile_verified end,
          email_verified = case when ${input['verified-email'] === true}::boolean then true when ${input.email ?? null}::text <> email then false else email_verified end,
          mobile = coalesce(${input.mobile ?? null}::text, mobile), email = coalesce(${input.email ?? null}::text, email),
          extra_permissions = ${list(rights.extra)}::text[], removed_permissions = ${list(rights.removed)}::text[], director_id = case when ${director !== undefined}::boolean then ${director ?? null}::uuid else director_id end
        where partner_id = ${partner.id}::uuid and id = ${member.id}::uuid`)
      if (password) await tx.run(sql`update logins set password_hash = ${password} where account = ${account} and login = ${login}`)
      const isNew = (field: 'role' | 'mobile' | 'email') => input[field] !== undefined && input[field] !== member[field]
      if (password || input.state === 'DISABLED' || isNew('role') || isNew('mobile') || isNew('email')) await signOut(tx, partner.id, member.id)
      const changed = Object.entries(input).flatMap(([name, value]) => (value === undefined ? [] : [name])).join(', ')
      const link = input['new-password'] ? await setUpLink(desk, tx, now, partner, member.id, setUpLife.reset) : ''
      return { log: [facts('member.changed', login, { changed, role, state: input.state ?? member.state, member: maskName(member.name) })], say: `${signInName(account, login)} changed.${link}` }
    })
  },
})

const unlock = command({
  name: 'member:unlock',
  summary: "Ends the lock of a member's verification and starts the counting of wrong codes anew. The member and the administrators are told by mail.",
  options: who,
  input: z.strictObject({ partner: Account, member: z.optional(Login) }),
  async run({ partner: account, member: login = '' }, desk) {
    const partner = await findPartner(desk, account)
    desk.prepareMessages()
    await change(desk, partner.id, async (tx, now) => {
      const member = await findMember(tx, partner, login)
      const ended = await tx.run(sql`update verification_guards set locked_until = null, hour_from = ${now}::timestamptz, day_from = ${now}::timestamptz
        where partner_id = ${partner.id}::uuid and member_id = ${member.id}::uuid and locked_until > ${now}::timestamptz`)
      if (ended === 0) throw new CommandRefused(`The verification of ${signInName(account, login)} is not locked.`)
      const recipients = await administratorMails(tx, partner.id, member.id)
      await enqueueNotices(tx, now, recipients.map(({ email, language }) => ({
        partnerId: partner.id, kind: 'PR-05', channel: 'email', to: email, toMasked: maskEmail(email), locale: language,
        params: { state: 'unlocked', person: maskName(member.name), by: maskName(desk.operator), at: now, timeZone: partner.timeZone },
      })))
      return { log: [facts('verification.unlocked', login, { member: maskName(member.name) })], say: `${signInName(account, login)} can confirm again.` }
    })
  },
})

/** Whoever is somebody else now, or is reached elsewhere, signs in anew, and nothing that waits for a code can still be confirmed. */
async function signOut(tx: Tx, partnerId: string, memberId: string): Promise<void> {
  await tx.run(sql`delete from sessions where partner_id = ${partnerId}::uuid and member_id = ${memberId}::uuid`)
  await tx.run(sql`update proofs set state = 'void', code_mac = null where partner_id = ${partnerId}::uuid and member_id = ${memberId}::uuid and state in ('open','passed')`)
}

const facts = (operation: LogFacts['operation'], login: string, details: NonNullable<LogFacts['details']>): LogFacts => ({ operation, objectKind: 'member', ...(login !== '' && { objectNumber: login }), details })

async function directorOf(tx: Tx, partner: PartnerRow, role: Role, director: string | undefined): Promise<string | null> {
  if (director === undefined) return null
  if (role !== 'manager') throw new CommandRefused('Only an account manager has a director.')
  return await findActive(tx, partner, director, 'director')
}

/** Two who demote the last two administrators queue at the partner's row. */
async function refuseLastAdministrator(tx: Tx, partner: PartnerRow, member: MemberRow, role: Role, state: string): Promise<void> {
  if (member.role !== 'administrator' || (role === 'administrator' && state === 'ACTIVE')) return
  if (member.login === '') throw new CommandRefused('The master account stays an administrator and active.')
  await tx.rows(sql`select 1 from partners where id = ${partner.id}::uuid for no key update`)
  const [others] = await tx.rows<{ count: number }>(sql`select count(*)::int as count from members where partner_id = ${partner.id}::uuid and role = 'administrator' and state = 'ACTIVE' and id <> ${member.id}::uuid`)
  if (others?.count === 0) throw new CommandRefused('This is the last administrator.')
}

/** Without a given password the account gets one that nobody knows, until the link has been used. */
async function newPassword(desk: Desk, isGiven: boolean): Promise<string> {
  if (!isGiven) return await hashPassword(randomBytes(32).toString('base64url'))
  const password = await desk.readInput()
  if (await whyWeakPassword(password)) throw new CommandRefused('A password has 8 to 128 characters and is not a common one.')
  return await hashPassword(password)
}

async function setUpLink(desk: Desk, tx: Tx, now: Date, partner: PartnerRow, memberId: string, lifeSeconds: number): Promise<string> {
  const token = await createSetUp(tx, now, partner.id, memberId, lifeSeconds)
  return ` Set-up link, shown only now, valid ${lifeSeconds / 60} minutes: ${desk.publicUrl}/set-up#${token}`
}

export const memberCommands = [create, set, unlock]
