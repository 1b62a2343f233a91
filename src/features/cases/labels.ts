import type { CaseState } from '#contract/company.ts'
import type { Tone } from '#src/components/StatusTag.tsx'

/** What waits and what failed stands out; approved is the normal case. */
export const caseTone = { UNDER_REVIEW: 'info', APPROVED: 'success', REJECTED: 'danger' } as const satisfies Record<CaseState, Tone>
