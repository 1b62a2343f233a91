import type { InviteLink } from '#contract/invites.ts'
import { maskName } from '#server/masking/mask.ts'
import type { LinkRecord } from './link-store.ts'

/** @returns the record of a link, people masked. Its address is not in it. */
export const presentLink = (row: LinkRecord): InviteLink => ({
  id: row.id, kind: row.kind, associationType: row.associationType, label: row.label, createdBy: { id: row.creatorId, nameMasked: maskName(row.creatorName) }, createdAt: row.createdAt.toISOString(),
  validFrom: row.startsAt?.toISOString() ?? null, validUntil: row.endsAt?.toISOString() ?? null, state: row.state,
  opened: row.opened, registered: row.registered, associated: row.associated, lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  manager: row.managerId === null ? null : { id: row.managerId, nameMasked: maskName(row.managerName ?? '') },
})
