import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { Masked } from './masked.ts'
import { Amount, Figure } from './money.ts'
import { Instant } from './page.ts'
import { Locale } from './people.ts'

export const getProfile = endpoint({
  method: 'GET', path: '/api/profile',
  response: z.object({
    account: z.string(), login: z.nullable(z.string()), nameMasked: Masked,
    mobile: z.nullable(z.object({ masked: Masked, isVerified: z.boolean() })),
    email: z.nullable(z.object({ masked: Masked, isVerified: z.boolean() })),
    /** `unified`: signs in through the unified ID, where contacts and password are managed (`manageUrl`). */
    kind: z.enum(['cloud', 'unified']), manageUrl: z.nullable(z.url()),
    /** When the password was last set; null for a unified ID. */
    passwordSetAt: z.nullable(Instant),
    language: Locale, verificationOn: z.boolean(), mayChangeVerification: z.boolean(),
    /** Set while the person's verification is locked. */
    lockedUntil: z.nullable(Instant),
  }),
})
const Quota = z.object({ granted: Amount, /** The budgets of all customers together. */ used: Figure, left: Figure })
/** How much a reseller may give its customers as budgets, granted by its distributor; null: none was granted. Other partners have no quotas. */
export const getBudgetQuota = endpoint({ method: 'GET', path: '/api/profile/budget-quota', response: z.object({ monthly: z.nullable(Quota), oneTime: z.nullable(Quota) }) })
/** Language of the messages this person receives. */
export const putLanguage = endpoint({ method: 'PUT', path: '/api/profile/language', body: z.strictObject({ language: Locale }), response: z.object({ language: Locale }) })
/** Always confirmed by a code, whatever the switch says. Administrators only. */
export const turnVerificationOff = endpoint({
  method: 'POST', path: '/api/profile/verification/off', proof: 'verification.off', idempotent: true, body: z.strictObject({}), response: z.object({ verificationOn: z.boolean() }),
})
/** Needs no code and takes effect at once; open questions without a code become invalid. */
export const turnVerificationOn = endpoint({ method: 'POST', path: '/api/profile/verification/on', body: z.strictObject({}), response: z.object({ verificationOn: z.boolean() }) })
