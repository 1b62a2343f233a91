import * as z from 'zod/mini'
import { Locale, Permission, Role } from '#contract/people.ts'
import { hasUnifiedId } from '#server/auth/identities.ts'
import { hashPassword } from '#server/auth/password.ts'
import { whyWeakPassword } from '#server/auth/password-rules.ts'
import type { MemberRoles } from '#server/auth/permissions.ts'
import { endEverySession } from '#server/auth/sessions.ts'
import { createSetUp } from '#server/auth/set-up.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { LogFacts } from '#server/http/context.ts'
import { setUpLife } from '#server/limits.ts'
import { maskName } from '#server/masking/mask.ts'
import { listCustomRoles } from '#server/operations/custom-roles.ts'
import { removeAuthenticators } from '#server/operations/member-delete.ts'
import { noteCleared, unlockVerification } from '#server/operations/member-notices.ts'
import { changeRights, combinationError, rolesText } from '#server/operations/member-rights.ts'
import { firstLinkLife, insertMember, queueForPeople, unknownPassword, updateMember, whatKeeps, type HeldMember } from '#server/operations/members.ts'
import { command, CommandRefused } from './command.ts'
import { change, findActive, findMember, findPartner, signInName, type Desk, type PartnerRow } from './desk.ts'
import { Account, Email, Login, Mobile, Name, oneOf, RoleName } from './fields.ts'

const who = { partner: { value: '<account>', hint: 'which partner' }, member: { value: '<login>', hint: 'the login name; left out: the master account' } }
const permissions = z.optional(z.array(oneOf(Permission.options)))
const roles = z.optional(z.array(oneOf(Role.options)))
const customRoles = z.optional(z.array(RoleName))
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
  options: { ...who, name: { value: '<name>', hint: 'of the person' }, role: { value: '<role>', hint: Role.options.join(', '), isList: true }, 'custom-role': { value: '<name>', hint: 'one of the partner’s own roles', isList: true }, ...contacts, permission: { value: '<item>', hint: 'besides what the role has', isList: true }, ...more },
  input: z.strictObject({ ...shared, name: Name, role: roles, 'custom-role': customRoles, permission: permissions }),
  async run({ partner: account, member: login = '', ...input }, desk) {
    if (input.mobile === undefined && input.email === undefined) throw new CommandRefused('A member needs --mobile or --email.')
    if ((input['verified-mobile'] && !input.mobile) || (input['verified-email'] && !input.email)) throw new CommandRefused('Only a contact that is given can be verified.')
    if (login === '' && input.role?.[0] !== 'administrator') throw new CommandRefused('The master account is an administrator.')
    const partner = await findPartner(desk, account)
    const passwordHash = input['password-stdin'] ? await givenPassword(desk) : undefined
    await change(desk, partner.id, async (tx, now) => {
      await queueForPeople(tx, partner.id)
      const given = await rolesNamed(tx, partner, input.role, input['custom-role'])
      const rights = changeRights(given, { extra: [], removed: [] }, input.permission ?? [], [])
      if (typeof rights === 'string') throw new CommandRefused(rights)
      const directorId = await directorOf(tx, partner, given, input.director)
      const id = await insertMember(tx, now, partner, {
        login, name: input.name, mobile: input.mobile ?? null, email: input.email ?? null, mobileVerified: input['verified-mobile'] === true, emailVerified: input['verified-email'] === true,
        given, extra: rights.extra, directorId, language: input.language ?? 'zh-CN', passwordHash,
      })
      if (id === undefined) throw new CommandRefused(`${signInName(account, login)} exists already.`)
      const link = passwordHash === undefined ? await setUpLink(desk, tx, now, partner, id, firstLinkLife(given.roles)) : ''
      return { log: [facts('member.created', login, { roles: rolesText(given), member: maskName(input.name) })], say: `${signInName(account, login)} made.${link}` }
    })
  },
})

const set = command({
  name: 'member:set',
  summary: 'Changes a member. Rights count from the next request on; a disabled member and one with a new password, role, mobile or address are signed out.',
  options: {
    ...who, name: { value: '<name>', hint: 'of the person' }, role: { value: '<role>', hint: `${Role.options.join(', ')}; with --custom-role all that the member is from now on; clears what was added or taken before`, isList: true },
    'custom-role': { value: '<name>', hint: 'one of the partner’s own roles', isList: true }, state: { value: '<state>', hint: 'ACTIVE or DISABLED' },
    'add-permission': { value: '<item>', hint: 'gives it', isList: true }, 'remove-permission': { value: '<item>', hint: 'takes it away', isList: true }, ...contacts, ...more, 'new-password': { hint: 'ends the old password and prints a link, once, under which the person sets a new one within 30 minutes' },
  },
  input: z.strictObject({ ...shared, name: z.optional(Name), role: roles, 'custom-role': customRoles, state: z.optional(oneOf(['ACTIVE', 'DISABLED'])), 'add-permission': permissions, 'remove-permission': permissions, 'new-password': z.optional(z.boolean()) }),
  async run({ partner: account, member: login = '', ...input }, desk) {
    if (Object.values(input).every((value) => value === undefined)) throw new CommandRefused('Nothing to change was given.')
    const partner = await findPartner(desk, account)
    const passwordHash = input['password-stdin'] ? await givenPassword(desk) : input['new-password'] ? await unknownPassword() : undefined
    await change(desk, partner.id, async (tx, now) => {
      await queueForPeople(tx, partner.id)
      const member = await findMember(tx, partner, login)
      if (passwordHash !== undefined && await hasUnifiedId(tx, { partnerId: partner.id, memberId: member.id })) throw new CommandRefused(`${signInName(account, login)} signs in with a unified ID. member:identity --remove ends that.`)
      const isRegiven = input.role !== undefined || input['custom-role'] !== undefined
      const given = isRegiven ? await rolesNamed(tx, partner, input.role, input['custom-role']) : member
      await refuseLeft(tx, partner, member, given.roles, input.state ?? member.state)
      const rights = changeRights(given, !isRegiven ? member : { extra: [], removed: [] }, input['add-permission'] ?? [], input['remove-permission'] ?? [])
      if (typeof rights === 'string') throw new CommandRefused(rights)
      if ((input['verified-mobile'] && !(input.mobile ?? member.mobile)) || (input['verified-email'] && !(input.email ?? member.email))) throw new CommandRefused('There is no such contact to verify.')
      const directorId = input.director === undefined && !isRegiven ? undefined : await directorOf(tx, partner, given, input.director)
      await updateMember(tx, now, partner.id, member, {
        name: input.name, mobile: input.mobile, email: input.email, mobileVerified: input['verified-mobile'] === true, emailVerified: input['verified-email'] === true, language: input.language,
        given, state: input.state, rights, directorId, passwordHash,
      })
      const changed = Object.entries(input).flatMap(([name, value]) => (value === undefined ? [] : [name])).join(', ')
      const link = input['new-password'] ? await setUpLink(desk, tx, now, partner, member.id, setUpLife.reset) : ''
      return { log: [facts('member.changed', login, { changed, roles: rolesText(given), state: input.state ?? member.state, member: maskName(member.name) })], say: `${signInName(account, login)} changed.${link}` }
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
      if (!await unlockVerification(tx, now, partner, member, desk.operator)) throw new CommandRefused(`The verification of ${signInName(account, login)} is not locked.`)
      return { log: [facts('verification.unlocked', login, { member: maskName(member.name) })], say: `${signInName(account, login)} can confirm again.` }
    })
  },
})

const removeAll = command({
  name: 'member:authenticators:remove',
  summary: 'Removes every authenticator app and passkey of a member who lost them, and ends the sign-ins. Without --member it is the master account. The member is told by every contact, and adds new ones behind a code.',
  options: who,
  input: z.strictObject({ partner: Account, member: z.optional(Login) }),
  async run({ partner: account, member: login = '' }, desk) {
    const partner = await findPartner(desk, account)
    desk.prepareMessages()
    await change(desk, partner.id, async (tx, now) => {
      const member = await findMember(tx, partner, login)
      const removed = await removeAuthenticators(tx, partner.id, member.id)
      if (removed === 0) throw new CommandRefused(`${signInName(account, login)} has no authenticator.`)
      await endEverySession(tx, partner.id, member.id)
      await noteCleared(tx, now, partner, member, desk.operator)
      return { log: [facts('member.authenticators_removed', login, { removed, member: maskName(member.name) })], say: `${signInName(account, login)} has no authenticator any more (${removed} removed) and is signed out.` }
    })
  },
})

const facts = (operation: LogFacts['operation'], login: string, details: NonNullable<LogFacts['details']>): LogFacts => ({ operation, objectKind: 'member', ...(login !== '' && { objectNumber: login }), details })

const combinations = { roles_count: 'A member has one to three roles.', administrator_alone: 'An administrator has no other role.', director_or_manager: 'An account director is no account manager.' }

/** After queueForPeople. @param names of custom roles of the partner. */
async function rolesNamed(tx: Tx, partner: PartnerRow, given: readonly Role[] = [], names: readonly string[] = []): Promise<MemberRoles> {
  const wrong = combinationError(given, names.length)
  if (wrong !== undefined) throw new CommandRefused(combinations[wrong])
  const known = new Map((await listCustomRoles(tx, partner.id)).map((role) => [role.name.toLowerCase(), role]))
  const unknown = names.find((name) => !known.has(name.toLowerCase()))
  if (unknown !== undefined) throw new CommandRefused(`${partner.account} has no role ${unknown}.`)
  return { roles: [...new Set(given)], customRoles: [...known.values()].filter(({ name }) => names.some((wanted) => wanted.toLowerCase() === name.toLowerCase())) }
}

async function directorOf(tx: Tx, partner: PartnerRow, { roles: given }: MemberRoles, director: string | undefined): Promise<string | null> {
  if (director === undefined) return null
  if (!given.includes('manager')) throw new CommandRefused('Only an account manager has a director.')
  return await findActive(tx, partner, director, 'director')
}

async function refuseLeft(tx: Tx, partner: PartnerRow, member: HeldMember, given: readonly Role[], state: HeldMember['state']): Promise<void> {
  const stays = await whatKeeps(tx, partner.id, member, given, state)
  if (stays === undefined) return
  switch (stays.why) {
    case 'master_account': throw new CommandRefused('The master account stays an administrator and active.')
    case 'last_administrator': throw new CommandRefused('This is the last administrator.')
    case 'open_handover': throw new CommandRefused(`${signInName(partner.account, member.login)} is part of a handover that is not done.`)
    case 'customers': throw new CommandRefused(`${signInName(partner.account, member.login)} has ${stays.count} customers. Give them to somebody else first.`)
  }
}

async function givenPassword(desk: Desk): Promise<string> {
  const password = await desk.readInput()
  if (await whyWeakPassword(password)) throw new CommandRefused('A password has 8 to 128 characters and is not a common one.')
  return await hashPassword(password)
}

async function setUpLink(desk: Desk, tx: Tx, now: Date, partner: PartnerRow, memberId: string, lifeSeconds: number): Promise<string> {
  const token = await createSetUp(tx, now, partner.id, memberId, lifeSeconds)
  return ` Set-up link, shown only now, valid ${lifeSeconds / 60} minutes: ${desk.publicUrl}/set-up#${token}`
}

export const memberCommands = [create, set, unlock, removeAll]
