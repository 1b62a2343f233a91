import { findInvitations } from '#server/features/invitations/find.ts'
import { presentInvitation } from '#server/features/invitations/present.ts'
import { readInvitations } from '#server/features/invitations/store.ts'
import { presentLink } from '#server/features/invites/link-present.ts'
import { findLinks } from '#server/features/invites/link-store.ts'
import { cleanLookUp } from '#server/features/customers/lookup.ts'
import { findProspects } from '#server/features/prospects/find.ts'
import { presentProspect } from '#server/features/prospects/present.ts'
import { readProspects } from '#server/features/prospects/store.ts'
import type { Cell } from './csv.ts'
import { chunkRows, exportRowsMax, parts, refuseTooMany, text, type Asked, type Reading } from './exports-rows.ts'

const whole = { offset: 0, limit: exportRowsMax + 1 }

export const prospectColumns = ['name', 'mobile', 'email', 'prospectState', 'cause', 'rejectReason', 'reportedAt', 'reportedUntil', 'lastInvitation', 'lastInvitationAt', 'invitationNumber', 'manager', 'reporter', 'number'] as const

/** @returns the prospects of the request in parts, within the person's scope. */
export async function* prospectChunks({ tx, now, actor, word, time }: Reading, { filter, sort, lookup, selected }: Asked<'prospects'>): AsyncGenerator<Cell[][]> {
  const { ids } = await findProspects(tx, now, actor, { filter, sort, lookUp: cleanLookUp(lookup), selected }, whole)
  const value = (code: string | null | undefined): Cell => text(code ? word.value(code) : null)
  for (const part of parts(ids)) {
    // oxlint-disable-next-line no-await-in-loop -- some hundred rows at a time keep the memory flat
    yield (await readProspects(tx, now, actor, part)).map(presentProspect).map((row) => [
      text(row.nameMasked), text(row.mobileMasked), text(row.emailMasked), value(row.state), value(row.cause), text(row.rejectReason), time(row.reportedAt), time(row.expiresAt),
      value(row.lastInvitation?.state), time(row.lastInvitation?.sentAt ?? null), text(row.lastInvitation?.number ?? null), text(row.manager?.nameMasked ?? null), text(row.reporter.nameMasked), row.customer ? { digits: row.customer.number } : text(null),
    ])
  }
}

export const invitationColumns = ['invitationNumber', 'name', 'accountName', 'mobile', 'email', 'inviteKind', 'associationType', 'linkLabel', 'invitedBy', 'sentAt', 'validUntil', 'inviteState', 'cause', 'delivery', 'openedAt', 'signedUpAt', 'associatedAt', 'number'] as const

/** @returns the invitation records of the request in parts, within the person's scope. */
export async function* invitationChunks({ tx, now, actor, word, time }: Reading, { filter, sort, lookup, selected }: Asked<'invitations'>): AsyncGenerator<Cell[][]> {
  const { ids } = await findInvitations(tx, now, actor, { filter, sort, lookUp: cleanLookUp(lookup), selected }, whole)
  const value = (code: string | null | undefined): Cell => text(code ? word.value(code) : null)
  for (const part of parts(ids)) {
    // oxlint-disable-next-line no-await-in-loop -- some hundred rows at a time keep the memory flat
    yield (await readInvitations(tx, now, actor, part)).map(presentInvitation).map((row) => [
      text(row.number), text(row.nameMasked), text(row.accountNameMasked), text(row.mobileMasked), text(row.emailMasked), value(row.kind), value(row.associationType), text(row.label), text(row.invitedBy.nameMasked),
      time(row.sentAt), time(row.expiresAt), value(row.state), value(row.cause), value(row.delivery?.state), time(row.openedAt), time(row.registeredAt), time(row.associatedAt), row.customer ? { digits: row.customer.number } : text(null),
    ])
  }
}

export const linkColumns = ['linkLabel', 'inviteKind', 'associationType', 'createdBy', 'createdAt', 'validUntil', 'inviteState', 'opened', 'registered', 'associated', 'lastUsedAt', 'manager'] as const

/** @returns the generated links of the request in parts, within the person's scope; never their addresses. */
export async function* linkChunks({ tx, now, actor, word, time }: Reading, { filter, sort, selected }: Asked<'invite-links'>): AsyncGenerator<Cell[][]> {
  for (let page = 0; ; page += 1) {
    // oxlint-disable-next-line no-await-in-loop -- some hundred rows at a time keep the memory flat
    const { rows, total } = await findLinks(tx, now, actor, { filter, sort, selected }, { offset: page * chunkRows, limit: chunkRows })
    refuseTooMany(total)
    if (rows.length === 0) return
    yield rows.map(presentLink).map((row) => [
      text(row.label), text(word.value(row.kind)), text(word.value(row.associationType)), text(row.createdBy.nameMasked), time(row.createdAt), time(row.validUntil), text(word.value(row.state)),
      { count: row.opened }, { count: row.registered }, { count: row.associated }, time(row.lastUsedAt), text(row.manager?.nameMasked ?? null),
    ])
  }
}
