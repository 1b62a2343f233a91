import { coupons } from './coupons.ts'
import { resellerQuotas } from './reseller-quotas.ts'
import { whitelist } from './whitelist.ts'

/** What the pages of coupons, and their forms over other pages, need besides the texts of every page. */
export const couponPages = {
  coupons,
  reseller_quotas: resellerQuotas,
  whitelist,
  errors: { field: { issue_max: '一次最多选择 10 个客户，不可重复', share: '请输入 1 至 100 之间的整数百分比', until_quota: '有效期不能晚于额度的有效期', until_past: '有效期不能早于今天', customers_min: '请添加客户', whitelist_unknown: '没有此名称或账号的客户', whitelist_several: '有多个客户使用此名称，请输入账号', whitelist_masked: '不能填写脱敏内容，请输入完整的名称或账号', whitelist_listed: '该客户已在白名单中', resellers_min: '请添加云经销商' } },
} as const
