import type { CouponKind } from '#contract/coupons.ts'
import type { CouponEndsTold, CouponIssuedTold, CouponOperation, MessageText, Move, QuotaTold } from './wording.ts'

const customers = ({ count }: Move): string => (count === 1 ? '1 customer' : `${count} customers`)
const resellers = ({ count }: Move): string => (count === 1 ? '1 reseller' : `${count} resellers`)
const quotas = ({ count }: Move): string => (count === 1 ? '1 voucher quota' : `${count} voucher quotas`)
const issue = (kind: string) => (move: Move): string => `issue ${kind}, ${move.total} CNY in total, to ${move.payee ?? customers(move)}`
const reclaim = (kind: string) => (move: Move): string => `reclaim ${move.count} ${kind}, about ${move.total} CNY`

export const couponPhrase: Record<CouponOperation, (move: Move) => string> = {
  'coupon.voucher.issue': issue('vouchers'), 'coupon.voucher.reclaim': reclaim('vouchers'),
  'coupon.cash.issue': issue('cash coupons'), 'coupon.cash.reclaim': reclaim('cash coupons'),
  'coupon.delivery.issue': issue('delivery coupons'), 'coupon.delivery.reclaim': reclaim('delivery coupons'),
  'coupon.quota.issue': (move) => `issue ${move.total} CNY of voucher quota to ${move.payee ?? resellers(move)}`,
  // Several may be of one reseller.
  'coupon.quota.reclaim': (move) => (move.payee === undefined ? `reclaim ${quotas(move)}, about ${move.total} CNY` : `reclaim about ${move.total} CNY of voucher quota from ${move.payee}`),
}
export const couponAction: Record<CouponOperation, string> = {
  'coupon.voucher.issue': 'issue vouchers', 'coupon.voucher.reclaim': 'reclaim vouchers', 'coupon.cash.issue': 'issue cash coupons', 'coupon.cash.reclaim': 'reclaim cash coupons',
  'coupon.delivery.issue': 'issue delivery coupons', 'coupon.delivery.reclaim': 'reclaim delivery coupons', 'coupon.quota.issue': 'issue voucher quota', 'coupon.quota.reclaim': 'reclaim voucher quota',
}
const to = (move: Move): string => `to ${move.payee ?? customers(move)}`
const pieces = ({ count }: Move): string => `from ${count === 1 ? '1 coupon' : `${count} coupons`}`
export const couponTarget: Record<CouponOperation, (move: Move) => string> = {
  'coupon.voucher.issue': to, 'coupon.cash.issue': to, 'coupon.delivery.issue': to, 'coupon.voucher.reclaim': pieces, 'coupon.cash.reclaim': pieces, 'coupon.delivery.reclaim': pieces,
  'coupon.quota.issue': (move) => `to ${move.payee ?? resellers(move)}`, 'coupon.quota.reclaim': (move) => `from ${move.payee ?? resellers(move)}`,
}

const sign = '[Partner Center]'
const kinds: Record<CouponKind, { one: string, quota: string }> = { VOUCHER: { one: 'voucher', quota: 'voucher quota' }, CASH: { one: 'cash coupon', quota: 'cash coupon quota' }, DELIVERY: { one: 'delivery coupon', quota: 'delivery coupon quota' } }

/** CP-01 in English. */
export function quotaChanged({ what, kind, number, value, until }: QuotaTold): MessageText {
  const { quota } = kinds[kind]
  const deed = { granted: `You were granted ${quota} ${number} of ${value} CNY, in force until ${until}`, withdrawn: `${value} CNY of your ${quota} ${number} were withdrawn; it can no longer be issued from`, ending: `Your ${quota} ${number} with ${value} CNY left ends at ${until}` }[what]
  return { sms: `${sign} ${deed}.`, subject: { granted: 'Coupon quota granted', withdrawn: 'Coupon quota withdrawn', ending: 'Coupon quota about to end' }[what], mail: `${deed}.` }
}

/** CP-02 in English. */
export function couponIssued({ issuer, kind, value, minOrder, maxShare, until, scope }: CouponIssuedTold): MessageText {
  const deed = `${issuer} issued you a ${kinds[kind].one} of ${value} CNY, valid until ${until}`
  const limits = scope.length === 0 ? 'For all products and orders.' : `For: ${scope.join(', ')}.`
  return { sms: `${sign} ${deed}.`, subject: `You received a ${kinds[kind].one}`, mail: `${deed}.\n\nMinimum order amount: ${minOrder} CNY. ${maxShare === undefined ? '' : `It pays at most ${maxShare}% of an order. `}${limits}` }
}

/** CP-04 in English. */
export function couponsEnd({ issuer, count, value, until }: CouponEndsTold): MessageText {
  const deed = `${count === 1 ? '1 coupon' : `${count} coupons`} from ${issuer} with ${value} CNY left will end, the first at ${until}`
  return { sms: `${sign} ${deed}.`, subject: 'Coupon about to end', mail: `${deed}.\n\nWhat is left then can no longer be used.` }
}
