import type { Shape } from '#src/i18n/shape.ts'
import type { profile as source } from '#src/i18n/zh-CN/profile.ts'

export const profile: Shape<typeof source> = {
  title: 'Basic information',
}
