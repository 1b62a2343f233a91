import type { Permission, PartnerType } from '#contract/people.ts'

/** The tabs of the page, in their order. */
export const profileTabs = ['company', 'account', 'messages', 'customer-notices', 'customer-bills', 'contacts', 'budget-quota', 'sign-ins'] as const
export type ProfileTab = (typeof profileTabs)[number]

type Who = { permissions: readonly Permission[]; type: PartnerType }
/** @returns whether somebody of this partner may open the tab; the server decides again. Only partners that sell to customers settle anything for them,
 *  and resellers leave bills to their distributor. */
export function mayOpen(tab: ProfileTab, { permissions, type }: Who): boolean {
  switch (tab) {
    case 'company': case 'account': case 'messages': case 'sign-ins': return true
    case 'customer-notices': return permissions.includes('profile.notice') && (type === 'CSP' || type === 'DISTRIBUTOR' || type === 'RESELLER')
    case 'customer-bills': return permissions.includes('profile.notice') && (type === 'CSP' || type === 'DISTRIBUTOR')
    case 'budget-quota': return type === 'RESELLER'
    case 'contacts': return permissions.includes('partner.settings')
  }
}
