import type { InvitationState } from '#contract/invites.ts'
import type { Prospect, ProspectState } from '#contract/prospects.ts'
import type { Tone } from '#src/components/StatusTag.tsx'

type Look = { tone: Tone; isPlain: boolean }

/** How a state looks: the expected one is quiet. */
export const prospectTone = {
  UNDER_REVIEW: { tone: 'info', isPlain: false },
  REPORTED: { tone: 'info', isPlain: true },
  REJECTED: { tone: 'danger', isPlain: false },
  ASSOCIATION_FAILED: { tone: 'danger', isPlain: false },
  ASSOCIATED: { tone: 'success', isPlain: true },
  EXPIRED: { tone: 'neutral', isPlain: false },
} as const satisfies Record<ProspectState, Look>

/** As prospectTone, for the last mail. */
export const invitationTone = {
  SENT: { tone: 'info', isPlain: true },
  SEND_FAILED: { tone: 'danger', isPlain: true },
  OPENED: { tone: 'info', isPlain: true },
  FAILED: { tone: 'danger', isPlain: true },
  ASSOCIATED: { tone: 'success', isPlain: true },
  EXPIRED: { tone: 'neutral', isPlain: true },
  REVOKED: { tone: 'neutral', isPlain: true },
  REPLACED: { tone: 'neutral', isPlain: true },
} as const satisfies Record<InvitationState, Look>

/** @returns masked words for a row, for the names of its controls. */
export const rowWords = (row: Pick<Prospect, 'nameMasked' | 'mobileMasked'>): string => `${row.nameMasked} ${row.mobileMasked}`
