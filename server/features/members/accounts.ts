import type { createMember, putMember, resetMemberPassword } from '#contract/members.ts'
import type { FieldError } from '#contract/errors.ts'
import { isAdministrator } from '#server/auth/actor.ts'
import { hasUnifiedId } from '#server/auth/identities.ts'
import type { MemberRoles } from '#server/auth/permissions.ts'
import type { Context, Operation } from '#server/http/context.ts'
import type { Deps } from '#server/http/deps.ts'
import { Refusal } from '#server/http/refusal.ts'
import { setUpLife } from '#server/limits.ts'
import { maskEmail, maskMobile } from '#server/masking/mask.ts'
import { noteContacts, sendSetUpLink, type SentLink } from '#server/operations/member-notices.ts'
import { rightsText } from '#server/operations/member-rights.ts'
import { firstLinkLife, insertMember, queueAs, unknownPassword, updateMember, voidResetCode, type HeldMember, type MemberChange } from '#server/operations/members.ts'
import { contactsOf, demandDirector, demandMember, factsOf, refuseMaster, refuseSelf, showMember } from './held.ts'
import { countingRights, givenRoles, mayChange, rightsErrors } from './rights.ts'

type New = { mobile: string | undefined; email: string | undefined; given: MemberRoles }

/** Makes a member who sets the first password behind a link. */
export const createOperation = (deps: Deps): Operation<typeof createMember, New> => ({
  permission: 'org.member', refused: 'member.created',
  async prepare({ body }, context) {
    const { tx, actor } = context
    if (!isAdministrator(actor) && body.extraPermissions.length > 0) throw new Refusal('no_permission', { sentence: 'rights_by_administrators' })
    await queueAs(tx, actor, 'org.member')
    const given = await givenRoles(context, body)
    if (!mayChange(actor, { ...given, extra: body.extraPermissions, removed: [] })) throw new Refusal('no_permission', { sentence: 'member_beyond' })
    const contacts = contactsOf(body)
    const wrong: FieldError[] = rightsErrors(given, body.extraPermissions, [], body.directorId !== undefined)
    if (contacts.mobile === undefined && contacts.email === undefined) wrong.push({ path: 'mobile', code: 'contact_required', message: '' })
    if (wrong.length > 0) throw new Refusal('invalid_input', { fields: wrong })
    await demandDirector(context, body.directorId)
    return { ...contacts, given }
  },
  async apply({ mobile, email, given }, { body }, context) {
    const { tx, now, actor } = context
    const id = await insertMember(tx, now, actor.partner, {
      login: body.login, name: body.name, mobile: mobile ?? null, email: email ?? null, given, department: body.department, extra: countingRights({ ...given, extra: body.extraPermissions, removed: [] }).extra, directorId: body.directorId ?? null, language: body.language,
    })
    if (id === undefined) throw new Refusal('invalid_input', { fields: [{ path: 'login', code: 'login_taken', message: '' }] })
    const told = { id, login: body.login, mobile: mobile ?? null, email: email ?? null, mobileVerified: false, emailVerified: false, language: body.language }
    return await withLink(context, deps, id, await sendLink(context, deps, told, 'OG-01', firstLinkLife(given.roles)))
  },
  log: ({ sentTo }, { given }, { body }) => factsOf('member.created', body, { after: rightsText(given, { extra: body.extraPermissions, removed: [] }), destination: sentTo }),
})

/** Ends a password and every sign-in; a new one is set behind a link. Whoever has none yet gets the first link again. */
export const resetOperation = (deps: Deps): Operation<typeof resetMemberPassword, HeldMember> => ({
  permission: 'org.member',
  async prepare({ params: { id } }, context) {
    const member = await demandMember(context, id)
    refuseSelf(context, member, 'own_account')
    refuseMaster(member)
    if (member.state === 'DISABLED') throw new Refusal('conflict', { sentence: 'member_disabled' })
    if (await hasUnifiedId(context.tx, { partnerId: context.actor.partner.id, memberId: member.id })) throw new Refusal('conflict', { sentence: 'member_unified' })
    return member
  },
  async apply(member, { params: { id } }, context) {
    if (member.awaitsPassword) return await withLink(context, deps, id, await sendLink(context, deps, member, 'OG-01', firstLinkLife(member.roles)))
    await updateMember(context.tx, context.now, context.actor.partner.id, member, { passwordHash: await unknownPassword() })
    await voidResetCode(context.tx, deps.secrets, context.actor.partner, member)
    return await withLink(context, deps, id, await sendLink(context, deps, member, 'OG-02', setUpLife.reset))
  },
  log: ({ sentTo }, member) => factsOf('member.changed', member, { changed: member.awaitsPassword ? 'link' : 'password', destination: sentTo }),
})

type Changed = { member: HeldMember; change: MemberChange }

/** Name, department and contacts of a member. A changed contact ends the sign-ins: whoever is reached elsewhere signs in anew. */
export const putOperation = (deps: Deps): Operation<typeof putMember, Changed> => ({
  permission: 'org.member',
  async prepare({ params: { id }, body }, context) {
    const contacts = contactsOf(body)
    const member = await demandMember(context, id)
    // Own contacts are changed behind a code.
    if (body.mobile !== undefined || body.email !== undefined) {
      refuseSelf(context, member, 'own_account')
      refuseMaster(member)
    }
    const isNew = (field: 'mobile' | 'email') => contacts[field] !== undefined && contacts[field] !== member[field]
    return { member, change: { ...(body.name !== undefined && body.name !== member.name && { name: body.name }), ...(body.department !== undefined && body.department !== member.department && { department: body.department }), ...(isNew('mobile') && { mobile: contacts.mobile }), ...(isNew('email') && { email: contacts.email }) } }
  },
  async apply({ member, change }, { params: { id } }, context) {
    const { tx, now, actor: { partner } } = context
    if (Object.keys(change).length > 0) await updateMember(tx, now, partner.id, member, change)
    if ((change.mobile ?? change.email) !== undefined) await voidResetCode(tx, deps.secrets, partner, member)
    await noteContacts(tx, now, partner, member, change)
    return await showMember(context, deps, id)
  },
  log: (_reply, { member, change }) => (Object.keys(change).length === 0 ? [] : [factsOf('member.changed', member, {
    changed: Object.keys(change).join(', '),
    ...((change.mobile ?? change.email) !== undefined && { before: contactText(change, member.mobile, member.email), after: contactText(change, change.mobile, change.email) }),
  })]),
})

/** Masked, and only what changed. */
const contactText = (change: MemberChange, mobile: string | null | undefined, email: string | null | undefined): string =>
  [...(change.mobile === undefined ? [] : [maskMobile(mobile ?? null) ?? '–']), ...(change.email === undefined ? [] : [maskEmail(email ?? null) ?? '–'])].join(', ')

const sendLink = ({ tx, now, actor: { partner, member } }: Context, { settings, channels }: Deps, told: Parameters<typeof sendSetUpLink>[3], kind: 'OG-01' | 'OG-02', lifeSeconds: number): Promise<SentLink> =>
  sendSetUpLink(tx, now, partner, told, { kind, lifeSeconds, by: member.name, publicUrl: settings.publicUrl, mails: channels.email !== undefined })

const withLink = async (context: Context, deps: Deps, id: string, { sentTo, url, expiresAt }: SentLink) =>
  ({ member: await showMember(context, deps, id), sentTo, url, expiresAt: expiresAt.toISOString() })
