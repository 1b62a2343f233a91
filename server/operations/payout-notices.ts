import type { Permission } from '#contract/people.ts'
import type { Tx } from '#server/db/transaction.ts'
import { maskEmail, maskMobile } from '#server/masking/mask.ts'
import { enqueueNotices, type Notice } from '#server/messages/enqueue.ts'
import type { NoticeParams } from '#server/messages/texts.ts'
import type { PayoutTold } from '#server/messages/wording-payouts.ts'
import { nextWorkingMoment } from '#server/messages/working-hours.ts'
import type { Told } from './incentive-notices.ts'
import { holdersOf } from './member-holders.ts'

// Who is told how a payout stands: the holders of a permission, of some events the administrators as well, each over the verified contacts that the event goes to.

type Event = keyof PayoutTold
const rules: Record<Event, { permission: Permission; administrators: boolean; /** `either`: mail, or SMS to whoever has none. */ ways: 'email' | 'both' | 'either'; /** Waits for working hours. */ waits: boolean; page: (subject: string) => string }> = {
  'IC-06': { permission: 'incentive.request', administrators: false, ways: 'email', waits: true, page: (id) => `/incentives/payments?open=${id}` },
  'IC-07': { permission: 'incentive.invoice', administrators: false, ways: 'either', waits: false, page: (id) => `/incentives/invoices/${id}/list` },
  'IC-08': { permission: 'incentive.invoice', administrators: false, ways: 'both', waits: false, page: (id) => `/incentives/invoices?edit=${id}` },
  'IC-09': { permission: 'incentive.request', administrators: false, ways: 'email', waits: false, page: (id) => `/incentives/payments?open=${id}` },
  'IC-10': { permission: 'incentive.request', administrators: true, ways: 'both', waits: false, page: (id) => `/incentives/payments?open=${id}` },
  'IC-12': { permission: 'profile.business', administrators: true, ways: 'both', waits: false, page: () => '/profile/business' },
  'IC-13': { permission: 'incentive.request', administrators: false, ways: 'email', waits: true, page: () => '/incentives/projects/requests' },
}

/** Tells everybody whom an event concerns, in each one's language, in the transaction of the event. @param subject id of the payment request, for the address of the page; empty where there is none. */
export async function tellOfPayout<E extends Event>(tx: Tx, now: Date, { partner, publicUrl }: Told, event: E, params: NoticeParams[E], subject = ''): Promise<void> {
  const { permission, administrators, ways, waits, page } = rules[event]
  const holders = await holdersOf(tx, partner.id, permission, administrators ? 'or administrators' : undefined)
  await enqueueNotices(tx, now, holders.flatMap(({ email, mobile, language }) => {
    const common = { partnerId: partner.id, kind: event, locale: language, params, ...(publicUrl !== undefined && { page: `${publicUrl}${page(subject)}` }), ...(waits && { dueAt: nextWorkingMoment(now, partner.timeZone) }) }
    const byMail = email === null ? [] : [notice({ ...common, channel: 'email', to: email, toMasked: maskEmail(email) })]
    const bySms = mobile === null || ways === 'email' || (ways === 'either' && email !== null) ? [] : [notice({ ...common, channel: 'sms', to: mobile, toMasked: maskMobile(mobile) })]
    return [...byMail, ...bySms]
  }))
}

// oxlint-disable-next-line typescript/consistent-type-assertions -- kind and params come from one generic parameter, which the union of notices cannot express
const notice = (made: { kind: Event; params: NoticeParams[Event] } & Pick<Notice, 'partnerId' | 'channel' | 'to' | 'toMasked' | 'locale'>): Notice => made as Notice
