import type { Shape } from '#src/i18n/shape.ts'
import type { funds as source } from '#src/i18n/zh-CN/funds.ts'

export const funds: Shape<typeof source> = {
  title: 'Funds',
}
