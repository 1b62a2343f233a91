import type { CouponKind } from '#contract/coupons.ts'
import type { CouponEndsTold, CouponIssuedTold, CouponOperation, MessageText, Move, QuotaTold } from './wording.ts'

const customers = ({ count }: Move): string => `${count}个客户`
const resellers = ({ count }: Move): string => `${count}个云经销商`
const quotas = ({ count }: Move): string => `${count}笔代金券额度`
const issue = (kind: string) => (move: Move): string => `向${move.payee ?? customers(move)}发放${kind}合计${move.total}元`
const reclaim = (kind: string) => (move: Move): string => `回收${move.count}张${kind}，约${move.total}元`

export const couponPhrase: Record<CouponOperation, (move: Move) => string> = {
  'coupon.voucher.issue': issue('代金券'), 'coupon.voucher.reclaim': reclaim('代金券'),
  'coupon.cash.issue': issue('现金券'), 'coupon.cash.reclaim': reclaim('现金券'),
  'coupon.delivery.issue': issue('提货券'), 'coupon.delivery.reclaim': reclaim('提货券'),
  'coupon.quota.issue': (move) => `向${move.payee ?? resellers(move)}发放代金券额度合计${move.total}元`,
  // Several may be of one reseller.
  'coupon.quota.reclaim': (move) => (move.payee === undefined ? `回收${quotas(move)}，合计约${move.total}元` : `从${move.payee}回收代金券额度合计约${move.total}元`),
}
export const couponAction: Record<CouponOperation, string> = {
  'coupon.voucher.issue': '发放代金券', 'coupon.voucher.reclaim': '回收代金券', 'coupon.cash.issue': '发放现金券', 'coupon.cash.reclaim': '回收现金券',
  'coupon.delivery.issue': '发放提货券', 'coupon.delivery.reclaim': '回收提货券', 'coupon.quota.issue': '发放代金券额度', 'coupon.quota.reclaim': '回收代金券额度',
}
const to = (move: Move): string => move.payee ?? customers(move)
const pieces = ({ count }: Move): string => `${count}张券`
export const couponTarget: Record<CouponOperation, (move: Move) => string> = {
  'coupon.voucher.issue': to, 'coupon.cash.issue': to, 'coupon.delivery.issue': to, 'coupon.voucher.reclaim': pieces, 'coupon.cash.reclaim': pieces, 'coupon.delivery.reclaim': pieces,
  'coupon.quota.issue': (move) => move.payee ?? resellers(move), 'coupon.quota.reclaim': (move) => move.payee ?? quotas(move),
}

const sign = '【伙伴中心】'
const kinds: Record<CouponKind, string> = { VOUCHER: '代金券', CASH: '现金券', DELIVERY: '提货券' }

/** CP-01 in Chinese. */
export function quotaChanged({ what, kind, number, value, until }: QuotaTold): MessageText {
  const quota = `${kinds[kind]}额度 ${number}`
  const deed = { granted: `您获得${quota}，金额${value}元，有效期至 ${until}`, withdrawn: `您的${quota}已被收回${value}元，不能再用于发放`, ending: `您的${quota}剩余${value}元，将于 ${until} 到期` }[what]
  return { sms: `${sign}${deed}。`, subject: { granted: '券额度通知：已授予', withdrawn: '券额度通知：已收回', ending: '券额度通知：即将到期' }[what], mail: `${deed}。` }
}

/** CP-02 in Chinese. */
export function couponIssued({ issuer, kind, value, minOrder, maxShare, until, scope }: CouponIssuedTold): MessageText {
  const deed = `${issuer}向您发放一张${kinds[kind]}，面值${value}元，有效期至 ${until}`
  const limits = scope.length === 0 ? '适用于全部产品和订单。' : `适用范围：${scope.join('、')}。`
  return { sms: `${sign}${deed}。`, subject: `您收到一张${kinds[kind]}`, mail: `${deed}。\n\n最小可用订单额：${minOrder}元。${maxShare === undefined ? '' : `最高抵扣一笔订单的 ${maxShare}%。`}${limits}` }
}

/** CP-04 in Chinese. */
export function couponsEnd({ issuer, count, value, until }: CouponEndsTold): MessageText {
  const deed = `${issuer}发放给您的 ${count} 张券即将到期，余额合计${value}元，最早于 ${until} 到期`
  return { sms: `${sign}${deed}。`, subject: '券即将到期', mail: `${deed}。\n\n到期后余额不能再使用。` }
}
