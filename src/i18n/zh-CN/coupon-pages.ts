import { coupons } from './coupons.ts'

/** What the pages of coupons, and their forms over other pages, need besides the texts of every page. */
export const couponPages = {
  coupons,
  errors: { field: { issue_max: '一次最多选择 10 个客户，不可重复', share: '请输入 1 至 100 之间的整数百分比', until_quota: '有效期不能晚于额度的有效期', until_past: '有效期不能早于今天', customers_min: '请添加客户' } },
} as const
