import type { Shape } from '#src/i18n/shape.ts'
import type { log as source } from '#src/i18n/zh-CN/log.ts'

export const log: Shape<typeof source> = {
  title: 'Operation log',
}
