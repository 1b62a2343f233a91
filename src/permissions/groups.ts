import type { Permission } from '#contract/people.ts'
import type { Key } from '#src/i18n/i18n.ts'

/** The permissions in the order of the menu. */
export const permissionGroups = [
  { key: 'home', permissions: ['home.view'] },
  { key: 'development', permissions: ['prospect.view', 'prospect.report', 'prospect.export', 'invite.view', 'invite.send', 'invite.link'] },
  { key: 'customers', permissions: ['customer.view', 'customer.tag', 'customer.export'] },
  { key: 'funds', permissions: ['funds.view', 'funds.allocate', 'funds.reclaim'] },
  { key: 'coupons', permissions: ['coupon.view', 'coupon.issue', 'coupon.reclaim', 'coupon.quota', 'coupon.whitelist'] },
  { key: 'organization', permissions: ['org.view', 'org.assign', 'org.member', 'org.role'] },
  { key: 'records', permissions: ['log.view', 'log.view.all'] },
  { key: 'data', permissions: ['data.reveal', 'data.export'] },
  { key: 'company', permissions: ['verification.switch', 'partner.settings', 'profile.notice'] },
] as const satisfies readonly { key: string; permissions: readonly Permission[] }[]

/** The words of every permission. A new one of the contract does not compile until it has some. */
export const permissionKey = {
  'home.view': 'permissions.item.home_view', 'funds.view': 'permissions.item.funds_view', 'funds.allocate': 'permissions.item.funds_allocate', 'funds.reclaim': 'permissions.item.funds_reclaim',
  'customer.view': 'permissions.item.customer_view', 'customer.export': 'permissions.item.customer_export', 'customer.tag': 'permissions.item.customer_tag', 'data.reveal': 'permissions.item.data_reveal',
  'data.export': 'permissions.item.data_export', 'log.view': 'permissions.item.log_view', 'log.view.all': 'permissions.item.log_view_all', 'verification.switch': 'permissions.item.verification_switch',
  'prospect.view': 'permissions.item.prospect_view', 'prospect.report': 'permissions.item.prospect_report', 'prospect.export': 'permissions.item.prospect_export', 'invite.view': 'permissions.item.invite_view',
  'invite.send': 'permissions.item.invite_send', 'invite.link': 'permissions.item.invite_link', 'org.view': 'permissions.item.org_view', 'org.assign': 'permissions.item.org_assign',
  'org.member': 'permissions.item.org_member', 'org.role': 'permissions.item.org_role', 'partner.settings': 'permissions.item.partner_settings', 'profile.notice': 'permissions.item.profile_notice',
  'coupon.view': 'permissions.item.coupon_view', 'coupon.issue': 'permissions.item.coupon_issue', 'coupon.reclaim': 'permissions.item.coupon_reclaim', 'coupon.quota': 'permissions.item.coupon_quota',
  'coupon.whitelist': 'permissions.item.coupon_whitelist',
} as const satisfies Record<Permission, Key>

/** @returns the groups that hold any of these permissions, with those only, in the order of the menu. */
export const grouped = (permissions: readonly Permission[]) =>
  permissionGroups.map(({ key, permissions: all }) => ({ key, permissions: all.filter((one) => permissions.includes(one)) })).filter((group) => group.permissions.length > 0)
