// What coupons and their quota say when they refuse. `{name}` is filled from the refusal's facts.

export const couponSentencesZh: Record<string, string> = {
  quota_short: '额度不足：剩余 {available}，需要 {needed}。', quota_not_in_force: '额度未生效或已失效（{from} 至 {to}）。', coupons_refused: '有 {count} 行未通过检查，未发放、未回收任何券。',
  coupon_state: '该券的状态不允许此操作。', coupon_not_due: '该券尚未激活或已失效。', coupon_order: '订单金额低于最小可用订单额，或超过最高抵扣比例。', coupon_short: '券余额不足：余额 {available}，需要 {needed}。', quota_state: '额度的状态不允许此操作。',
}
export const couponSentencesEn: Record<string, string> = {
  quota_short: 'Left {available}, needed {needed}.', quota_not_in_force: 'The quota is not in force ({from} to {to}).', coupons_refused: '{count} rows were refused. No coupon was issued or reclaimed.',
  coupon_state: 'The state of this coupon does not allow it.', coupon_not_due: 'This coupon is not active.', coupon_order: 'The order is below the minimum amount, or the share of it is too large.', coupon_short: 'The coupon has {available} left, needed {needed}.', quota_state: 'The state of the quota does not allow it.',
}
export const couponFieldsZh: Record<string, string> = {
  issue_max: '一次最多选择 10 个客户，不可重复。', share: '请输入 1 至 100 之间的整数百分比。', share_required: '请填写最高抵扣比例。', share_unknown: '只有提货券有最高抵扣比例。', until_quota: '有效期不能晚于额度的有效期。', until_past: '有效期不能早于今天。', narrower: '只能在额度的适用范围内选择。',
}
export const couponFieldsEn: Record<string, string> = {
  issue_max: 'At most 10 customers at once, each once.', share: 'Enter a whole percentage from 1 to 100.', share_required: 'Enter the largest share of an order.', share_unknown: 'Only delivery coupons have a largest share.', until_quota: 'The coupons cannot be valid longer than the quota.', until_past: 'Choose today or a later day.', narrower: 'Choose within the scope of the quota.',
}
export const couponRowsZh: Record<string, string> = {
  outside_limit: '超出额度限制。', outside_customers: '超出额度限制：仅限指定客户。', outside_resale: '超出额度限制：仅限代售客户。', outside_referral: '超出额度限制：仅限顾问销售客户。', not_whitelisted: '不在客户白名单中。', invoice_user: '开票对象为用户，不能发放给该客户。', only_original: '仅可发放给原客户 {customer}。', self_issue: '不能给自己发放。', quota_customer: '额度指定的客户不是您的客户。',
  coupon_closed: '该券不是可使用状态，不能回收。', coupon_empty: '该券没有余额。', coupon_reclaimed: '该券已回收。', coupon_foreign: '该券由其他伙伴发放，不能回收。', quota_closed: '该额度不是有效状态，或没有剩余。', issue_twice: '一次最多选择 10 个客户，不可重复。', coupon_twice: '与第 {other} 行重复。',
}
export const couponRowsEn: Record<string, string> = {
  outside_limit: "Outside the quota's limit.", outside_customers: "Outside the quota's limit: certain customers only.", outside_resale: "Outside the quota's limit: resale customers only.", outside_referral: "Outside the quota's limit: referral customers only.", not_whitelisted: 'Not on the whitelist.', invoice_user: 'The invoice goes to the user: not for this customer.', only_original: 'Only for the original customer {customer}.', self_issue: 'You cannot issue to yourself.', quota_customer: 'The customer of this quota is not yours.',
  coupon_closed: 'This coupon is not active and cannot be reclaimed.', coupon_empty: 'This coupon has no balance.', coupon_reclaimed: 'This coupon was reclaimed already.', coupon_foreign: 'Another partner issued this coupon, so it cannot be reclaimed.', quota_closed: 'This quota is not active, or nothing is left of it.', issue_twice: 'At most 10 customers at once, each once.', coupon_twice: 'Already in the list (row {other}).',
}
