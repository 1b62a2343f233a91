import type { Locale, Permission } from '#contract/people.ts'
import { permissionsOf, type MemberRoles, type Rights } from '#server/auth/permissions.ts'
import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { maskEmail, maskMobile } from '#server/masking/mask.ts'
import type { Notice } from '#server/messages/enqueue.ts'
import type { NoticeParams } from '#server/messages/texts.ts'
import type { PayoutTold } from '#server/messages/wording-payouts.ts'
import { nextWorkingMoment } from '#server/messages/working-hours.ts'

// Who is told how a payout stands: the holders of a permission, some events the administrators as well, each over the verified contacts that the event goes to.

type Event = keyof PayoutTold
const rules: Record<Event, { permission: Permission; administrators: boolean; /** `either`: mail, or SMS to whoever has none. */ ways: 'email' | 'both' | 'either'; /** Waits for working hours. */ waits: boolean; page: (subject: string) => string }> = {
  'IC-06': { permission: 'incentive.request', administrators: false, ways: 'email', waits: true, page: (id) => `/incentives/payments?open=${id}` },
  'IC-07': { permission: 'incentive.invoice', administrators: false, ways: 'either', waits: false, page: (id) => `/incentives/invoices?open=${id}` },
  'IC-08': { permission: 'incentive.invoice', administrators: false, ways: 'both', waits: false, page: (id) => `/incentives/invoices?open=${id}` },
  'IC-09': { permission: 'incentive.request', administrators: false, ways: 'email', waits: false, page: (id) => `/incentives/payments?open=${id}` },
  'IC-10': { permission: 'incentive.request', administrators: true, ways: 'both', waits: false, page: (id) => `/incentives/payments?open=${id}` },
  'IC-12': { permission: 'profile.business', administrators: true, ways: 'both', waits: false, page: () => '/profile/business' },
  'IC-13': { permission: 'incentive.request', administrators: false, ways: 'email', waits: true, page: () => '/incentives/projects?tab=payments' },
}

type Told = { email: string | null; mobile: string | null; language: Locale; isAdministrator: boolean } & MemberRoles & Rights
type Where = { partner: { id: string; timeZone: string }; /** Id of the payment request, for the address of the page; empty where there is none. */ subject: string; /** Where the console is. */ publicUrl: string }

/** @returns the messages of one event to everybody who is told, in each one's language. */
export async function payoutNotices<E extends Event>(tx: Tx, now: Date, event: E, params: NoticeParams[E], { partner, subject, publicUrl }: Where): Promise<Notice[]> {
  const { permission, administrators, ways, waits, page } = rules[event]
  const members = await tx.rows<Told>(sql`
    select case when email_verified then email end as email, case when mobile_verified then mobile end as mobile, language, 'administrator' = any(roles) as "isAdministrator", roles,
           member_custom_roles(partner_id, custom_role_ids) as "customRoles", extra_permissions as extra, removed_permissions as removed from members where partner_id = ${partner.id}::uuid and state = 'ACTIVE' order by id`)
  const told = members.filter((member) => (administrators && member.isAdministrator) || permissionsOf(member).has(permission))
  return told.flatMap(({ email, mobile, language }) => {
    const common = { partnerId: partner.id, kind: event, locale: language, params, page: `${publicUrl}${page(subject)}`, ...(waits && { dueAt: nextWorkingMoment(now, partner.timeZone) }) }
    const byMail = email === null ? [] : [notice({ ...common, channel: 'email' as const, to: email, toMasked: maskEmail(email) })]
    const bySms = mobile === null || ways === 'email' || (ways === 'either' && email !== null) ? [] : [notice({ ...common, channel: 'sms' as const, to: mobile, toMasked: maskMobile(mobile) })]
    return [...byMail, ...bySms]
  })
}

// oxlint-disable-next-line typescript/consistent-type-assertions -- kind and params come from one generic parameter, which the union of notices cannot express
const notice = (made: { kind: Event; params: NoticeParams[Event] } & Pick<Notice, 'partnerId' | 'channel' | 'to' | 'toMasked' | 'locale'>): Notice => made as Notice

