import type { Shape } from '#src/i18n/shape.ts'
import type { shell as source } from '#src/i18n/zh-CN/shell.ts'

export const shell: Shape<typeof source> = {
  skip: 'Skip to content',
  menu: 'Menu',
  areas: 'Areas',
  home: 'Home',
  sales: 'Sales',
  group_customers: 'Customers',
  group_money: 'Money',
  group_records: 'Records',
  development: 'Customer development',
  customers: 'Customers',
  funds: 'Funds',
  adjustments: 'Adjustment records',
  transactions: 'Transactions',
  operation_log: 'Operation log',
  exports: 'Export history',
  profile: 'Basic information',
  search: 'Find a customer, number or page',
  search_short: 'Search',
  embedded: 'Demo database: a power failure may lose data. Configure PostgreSQL for real use.',
  partner_restricted: 'Your company is restricted: resale customers cannot buy for now. Contact your ecosystem manager.',
  partner_frozen: 'Your company is frozen: accounts and resources of resale customers are frozen. Contact your ecosystem manager.',
  partner_left: 'Your company has left the program: only history can be viewed.',
  user_menu: 'Menu of {{name}}',
  role: { administrator: 'Admin', director: 'Account director', manager: 'Account manager', operator: 'Operator' },
}
