import type { AssociationType } from '#contract/customers.ts'
import type { Invitation, InviteLink } from '#contract/invites.ts'

/** What lies over the page: one dialog at a time, or none. */
export type Open =
  | { at: 'make' }
  | { at: 'link'; link: InviteLink; url?: string; title?: 'made' | 'replaced' }
  | { at: 'replace' | 'revokeLink'; link: InviteLink }
  /** The general link of the person, for a customer whom a mail does not reach. */
  | { at: 'instead'; associationType: AssociationType }
  | { at: 'resend'; rows: readonly Invitation[]; associationType?: AssociationType; /** A new invitation to the prospect of the one row, because the old one cannot be repeated. */ isNew?: boolean }
  | { at: 'email' | 'revoke' | 'cure'; row: Invitation }
  | { at: 'export'; ids: readonly string[] }
export type OnOpen = (open: Open) => void
