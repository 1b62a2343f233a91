import type { CouponOperation, Move } from './wording.ts'

const customers = ({ count }: Move): string => (count === 1 ? '1 customer' : `${count} customers`)
const resellers = ({ count }: Move): string => (count === 1 ? '1 reseller' : `${count} resellers`)
const issue = (kind: string) => (move: Move): string => `issue ${kind}, ${move.total} CNY in total, to ${move.payee ?? customers(move)}`
const reclaim = (kind: string) => (move: Move): string => `reclaim ${move.count} ${kind}, about ${move.total} CNY`

export const couponPhrase: Record<CouponOperation, (move: Move) => string> = {
  'coupon.voucher.issue': issue('vouchers'), 'coupon.voucher.reclaim': reclaim('vouchers'),
  'coupon.cash.issue': issue('cash coupons'), 'coupon.cash.reclaim': reclaim('cash coupons'),
  'coupon.delivery.issue': issue('delivery coupons'), 'coupon.delivery.reclaim': reclaim('delivery coupons'),
  'coupon.quota.issue': (move) => `issue ${move.total} CNY of voucher quota to ${move.payee ?? resellers(move)}`,
  'coupon.quota.reclaim': (move) => `reclaim about ${move.total} CNY of voucher quota from ${move.payee ?? resellers(move)}`,
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
