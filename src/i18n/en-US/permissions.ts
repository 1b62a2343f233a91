import type { Shape } from '#src/i18n/shape.ts'
import type { permissions as source } from '#src/i18n/zh-CN/permissions.ts'

export const permissions: Shape<typeof source> = {
  title: 'Permissions',
  group: { home: 'Home', funds: 'Money', customers: 'Customers', development: 'Development and invitations', data: 'Data', records: 'Records', organization: 'Organization', company: 'Company settings' },
  item: {
    home_view: 'View Home',
    funds_view: 'View funds',
    funds_allocate: 'Allocate to customers',
    funds_reclaim: 'Reclaim from customers',
    customer_view: 'View customers',
    customer_export: 'Export customers',
    customer_tag: 'Edit customer tags',
    data_reveal: 'View sensitive data',
    data_export: 'Export data',
    log_view: 'View the operation log',
    log_view_all: 'View the log of all members',
    verification_switch: 'Switch code verification',
    prospect_view: 'View preregistrations',
    prospect_report: 'Preregister customers',
    prospect_export: 'Export preregistrations',
    invite_view: 'View invitations',
    invite_send: 'Send invitations',
    invite_link: 'Generate invitation links',
    org_view: 'View organization',
    org_assign: 'Assign and hand over customers',
    org_member: 'Manage members',
    org_role: 'Manage roles',
    partner_settings: 'Change company settings',
    profile_notice: 'Set customer notices and bills',
  },
}
