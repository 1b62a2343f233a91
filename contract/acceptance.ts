import * as z from 'zod/mini'
import { AssociationType } from './customers.ts'
import { endpoint } from './endpoint.ts'
import { InviteCause } from './invites.ts'
import { Masked } from './masked.ts'
import { Amount } from './money.ts'
import { Instant } from './page.ts'
import { Locale } from './people.ts'

/** The token of a link: at least 128 random bits. It travels in bodies only. */
const Token = z.string().check(z.regex(/^[\w-]{22,64}$/, 'token'))
export const AccountName = z.string().check(z.trim(), z.regex(/^[A-Za-z][\w.-]{4,31}$/, 'account_name'))
const Password = z.string().check(z.minLength(8, 'password'), z.maxLength(128, 'password'))
const Code = z.string().check(z.regex(/^[0-9]{6}$/, 'code'))

/** Versions of the documents as the page showed them; accepted ones are stored. */
export const Documents = z.strictObject({ agreement: z.string().check(z.maxLength(20)), privacy: z.string().check(z.maxLength(20)), notice: z.string().check(z.maxLength(20)) })
export type Documents = z.infer<typeof Documents>

/** What stands behind a link. Changes nothing, so that mail scanners may look. */
export const viewInvite = endpoint({
  method: 'POST', path: '/api/invite/view', isPublic: true, reads: true,
  body: z.strictObject({ token: Token }),
  response: z.discriminatedUnion('state', [
    z.object({
      state: z.literal('open'), via: z.enum(['mail', 'link']), partnerName: z.string(), associationType: AssociationType,
      /** The reported number, for mail invitations. */
      mobileMasked: z.nullable(Masked), expiresAt: z.nullable(Instant), documents: Documents,
      /** A customer who is signed in in this browser. */
      signedIn: z.nullable(z.object({ accountNameMasked: Masked, mobileMasked: z.nullable(Masked), csrf: z.string() })),
    }),
    /** Unknown, revoked, used or replaced: all alike. */
    z.object({ state: z.literal('invalid') }),
    z.object({ state: z.literal('expired'), at: Instant }),
    z.object({ state: z.literal('not_started'), from: Instant, to: Instant }),
    z.object({ state: z.literal('ended'), from: Instant, to: Instant }),
    z.object({ state: z.literal('partner_blocked') }),
  ]),
})
export type InviteView = z.infer<typeof viewInvite.response>
/** Written by the page itself once a person looks at it. */
export const openInvite = endpoint({ method: 'POST', path: '/api/invite/open', isPublic: true, body: z.strictObject({ token: Token }), response: z.object({}) })

/** Sends a code for this link. Answers alike whether or not the number is known. A mail invitation only serves the reported number. */
export const sendInviteCode = endpoint({
  method: 'POST', path: '/api/invite/code', isPublic: true,
  body: z.strictObject({ token: Token, /** Left out by a signed-in customer: the account's own number. */ mobile: z.optional(z.string().check(z.trim(), z.minLength(1, 'required'), z.maxLength(32, 'mobile'))) }),
  response: z.object({ sentTo: Masked, reference: z.string(), resendAt: Instant, expiresAt: Instant, now: Instant }),
})

export const Accepted = z.discriminatedUnion('result', [
  z.object({ result: z.literal('associated'), partnerName: z.string(), associationType: AssociationType, isFrozen: z.boolean() }),
  z.object({ result: z.literal('failed'), cause: InviteCause }),
])
export type Accepted = z.infer<typeof Accepted>
const consent = { documents: Documents, language: Locale }

/** Opens an account behind the link, with the code sent to the number, signs the customer in and associates it. The account stays when the association fails. */
export const registerByInvite = endpoint({
  method: 'POST', path: '/api/invite/register', isPublic: true,
  body: z.strictObject({
    token: Token, /** Left out on the phone: the server makes one. */ accountName: z.optional(AccountName),
    mobile: z.string().check(z.trim(), z.minLength(1, 'required'), z.maxLength(32, 'mobile')), code: Code, password: Password, ...consent,
  }),
  response: z.object({ accountName: z.string(), outcome: Accepted }),
})
/** Associates the signed-in customer. A mail invitation needs a code sent to the account's own number besides. */
export const acceptInvite = endpoint({
  method: 'POST', path: '/api/invite/accept', isPublic: true,
  body: z.strictObject({ token: Token, code: z.optional(Code), ...consent }), response: Accepted,
})

/** The customer's own sign-in: another cookie and other endpoints than the partner's. */
export const CustomerSession = z.object({ accountName: z.string(), mobileMasked: z.nullable(Masked), csrf: z.string(), now: Instant, absoluteEndsAt: Instant })
export const customerSignIn = endpoint({
  method: 'POST', path: '/api/my/session', isPublic: true,
  body: z.strictObject({ /** Account name, or the mobile of the only account that has it. */ account: z.string().check(z.minLength(1), z.maxLength(64)), password: z.string().check(z.minLength(1), z.maxLength(128)) }),
  response: CustomerSession,
})
export const getCustomerSession = endpoint({ method: 'GET', path: '/api/my/session', isPublic: true, background: true, response: CustomerSession })
export const customerSignOut = endpoint({ method: 'DELETE', path: '/api/my/session', isPublic: true, response: z.object({}) })

/** What the customer sees of its partner. */
export const getMyPartner = endpoint({
  method: 'GET', path: '/api/my/partner', isPublic: true,
  response: z.object({
    accountName: z.string(),
    /** Null: associated with nobody. */
    partner: z.nullable(z.object({
      name: z.string(), associationType: AssociationType, since: Instant, number: z.string(), state: z.enum(['NORMAL', 'ACCOUNT_FROZEN', 'RESOURCES_FROZEN']),
      /** The customer's account manager; null: it has none, or one without a contact. */
      contact: z.nullable(z.object({ name: z.string(), mobile: z.nullable(z.string()), email: z.nullable(z.string()) })),
      /** The people whom the partner names to its customers; of a partner that names nobody the master account's verified contacts. */
      contacts: z.array(z.object({ name: z.string(), mobile: z.nullable(z.string()), email: z.nullable(z.string()), remark: z.string() })),
      /** Whether getMyBills answers. */
      billsShown: z.boolean(),
      /** What is left of the partner's allocations; null for referral. */
      balance: z.nullable(Amount),
      agreements: z.array(z.object({ document: z.enum(['agreement', 'privacy', 'notice']), version: z.string(), acceptedAt: Instant })),
    })),
  }),
})
