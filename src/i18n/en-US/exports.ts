import type { Shape } from '#src/i18n/shape.ts'
import type { exports as source } from '#src/i18n/zh-CN/exports.ts'

export const exports: Shape<typeof source> = {
  title: 'Export history',
}
