import type { Shape } from '#src/i18n/shape.ts'
import type { incentivePages as source } from '#src/i18n/zh-CN/incentive-pages.ts'
import { certification } from './certification.ts'
import { incentives } from './incentives.ts'

export const incentivePages: Shape<typeof source> = { certification, incentives }
