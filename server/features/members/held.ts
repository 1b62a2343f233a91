import type { Member } from '#contract/members.ts'
import type { Role } from '#contract/people.ts'
import type { Context, LogFacts } from '#server/http/context.ts'
import type { Deps } from '#server/http/deps.ts'
import { Refusal } from '#server/http/refusal.ts'
import { isMask, maskName } from '#server/masking/mask.ts'
import { isMainlandMobile, normalizeEmail, normalizeMobile } from '#server/messages/contact.ts'
import { isDirector } from '#server/operations/directors.ts'
import { holdMember, queueAs, whatKeeps, type HeldMember, type MemberState } from '#server/operations/members.ts'
import { presentMember } from './present.ts'
import { mayChange } from './rights.ts'
import { readLocks, readMember, type Moment } from './store.ts'

// What every change of a member begins and ends with.

/** @returns what reads of members need to know of this moment. */
export async function momentOf({ tx, now, actor }: Context, { secrets, settings }: Pick<Deps, 'secrets' | 'settings'>): Promise<Moment> {
  return { now, idleSeconds: settings.idleSeconds, locks: await readLocks(tx, now, secrets, actor) }
}

/** @returns the member as it stands now. Refuses an unknown one with not_found. */
export async function showMember(context: Context, deps: Deps, id: string): Promise<Member> {
  const moment = await momentOf(context, deps)
  const row = await readMember(context.tx, context.actor, moment, id)
  if (!row) throw new Refusal('not_found')
  return presentMember(row, context.actor, moment.locks)
}

/** Holds a member whom the caller is about to change; changes of the partner's people queue. Refuses an unknown one with not_found, and one who may do more than
 *  the caller with no_permission. */
export async function demandMember({ tx, actor }: Context, id: string): Promise<HeldMember> {
  await queueAs(tx, actor, 'org.member')
  const member = await holdMember(tx, actor.partner.id, { id })
  if (!member) throw new Refusal('not_found')
  if (!mayChange(actor, member)) throw new Refusal('no_permission', { sentence: 'member_beyond' })
  return member
}

/** Refuses what nobody does to themselves. @param sentence says where they do it instead. */
export function refuseSelf({ actor }: Context, { id }: HeldMember, sentence = 'not_oneself'): void {
  if (id === actor.member.id) throw new Refusal('conflict', { sentence })
}

/** How the master account signs in and is reached is between the partner and the vendor. */
export function refuseMaster({ login }: HeldMember): void {
  if (login === '') throw new Refusal('conflict', { sentence: 'master_account' })
}

/** Refuses roles or a state that the member cannot have: of the master account, of the last administrator, of a manager with customers, with their number, and of somebody deleted in an open handover. */
export async function refuseKept({ tx, actor }: Context, member: HeldMember, roles: readonly Role[], state: MemberState | 'DELETED', removed = member.removed): Promise<void> {
  const stays = await whatKeeps(tx, actor.partner.id, member, roles, state, removed)
  if (stays?.why === 'customers') throw new Refusal('conflict', { sentence: 'has_customers', facts: { count: String(stays.count) } })
  if (stays) throw new Refusal('conflict', { sentence: stays.why })
}

/** @returns the contacts in the form in which they are kept. Refuses a mask, and anything but a mainland mobile or one mail address. */
export function contactsOf({ mobile, email }: { mobile?: string | undefined; email?: string | undefined }): { mobile: string | undefined; email: string | undefined } {
  const masked = Object.entries({ mobile, email }).flatMap(([path, text]) => (text !== undefined && isMask(text) ? [{ path, code: 'invalid', message: '' }] : []))
  if (masked.length > 0) throw new Refusal('masked_value', { fields: masked })
  const [number, address] = [mobile === undefined ? undefined : normalizeMobile(mobile), email === undefined ? undefined : normalizeEmail(email.normalize('NFKC'))]
  const wrong = [...(mobile !== undefined && (number === undefined || !isMainlandMobile(number)) ? ['mobile'] : []), ...(email !== undefined && address === undefined ? ['email'] : [])]
  if (wrong.length > 0) throw new Refusal('invalid_input', { fields: wrong.map((path) => ({ path, code: path, message: '' })) })
  return { mobile: number, email: address }
}

/** Refuses a director who is none, by the field. */
export async function demandDirector({ tx, actor }: Context, id: string | null | undefined): Promise<void> {
  if (id && !await isDirector(tx, actor.partner.id, id)) throw new Refusal('invalid_input', { fields: [{ path: 'directorId', code: 'director', message: '' }] })
}

/** @returns the log row of something done to a member; the person in it masked. */
export const factsOf = (operation: LogFacts['operation'], { login, name }: Pick<HeldMember, 'login' | 'name'>, details: NonNullable<LogFacts['details']> = {}): LogFacts =>
  ({ operation, objectKind: 'member', ...(login !== '' && { objectNumber: login }), details: { member: maskName(name), ...details } })
