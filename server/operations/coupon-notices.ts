import type { CouponKind } from '#contract/coupons.ts'
import { amountFromMinor, fromMinor } from '#contract/money.ts'
import type { Locale } from '#contract/people.ts'
import type { Tx } from '#server/db/transaction.ts'
import { maskEmail, maskMobile } from '#server/masking/mask.ts'
import { administratorMails } from '#server/messages/administrators.ts'
import { readWanted } from '#server/messages/choices.ts'
import { enqueueNotices, type Notice } from '#server/messages/enqueue.ts'
import { nextWorkingMoment } from '#server/messages/working-hours.ts'
import type { Terms } from './coupon-issue.ts'

type Partner = { id: string; name: string }
export type ToldCustomer = { id: string; mobile: string | null; email: string | null; language: Locale }
/** What lists limits in a message: products and order types of the customer's language. */
const orderTypes: Record<Locale, Record<string, string>> = { 'zh-CN': { NEW: '新购', RENEWAL: '续费', CHANGE: '变更' }, 'en-US': { NEW: 'new orders', RENEWAL: 'renewals', CHANGE: 'changes' } }

/** CP-02: tells each customer of its coupon by SMS and mail, as far as it has the contact and wants it there. @param told a customer stands here once per coupon. */
export async function tellIssued(tx: Tx, now: Date, { partner, kind, terms, customers }: { partner: Partner; kind: CouponKind; terms: Terms; customers: readonly ToldCustomer[] }): Promise<void> {
  const wants = await readWanted(tx, partner.id, 'CP-02', customers.map(({ id }) => id))
  await enqueueNotices(tx, now, customers.flatMap(({ id, mobile, email, language }): Notice[] => {
    const notice = {
      partnerId: partner.id, kind: 'CP-02' as const, locale: language,
      params: { partner: partner.name, kind, amount: amountFromMinor(terms.faceValue), minOrder: amountFromMinor(terms.minOrder), maxShare: terms.maxShare ?? undefined, until: terms.validUntil, scope: [...terms.products, ...terms.orderTypes.map((type) => orderTypes[language][type] ?? type)] },
    }
    return [
      ...(mobile === null || !wants(id, 'sms') ? [] : [{ ...notice, channel: 'sms' as const, to: mobile, toMasked: maskMobile(mobile) }]),
      ...(email === null || !wants(id, 'email') ? [] : [{ ...notice, channel: 'email' as const, to: email, toMasked: maskEmail(email) }]),
    ]
  }))
}

/** CP-04: coupons of a customer end soon. By mail, where the customer wants that. */
export async function tellEnding(tx: Tx, now: Date, partner: Partner, customers: readonly (ToldCustomer & { count: number; /** Minor units. */ balance: bigint; until: Date })[]): Promise<void> {
  const wants = await readWanted(tx, partner.id, 'CP-04', customers.map(({ id }) => id))
  await enqueueNotices(tx, now, customers.flatMap(({ id, email, language, count, balance, until }): Notice[] => (email === null || !wants(id, 'email') ? [] : [
    { partnerId: partner.id, kind: 'CP-04', channel: 'email', to: email, toMasked: maskEmail(email), locale: language, params: { partner: partner.name, count, amount: fromMinor(balance), until } },
  ])))
}

/** CP-01: the partner's administrators hear of a quota, within working hours. @param told.publicUrl where the console is. */
export async function tellQuota(tx: Tx, now: Date, partner: { id: string; timeZone: string }, told: { what: 'granted' | 'withdrawn' | 'ending'; kind: CouponKind; number: string; /** Minor units. */ amount: bigint; until: Date; publicUrl: string | undefined }): Promise<void> {
  const { publicUrl, amount, ...rest } = told
  const opens = nextWorkingMoment(now, partner.timeZone)
  const recipients = await administratorMails(tx, partner.id)
  await enqueueNotices(tx, now, recipients.map(({ email, language }) => ({
    partnerId: partner.id, kind: 'CP-01', channel: 'email', to: email, toMasked: maskEmail(email), locale: language, dueAt: told.what === 'ending' && opens >= told.until ? now : opens,
    params: { ...rest, amount: amountFromMinor(amount), timeZone: partner.timeZone }, ...(publicUrl !== undefined && { page: `${publicUrl}/coupons` }),
  })))
}
