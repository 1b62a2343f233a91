import { certification } from './certification.ts'
import { incentives } from './incentives.ts'

/** What the pages of incentive statements need besides the texts of every page. */
export const incentivePages = { certification, incentives }
