import type { Shape } from '#src/i18n/shape.ts'
import type { home as source } from '#src/i18n/zh-CN/home.ts'

export const home: Shape<typeof source> = {
  title: 'Home',
}
