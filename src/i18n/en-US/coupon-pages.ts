import { coupons } from './coupons.ts'
import { resellerQuotas } from './reseller-quotas.ts'
import { whitelist } from './whitelist.ts'

/** What the pages of coupons, and their forms over other pages, need besides the texts of every page. */
export const couponPages = {
  coupons,
  reseller_quotas: resellerQuotas,
  whitelist,
  errors: { field: { issue_max: 'At most 10 customers at once, each once', share: 'Enter a whole percentage from 1 to 100', until_quota: 'The coupons cannot be valid longer than the quota', until_past: 'Choose today or a later day', customers_min: 'Add customers', whitelist_unknown: 'There is no customer of this name or account', whitelist_several: 'Several customers have this name. Enter the account', whitelist_masked: 'A masked value names nobody. Enter the full name or account', whitelist_listed: 'This customer is on the whitelist already', resellers_min: 'Add resellers' } },
}
