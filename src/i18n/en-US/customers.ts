import type { Shape } from '#src/i18n/shape.ts'
import type { customers as source } from '#src/i18n/zh-CN/customers.ts'

export const customers: Shape<typeof source> = {
  title: 'Customers',
}
