import type { MountFeature } from '#server/http/app.ts'
import { mountAcceptance } from './features/acceptance/routes.ts'
import { mountAgreements } from './features/agreements/routes.ts'
import { mountAssignments } from './features/assignments/routes.ts'
import { mountBusiness } from './features/business/routes.ts'
import { mountCases } from './features/cases/routes.ts'
import { mountCompany } from './features/company/routes.ts'
import { mountCouponWhitelist } from './features/coupon-whitelist/routes.ts'
import { mountCoupons } from './features/coupons/routes.ts'
import { mountCustomerBills } from './features/customer-bills/routes.ts'
import { mountCustomerContacts } from './features/customer-contacts/routes.ts'
import { mountCustomerNotices } from './features/customer-notices/routes.ts'
import { mountCustomers } from './features/customers/routes.ts'
import { mountExports } from './features/exports/routes.ts'
import { mountFunds } from './features/funds/routes.ts'
import { mountHome } from './features/home/routes.ts'
import { mountIncentiveInvoices } from './features/incentive-invoices/routes.ts'
import { mountIncentivePayments } from './features/incentive-payments/routes.ts'
import { mountIncentives } from './features/incentives/routes.ts'
import { mountInvitations } from './features/invitations/routes.ts'
import { mountInviteDesk } from './features/invites/desk.ts'
import { mountLinks } from './features/invites/links.ts'
import { mountMembers } from './features/members/routes.ts'
import { mountMy } from './features/my/routes.ts'
import { mountOperationLog } from './features/operation-log/routes.ts'
import { mountPreferences } from './features/preferences/routes.ts'
import { mountProfile } from './features/profile/routes.ts'
import { mountProspects } from './features/prospects/routes.ts'
import { mountResellerQuotas } from './features/reseller-quotas/routes.ts'
import { mountReveals } from './features/reveals/routes.ts'
import { mountRoles } from './features/roles/routes.ts'
import { mountSearch } from './features/search/routes.ts'
import { mountSecurity } from './features/security/routes.ts'
import { mountSpecialists } from './features/specialists/routes.ts'

/** Everything the API offers besides sign-in and codes: one line a feature. */
export const features: readonly MountFeature[] = [
  mountHome, mountCustomers, mountReveals, mountFunds, mountOperationLog, mountExports, mountSearch, mountPreferences, mountProfile,
  mountProspects, mountInvitations, mountLinks, mountInviteDesk, mountMembers, mountRoles, mountMy, mountAcceptance, mountAssignments, mountSecurity,
  mountCompany, mountCustomerContacts, mountCustomerNotices, mountCustomerBills, mountCases, mountAgreements, mountSpecialists, mountCoupons, mountBusiness, mountIncentivePayments, mountIncentiveInvoices, mountIncentives,
  mountCouponWhitelist, mountResellerQuotas,
]
