import type { BusinessState } from '#contract/business.ts'
import type { Tone } from '#src/components/StatusTag.tsx'

/** Certified is the normal case; whatever keeps incentives from being paid stands out. */
export const stateTone = { NOT_SUBMITTED: 'neutral', UNDER_REVIEW: 'info', TEST_PAYMENT: 'warning', CERTIFIED: 'success', FAILED: 'danger', LOCKED: 'danger' } as const satisfies Record<BusinessState, Tone>
