import * as z from 'zod/mini'

export const PartnerType = z.enum(['CSP', 'DISTRIBUTOR', 'RESELLER', 'SUBSIDY', 'GOVCLOUD', 'MARKETPLACE'])
export type PartnerType = z.infer<typeof PartnerType>
/** @returns whether partners of the type have money to allocate: government-cloud partners have delivery coupons instead. */
export const hasFunds = (type: PartnerType): boolean => type !== 'GOVCLOUD'
/** @returns whether partners of the type allocate money to customers and reclaim it; for the others the operations do not exist. */
export const movesFunds = (type: PartnerType): boolean => type === 'CSP' || type === 'DISTRIBUTOR' || type === 'RESELLER'
export const PartnerState = z.enum(['ACTIVE', 'RESTRICTED', 'FROZEN', 'LEFT'])
export type PartnerState = z.infer<typeof PartnerState>
export const Role = z.enum(['administrator', 'director', 'manager', 'operator'])
export type Role = z.infer<typeof Role>
/** A member has one to three roles: built-in ones, and custom ones of the partner by their id. */
export const rolesPerMember = 3
export const Locale = z.enum(['zh-CN', 'en-US'])
export type Locale = z.infer<typeof Locale>

/** What a member may do. Which role has which is data of the server; the console only hides and explains. */
export const Permission = z.enum([
  'home.view', 'funds.view', 'funds.allocate', 'funds.reclaim', 'customer.view', 'customer.export', 'customer.tag', 'data.reveal', 'data.export',
  'log.view', 'log.view.all', 'verification.switch', 'prospect.view', 'prospect.report', 'prospect.export', 'invite.view', 'invite.send', 'invite.link', 'org.view', 'org.assign', 'org.member', 'org.role', 'partner.settings', 'profile.notice',
  'coupon.view', 'coupon.issue', 'coupon.reclaim', 'coupon.quota', 'coupon.whitelist',
  'incentive.view', 'incentive.confirm', 'incentive.request', 'incentive.invoice', 'profile.business',
])
export type Permission = z.infer<typeof Permission>
