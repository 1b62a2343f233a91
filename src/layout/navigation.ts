import { maySeeKinds } from '#contract/coupon-kinds.ts'
import { hasFunds, type PartnerType, type Permission } from '#contract/people.ts'
import type { Session } from '#contract/session.ts'
import type { Key } from '#src/i18n/i18n.ts'
import { paths } from '#src/paths.ts'

export type NavItem = { key: string; label: Key; to: string; needs?: Permission; /** Whether partners of the type have it; without it, all do. */ isFor?: (type: PartnerType) => boolean }
/** The part of the console a group belongs to; the top bar leads there. */
export type Area = 'sales' | 'benefits' | 'organization'
type NavGroup = { key: string; area: Area; label: Key; items: readonly NavItem[] }

/** The pages of coupons. */
const couponItems: readonly NavItem[] = [
  { key: 'coupons', label: 'shell.coupons', to: paths.coupons(), needs: 'coupon.view', isFor: (type) => maySeeKinds[type].length > 0 },
]

/** The pages of incentives: what was earned, what is asked for, what is invoiced, and to whom it is paid. */
const incentiveItems: readonly NavItem[] = [
  { key: 'incentives', label: 'shell.incentives', to: paths.incentives(), needs: 'incentive.view' },
  { key: 'incentive-payments', label: 'shell.incentive_payments', to: paths.incentivePayments(), needs: 'incentive.request' },
  { key: 'incentive-invoices', label: 'shell.incentive_invoices', to: paths.incentiveInvoices(), needs: 'incentive.invoice' },
  { key: 'business', label: 'shell.business', to: paths.business(), needs: 'profile.business' },
]

/** The side menu. What the person may not open is not shown; a typed address answers with the no-right state. */
export const navigation: readonly NavGroup[] = [
  {
    key: 'customers', area: 'sales', label: 'shell.group_customers', items: [
      { key: 'development', label: 'shell.development', to: paths.development(), needs: 'prospect.view' },
      { key: 'invites', label: 'shell.invites', to: paths.invites(), needs: 'invite.view' },
      { key: 'customers', label: 'shell.customers', to: paths.customers(), needs: 'customer.view' },
    ],
  },
  {
    key: 'money', area: 'sales', label: 'shell.group_money', items: [
      { key: 'funds', label: 'shell.funds', to: paths.funds(), needs: 'funds.view', isFor: hasFunds },
      { key: 'adjustments', label: 'shell.adjustments', to: paths.adjustments(), needs: 'funds.view', isFor: hasFunds },
      { key: 'transactions', label: 'shell.transactions', to: paths.transactions(), needs: 'funds.view', isFor: hasFunds },
      ...couponItems,
    ],
  },
  { key: 'incentives', area: 'sales', label: 'shell.group_incentives', items: incentiveItems },
  {
    key: 'records', area: 'sales', label: 'shell.group_records', items: [
      { key: 'operation-log', label: 'shell.operation_log', to: paths.operationLog(), needs: 'log.view' },
      { key: 'exports', label: 'shell.exports', to: paths.exports() },
    ],
  },
  {
    key: 'benefits', area: 'benefits', label: 'shell.group_benefits', items: [
      { key: 'incentive-projects', label: 'shell.incentive_projects', to: paths.incentiveProjects(), needs: 'incentive.view' },
    ],
  },
  {
    key: 'organization', area: 'organization', label: 'shell.group_organization', items: [
      { key: 'members', label: 'shell.members', to: paths.members(), needs: 'org.view' },
      { key: 'roles', label: 'shell.roles', to: paths.roles(), needs: 'org.view' },
      { key: 'specialists', label: 'shell.specialists', to: paths.specialists(), needs: 'org.view' },
    ],
  },
  {
    key: 'managers', area: 'organization', label: 'shell.group_customers', items: [
      { key: 'assignments', label: 'shell.assignments', to: paths.assignments(), needs: 'org.view' },
    ],
  },
]

/** @returns whether the person may open the page, by permission and by what kind of partner theirs is. */
export const mayOpen = ({ needs, isFor }: Pick<NavItem, 'needs' | 'isFor'>, { permissions, partner }: Pick<Session, 'permissions' | 'partner'>): boolean =>
  (!needs || permissions.includes(needs)) && (!isFor || isFor(partner.type))

/** @param pathname of the page in view. @returns the area whose groups the side menu shows; Home and the person's own pages show those of Sales. */
export function areaOf(pathname: string): Area {
  if (pathname.startsWith('/organization/')) return 'organization'
  return pathname === '/incentives/projects' || pathname.startsWith('/incentives/projects/') ? 'benefits' : 'sales'
}

/** Every page, for the palette. */
export const pages: readonly NavItem[] = [
  { key: 'home', label: 'shell.home', to: paths.home() },
  ...navigation.flatMap((group) => group.items),
  { key: 'profile', label: 'shell.profile', to: paths.profile() },
  { key: 'cases', label: 'shell.cases', to: paths.cases(), needs: 'partner.settings' },
  { key: 'agreements', label: 'shell.agreements', to: paths.agreements(), needs: 'partner.settings' },
]

/** @param pathname of the page in view. @returns whether the menu item is its own: the longest path that begins it. */
export const isCurrent = (to: string, pathname: string): boolean => {
  const own = to.split('?')[0] ?? to
  if (pathname === own) return true
  if (!pathname.startsWith(`${own}/`)) return false
  return !navigation.flatMap((group) => group.items).some((item) => item.to !== to && item.to.length > to.length && pathname.startsWith(item.to))
}
