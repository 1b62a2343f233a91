import type { FeedbackState, StatementState } from '#contract/incentives.ts'
import type { Tone } from '#src/components/StatusTag.tsx'

type Look = { tone: Tone; isPlain: boolean }

/** How a state looks: what somebody has to do, or has lost, speaks; the rest is quiet. */
export const statementLook = {
  ESTIMATED: { tone: 'neutral', isPlain: true },
  PENDING_CONFIRMATION: { tone: 'info', isPlain: false },
  CONFIRMED: { tone: 'success', isPlain: true },
  ISSUING: { tone: 'info', isPlain: true },
  ISSUED: { tone: 'success', isPlain: true },
  LAPSED: { tone: 'danger', isPlain: false },
} as const satisfies Record<StatementState, Look>

/** As statementLook, for feedback on a line. */
export const feedbackLook = {
  OPEN: { tone: 'info', isPlain: true },
  ANSWERED: { tone: 'success', isPlain: false },
  CLOSED: { tone: 'neutral', isPlain: true },
} as const satisfies Record<FeedbackState, Look>
