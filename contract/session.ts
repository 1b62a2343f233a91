import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { Masked } from './masked.ts'
import { Id, Instant } from './page.ts'
import { Locale, PartnerState, PartnerType, Permission, Role } from './people.ts'

export const Session = z.object({
  member: z.object({ id: Id, nameMasked: Masked, initial: z.string(), roles: z.array(Role), /** Names of the person's custom roles. */ customRoles: z.array(z.string()),
    /** Whose customers the person sees: all of the partner, those of the managers under them, or their own. */ reach: z.enum(['partner', 'managers', 'own']), language: Locale }),
  partner: z.object({ id: Id, name: z.string(), type: PartnerType, state: PartnerState, verificationOn: z.boolean(), timeZone: z.string() }),
  permissions: z.array(Permission),
  /** Value for the header `X-CSRF` of every request that changes something. */
  csrf: z.string(),
  idleEndsAt: Instant,
  absoluteEndsAt: Instant,
  /** The server's clock, so that the console counts down by it. */
  now: Instant,
  /** Set when this sign-in ended an older one of the same person (five at once are allowed). */
  endedOldest: z.boolean(),
  /** True on the embedded database: data may be lost on power failure. */
  embedded: z.boolean(),
})
export type Session = z.infer<typeof Session>

export const signIn = endpoint({
  method: 'POST', path: '/api/session', isPublic: true,
  body: z.strictObject({
    account: z.string().check(z.minLength(1), z.maxLength(64)),
    /** Login name of a member; left out by the master account. */
    member: z.optional(z.string().check(z.maxLength(64))),
    password: z.string().check(z.minLength(1), z.maxLength(128)),
  }),
  response: Session,
})
/** Who is signed in. Does not count as activity, so the warning before the idle end may ask it. */
export const getSession = endpoint({ method: 'GET', path: '/api/session', background: true, response: Session })
/** The person's own act of staying: prolongs the idle end. */
export const staySignedIn = endpoint({ method: 'POST', path: '/api/session/stay', body: z.strictObject({}), response: Session })
export const signOut = endpoint({ method: 'DELETE', path: '/api/session', response: z.object({}) })

/** How one may sign in here; the sign-in page asks before it shows. */
export const getSignInWays = endpoint({ method: 'GET', path: '/api/session/ways', isPublic: true, background: true, response: z.object({ unified: z.nullable(z.object({ name: z.string() })) }) })
/** The browser goes here to sign in with the unified ID, and comes back to the callback. No JSON: both redirect. */
export const unifiedSignInPath = '/api/session/unified'
export const unifiedCallbackPath = '/api/session/unified/callback'

/** Sets the password behind a set-up link, once, and signs nobody in. The token stands after the `#` of the link, so no server log ever sees it. */
export const setUpPassword = endpoint({
  method: 'POST', path: '/api/set-up', isPublic: true,
  body: z.strictObject({ token: z.string().check(z.regex(/^[\w-]{43}$/, 'token')), password: z.string().check(z.minLength(8, 'password'), z.maxLength(128, 'password')) }),
  response: z.object({ account: z.string(), member: z.string() }),
})

export const SignIn = z.object({
  id: Id, startedAt: Instant, seenAt: Instant, address: z.string(), agent: z.string(), isThis: z.boolean(),
})
export const listSignIns = endpoint({ method: 'GET', path: '/api/session/sign-ins', response: z.object({ items: z.array(SignIn) }) })
/** Ends one sign-in of the person, or with `others` all but this one. */
export const endSignIns = endpoint({
  method: 'POST', path: '/api/session/sign-ins/end', body: z.strictObject({ which: z.union([Id, z.literal('others')]) }),
  response: z.object({ ended: z.int() }),
})

/** What a list shows, kept per person on the server. */
export const ListPreference = z.strictObject({
  columns: z.optional(z.array(z.string().check(z.maxLength(40))).check(z.maxLength(40))),
  density: z.optional(z.enum(['comfortable', 'compact'])),
})
export type ListPreference = z.infer<typeof ListPreference>
export const ListName = z.enum(['customers', 'adjustments', 'transactions', 'operation-log', 'reveal-records', 'exports', 'lots', 'prospects', 'invitations', 'invite-links', 'managers', 'assigned', 'assignments', 'handovers', 'members', 'roles', 'cases', 'specialists', 'coupon-quotas', 'coupons', 'coupon-records', 'incentive-statements', 'incentive-lines', 'incentive-freezes', 'incentive-payments', 'incentive-invoices', 'coupon-whitelist', 'issued-quotas'])
export type ListName = z.infer<typeof ListName>
export const getPreferences = endpoint({
  method: 'GET', path: '/api/preferences', background: true,
  response: z.object({ lists: z.partialRecord(ListName, ListPreference) }),
})
export const putPreference = endpoint({
  method: 'PUT', path: '/api/preferences/:list', params: z.strictObject({ list: ListName }), body: ListPreference,
  response: ListPreference,
})
