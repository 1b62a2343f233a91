import * as z from 'zod/mini'
import { AssociationType } from './customers.ts'
import { endpoint } from './endpoint.ts'
import { Masked } from './masked.ts'
import { Day, Id, Instant, listOf, pageFields } from './page.ts'
import { plainLine } from './text.ts'

/** At most so many rows in one batch, and so many custom links of a partner in 24 hours. */
export const inviteBatchMax = 100
export const customLinksMax = 100

export const InvitationKind = z.enum(['MAIL', 'GENERAL', 'CUSTOM', 'ACTIVITY'])
export type InvitationKind = z.infer<typeof InvitationKind>
export const LinkKind = z.enum(['GENERAL', 'CUSTOM', 'ACTIVITY'])
export type LinkKind = z.infer<typeof LinkKind>
export const InvitationState = z.enum(['SENT', 'SEND_FAILED', 'OPENED', 'FAILED', 'ASSOCIATED', 'EXPIRED', 'REVOKED', 'REPLACED'])
export type InvitationState = z.infer<typeof InvitationState>
export const LinkState = z.enum(['NOT_STARTED', 'ACTIVE', 'REVOKED', 'EXPIRED'])
export type LinkState = z.infer<typeof LinkState>

/** Why an association did not come about. Each has a sentence and a cure on both sides. */
export const InviteCause = z.enum([
  'SYSTEM_BUSY', 'LINK_UNKNOWN', 'LINK_EXPIRED', 'LINK_USED', 'LINK_REVOKED', 'CODE_USED', 'ACTIVITY_ENDED', 'NO_RESALE', 'PHONE_DIFFERS', 'ACCOUNT_TOO_OLD', 'UNPAID_BILLS',
  'CREDIT_ACCOUNT', 'ENTERPRISE_MEMBERS', 'RESERVED_INSTANCES', 'SERVICE_CONTRACT', 'SPECIAL_CONTRACT',
  'REPORTED_BY_OTHER', 'ALREADY_ASSOCIATED', 'IS_PARTNER', 'VENDOR_INTERNAL', 'CONSUMER_CLOUD', 'REPORTED_BY_VENDOR', 'REWARD_PROGRAM', 'PARTNER_BLOCKED', 'DISTRIBUTOR_LEFT',
])
export type InviteCause = z.infer<typeof InviteCause>

/** What helps against a cause; the row's button. `wait` cures (customer pays, cancels) end in a resend. */
export const InviteCure = z.enum(['resend', 'resend_as_referral', 'resend_with_reminder', 'invite_by_mail', 'preregister', 'resend_after_payment', 'resend_after_cancelling', 'invite_other_account', 'ask_ecosystem_manager'])
export type InviteCure = z.infer<typeof InviteCure>
export const cureOf: Record<InviteCause, InviteCure> = {
  SYSTEM_BUSY: 'resend', LINK_UNKNOWN: 'resend', LINK_EXPIRED: 'resend', LINK_USED: 'resend', LINK_REVOKED: 'resend', CODE_USED: 'resend', ACTIVITY_ENDED: 'invite_by_mail', NO_RESALE: 'resend_as_referral',
  PHONE_DIFFERS: 'resend_with_reminder', ACCOUNT_TOO_OLD: 'preregister', UNPAID_BILLS: 'resend_after_payment',
  CREDIT_ACCOUNT: 'resend_as_referral', ENTERPRISE_MEMBERS: 'resend_as_referral', RESERVED_INSTANCES: 'resend_as_referral', SERVICE_CONTRACT: 'resend_as_referral', SPECIAL_CONTRACT: 'resend_after_cancelling',
  REPORTED_BY_OTHER: 'invite_other_account', ALREADY_ASSOCIATED: 'invite_other_account', IS_PARTNER: 'invite_other_account', VENDOR_INTERNAL: 'invite_other_account', CONSUMER_CLOUD: 'invite_other_account',
  REPORTED_BY_VENDOR: 'invite_other_account', REWARD_PROGRAM: 'invite_other_account', PARTNER_BLOCKED: 'ask_ecosystem_manager', DISTRIBUTOR_LEFT: 'ask_ecosystem_manager',
}

/** Any part of a name has at least two characters. */
const NamePart = z.string().check(z.trim(), z.minLength(2, 'name_part'), z.maxLength(64, 'name_part'))
const ContactLookup = z.string().check(z.trim(), z.minLength(4, 'last4_or_full'), z.maxLength(64, 'last4_or_full'))
/** Filters that are personal data: they travel in a body only. */
export const InviteLookup = z.strictObject({ name: z.optional(NamePart), mobile: z.optional(ContactLookup), email: z.optional(ContactLookup) })
export type InviteLookup = z.infer<typeof InviteLookup>
export const lookupFields = {
  lookup: z.optional(InviteLookup),
  /** Opaque id of an earlier look-up of the same person. Used only without `lookup`. */
  view: z.optional(Id),
}
export const lookupAnswer = { view: z.nullable(Id), lookupKinds: z.array(z.enum(['name', 'mobile', 'email'])) }

const Person = z.object({ id: Id, nameMasked: Masked })
export const Delivery = z.object({ state: z.enum(['queued', 'sent', 'failed', 'dropped']), attempts: z.int(), reason: z.nullable(z.string()), at: Instant })
export type Delivery = z.infer<typeof Delivery>

/** One invited customer, by mail or through a link. */
export const Invitation = z.object({
  id: Id, number: z.string(), kind: InvitationKind,
  prospectId: z.nullable(Id), linkId: z.nullable(Id),
  nameMasked: z.nullable(Masked), accountNameMasked: z.nullable(Masked), mobileMasked: z.nullable(Masked), emailMasked: z.nullable(Masked),
  associationType: AssociationType, label: z.nullable(z.string()), invitedBy: Person,
  sentAt: Instant, /** Null: without end. */ expiresAt: z.nullable(Instant),
  state: InvitationState, openedAt: z.nullable(Instant), registeredAt: z.nullable(Instant), associatedAt: z.nullable(Instant), isUnfrozen: z.boolean(),
  cause: z.nullable(InviteCause), cure: z.nullable(InviteCure),
  /** Of the mail; null for links. */
  delivery: z.nullable(Delivery),
  customer: z.nullable(z.object({ id: Id, number: z.string() })),
  /** When it may be sent again; null: not this one. */
  resendAt: z.nullable(Instant),
})
export type Invitation = z.infer<typeof Invitation>

export const InvitationSort = z.enum(['-sentAt', 'sentAt', 'expiresAt', '-expiresAt'])
export type InvitationSort = z.infer<typeof InvitationSort>
export const InvitationFilter = z.strictObject({
  kind: z.optional(InvitationKind), associationType: z.optional(AssociationType), state: z.optional(InvitationState), cause: z.optional(InviteCause),
  inviterId: z.optional(Id), from: z.optional(Day), to: z.optional(Day), linkId: z.optional(Id), prospectId: z.optional(Id),
  number: z.optional(z.string().check(z.trim(), z.maxLength(40))),
  /** `cure`: failed ones that something can be done about; `ending`: mail invitations that lapse within three days. */
  todo: z.optional(z.enum(['cure', 'ending'])),
})
export type InvitationFilter = z.infer<typeof InvitationFilter>
export const queryInvitations = endpoint({
  method: 'POST', path: '/api/invitations/query', reads: true,
  body: z.strictObject({ ...pageFields, sort: z._default(InvitationSort, '-sentAt'), filter: z._default(InvitationFilter, {}), ...lookupFields }),
  response: z.object({ ...listOf(Invitation).shape, ...lookupAnswer, /** Failed ones that something can be done about, in the whole scope. */ toCure: z.int() }),
})
const idParams = z.strictObject({ id: Id })
export const getInvitation = endpoint({ method: 'GET', path: '/api/invitations/:id', params: idParams, response: Invitation })
/** People who invited, for the filter. */
export const getInviteChoices = endpoint({ method: 'GET', path: '/api/invites/choices', response: z.object({ inviters: z.array(Person), managers: z.array(Person) }) })

const batchOf = z.array(Id).check(z.minLength(1, 'rows_min'), z.maxLength(inviteBatchMax, 'rows_max'))
export const InvitationsSent = z.object({ items: z.array(z.object({ prospectId: Id, invitationId: Id, number: z.string(), expiresAt: Instant })) })
export type InvitationsSent = z.infer<typeof InvitationsSent>
/** Mails one single-use link to each prospect: all or none. An earlier link of the same prospect becomes void. */
export const sendInvitations = endpoint({
  method: 'POST', path: '/api/invitations', idempotent: true,
  body: z.strictObject({ associationType: AssociationType, prospectIds: batchOf }), response: InvitationsSent,
})
/** Sends mail invitations again, with new links; the earlier ones become void. Without a type each keeps its own. */
export const resendInvitations = endpoint({
  method: 'POST', path: '/api/invitations/resend', idempotent: true,
  body: z.strictObject({ associationType: z.optional(AssociationType), invitationIds: batchOf }), response: InvitationsSent,
})
export const revokeInvitation = endpoint({ method: 'POST', path: '/api/invitations/:id/revoke', idempotent: true, params: idParams, body: z.strictObject({}), response: Invitation })

/** The mail as the prospect will read it. Blocks, because the console draws them itself and never runs a mail's markup. */
export const previewInvitation = endpoint({
  method: 'POST', path: '/api/invitations/preview', reads: true,
  body: z.strictObject({ associationType: AssociationType, /** Without one the recipient's own facts are shown as examples. */ prospectId: z.optional(Id) }),
  response: z.object({
    subject: z.string(), toMasked: z.nullable(Masked),
    blocks: z.array(z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('text'), text: z.string() }), z.object({ kind: z.literal('button'), text: z.string() }),
      z.object({ kind: z.literal('facts'), facts: z.array(z.object({ label: z.string(), value: z.string() })) }), z.object({ kind: z.literal('small'), text: z.string() }),
    ])),
  }),
})

/** A link that the partner hands out itself. Its address is not in here: it is told on demand. */
export const InviteLink = z.object({
  id: Id, kind: LinkKind, associationType: AssociationType, label: z.string(), createdBy: Person, createdAt: Instant,
  validFrom: z.nullable(Instant), /** Null: without end, revocable. */ validUntil: z.nullable(Instant), state: LinkState,
  opened: z.int(), registered: z.int(), associated: z.int(), lastUsedAt: z.nullable(Instant),
  /** Whose customer somebody who comes through it becomes; null: unassigned. */
  manager: z.nullable(Person),
})
export type InviteLink = z.infer<typeof InviteLink>
export const LinkSort = z.enum(['-createdAt', 'createdAt', '-associated', 'associated'])
export type LinkSort = z.infer<typeof LinkSort>
export const LinkFilter = z.strictObject({
  /** Any part of the label; upper and lower case differ. */
  label: z.optional(z.string().check(z.minLength(1), z.maxLength(64))),
  kind: z.optional(LinkKind), associationType: z.optional(AssociationType), state: z.optional(LinkState), creatorId: z.optional(Id), from: z.optional(Day), to: z.optional(Day),
})
export type LinkFilter = z.infer<typeof LinkFilter>
export const queryLinks = endpoint({
  method: 'POST', path: '/api/invite-links/query', reads: true,
  body: z.strictObject({ ...pageFields, sort: z._default(LinkSort, '-createdAt'), filter: z._default(LinkFilter, {}) }), response: listOf(InviteLink),
})
const LinkWithAddress = z.object({ link: InviteLink, url: z.url() })
/** The wish for a link. A general one exists once per person and type, an activity link once per person and activity; asking again gives the same. */
export const createLink = endpoint({
  method: 'POST', path: '/api/invite-links', idempotent: true,
  body: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('GENERAL'), associationType: AssociationType }),
    z.strictObject({ kind: z.literal('CUSTOM'), associationType: AssociationType, label: plainLine(1, 64) }),
    z.strictObject({ kind: z.literal('ACTIVITY'), activityId: Id }),
  ]),
  response: LinkWithAddress,
})
/** Revokes a general link and makes a new one in the same step. */
export const replaceLink = endpoint({ method: 'POST', path: '/api/invite-links/:id/replace', idempotent: true, params: idParams, body: z.strictObject({}), response: LinkWithAddress })
export const revokeLink = endpoint({ method: 'POST', path: '/api/invite-links/:id/revoke', idempotent: true, params: idParams, body: z.strictObject({}), response: InviteLink })
/** The address of an active link, for Copy, QR and print. */
export const showLink = endpoint({ method: 'POST', path: '/api/invite-links/:id/address', reads: true, params: idParams, body: z.strictObject({}), response: LinkWithAddress })

/** Why nothing can be invited at present; the page says what to do. */
export const InviteBlock = z.enum(['contact_missing', 'partner_frozen', 'partner_left', 'no_development', 'distributor_left'])
export type InviteBlock = z.infer<typeof InviteBlock>
/** What the person may start with: limits, own links, open activities. */
export const getInviteDesk = endpoint({
  method: 'GET', path: '/api/invites/desk',
  response: z.object({
    /** Blocks everything but reading. */
    blocked: z.nullable(InviteBlock),
    /** Blocks mail invitations only. */
    mailBlocked: z.nullable(InviteBlock),
    types: z.array(AssociationType),
    prospects: z.object({ used: z.int(), max: z.int() }),
    customLinks: z.object({ used: z.int(), max: z.int(), nextAt: z.nullable(Instant) }),
    mails: z.object({ used: z.int(), max: z.int() }),
    /** The person's own. */
    general: z.array(InviteLink),
    activities: z.array(z.object({ id: Id, name: z.string(), from: Instant, to: Instant, associationType: AssociationType, state: z.enum(['NOT_STARTED', 'ACTIVE']), link: z.nullable(InviteLink) })),
    ecosystemManager: z.nullable(z.object({ name: z.string(), mobile: z.string(), email: z.string() })),
  }),
})
