import type { Member, MemberState } from '#contract/members.ts'
import type { Permission } from '#contract/people.ts'
import type { Tone } from '#src/components/StatusTag.tsx'
import type { Key } from '#src/i18n/i18n.ts'

/** The words of every permission. A new one of the contract does not compile until it has some. */
export const permissionKey = {
  'home.view': 'members.permission.home_view', 'funds.view': 'members.permission.funds_view', 'funds.allocate': 'members.permission.funds_allocate', 'funds.reclaim': 'members.permission.funds_reclaim',
  'customer.view': 'members.permission.customer_view', 'customer.export': 'members.permission.customer_export', 'customer.tag': 'members.permission.customer_tag', 'data.reveal': 'members.permission.data_reveal',
  'data.export': 'members.permission.data_export', 'log.view': 'members.permission.log_view', 'log.view.all': 'members.permission.log_view_all', 'verification.switch': 'members.permission.verification_switch',
  'prospect.view': 'members.permission.prospect_view', 'prospect.report': 'members.permission.prospect_report', 'prospect.export': 'members.permission.prospect_export', 'invite.view': 'members.permission.invite_view',
  'invite.send': 'members.permission.invite_send', 'invite.link': 'members.permission.invite_link', 'org.view': 'members.permission.org_view', 'org.assign': 'members.permission.org_assign',
  'org.member': 'members.permission.org_member', 'partner.settings': 'members.permission.partner_settings',
} as const satisfies Record<Permission, Key>

/** How a state looks: whoever can work is quiet. */
export const stateLook = {
  ACTIVE: { tone: 'success', isPlain: true },
  INVITED: { tone: 'info', isPlain: false },
  DISABLED: { tone: 'neutral', isPlain: false },
  LOCKED: { tone: 'warning', isPlain: false },
} as const satisfies Record<MemberState, { tone: Tone; isPlain: boolean }>

/** @returns a member's masked name with the login name, which tells two people of one name apart. */
export const nameOf = ({ nameMasked, login }: Pick<Member, 'nameMasked' | 'login'>): string => `${nameMasked} ${login}`.trim()
