import type { CouponOperation, Move } from './wording.ts'

const customers = ({ count }: Move): string => `${count}个客户`
const resellers = ({ count }: Move): string => `${count}个云经销商`
const issue = (kind: string) => (move: Move): string => `向${move.payee ?? customers(move)}发放${kind}合计${move.total}元`
const reclaim = (kind: string) => (move: Move): string => `回收${move.count}张${kind}，约${move.total}元`

export const couponPhrase: Record<CouponOperation, (move: Move) => string> = {
  'coupon.voucher.issue': issue('代金券'), 'coupon.voucher.reclaim': reclaim('代金券'),
  'coupon.cash.issue': issue('现金券'), 'coupon.cash.reclaim': reclaim('现金券'),
  'coupon.delivery.issue': issue('提货券'), 'coupon.delivery.reclaim': reclaim('提货券'),
  'coupon.quota.issue': (move) => `向${move.payee ?? resellers(move)}发放代金券额度合计${move.total}元`,
  'coupon.quota.reclaim': (move) => `从${move.payee ?? resellers(move)}回收代金券额度合计约${move.total}元`,
}
export const couponAction: Record<CouponOperation, string> = {
  'coupon.voucher.issue': '发放代金券', 'coupon.voucher.reclaim': '回收代金券', 'coupon.cash.issue': '发放现金券', 'coupon.cash.reclaim': '回收现金券',
  'coupon.delivery.issue': '发放提货券', 'coupon.delivery.reclaim': '回收提货券', 'coupon.quota.issue': '发放代金券额度', 'coupon.quota.reclaim': '回收代金券额度',
}
const to = (move: Move): string => move.payee ?? customers(move)
const pieces = ({ count }: Move): string => `${count}张券`
export const couponTarget: Record<CouponOperation, (move: Move) => string> = {
  'coupon.voucher.issue': to, 'coupon.cash.issue': to, 'coupon.delivery.issue': to, 'coupon.voucher.reclaim': pieces, 'coupon.cash.reclaim': pieces, 'coupon.delivery.reclaim': pieces,
  'coupon.quota.issue': (move) => move.payee ?? resellers(move), 'coupon.quota.reclaim': (move) => move.payee ?? resellers(move),
}
