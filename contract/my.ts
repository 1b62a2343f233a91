import * as z from 'zod/mini'
import { BillAmounts, NoticeTemplate } from './company.ts'
import { endpoint } from './endpoint.ts'
import { Figure } from './money.ts'

// The customer's own side, beside signing in (acceptance.ts).

/** Which messages the customer gets over which channel. While its partner has taken that over, the partner's template. */
export const getMyNotices = endpoint({ method: 'GET', path: '/api/my/notices', isPublic: true, response: z.object({ isTakenOver: z.boolean(), template: NoticeTemplate }) })
/** Refused while the partner has taken the settings over. */
export const putMyNotices = endpoint({ method: 'PUT', path: '/api/my/notices', isPublic: true, body: z.strictObject({ template: NoticeTemplate }), response: getMyNotices.response })
/** The expenditure of the last twelve months, oldest first. Does not exist for a customer whose partner shows no bills, and for a referral customer. */
export const getMyBills = endpoint({
  method: 'GET', path: '/api/my/bills', isPublic: true,
  response: z.object({ amounts: BillAmounts, months: z.array(z.object({ month: z.string(), /** List price; null where the partner shows no amounts. */ amount: z.nullable(Figure), /** Anything was used. */ isUsed: z.boolean() })) }),
})
