import type { Documents } from './acceptance.ts'
import type { AssociationType } from './customers.ts'

/** The versions in force. A document whose text changes gets a new version here; what a customer accepted is stored with the version it saw. */
const documentVersions = { agreement: '2026-11', privacy: '2026-11', notice: { RESALE: 'R-2026-11', REFERRAL: 'F-2026-11' } } as const satisfies {
  agreement: string; privacy: string; notice: Record<AssociationType, string>
}

/** @param type how the customer and the partner are to be associated: each type has a notice of its own.
 *  @returns the versions that a customer accepts with it. */
export const documentsFor = (type: AssociationType): Documents => ({ agreement: documentVersions.agreement, privacy: documentVersions.privacy, notice: documentVersions.notice[type] })
