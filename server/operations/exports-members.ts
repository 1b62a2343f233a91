import { cleanLookUp } from '#server/features/customers/lookup.ts'
import { presentMember } from '#server/features/members/present.ts'
import { findMembers } from '#server/features/members/store.ts'
import type { Cell } from './csv.ts'
import { chunkRows, refuseTooMany, text, type Asked, type Reading } from './exports-rows.ts'

export const memberColumns = ['member', 'login', 'mobile', 'email', 'department', 'roles', 'director', 'customers', 'memberState', 'lastSignInAt', 'memberSince'] as const

/** @returns the members of the request in parts. Nobody's sign-ins stand in a file, so none count as living. */
export async function* memberChunks({ tx, now, actor, word, time, locks }: Reading, { filter, sort, lookup, selected }: Asked<'members'>): AsyncGenerator<Cell[][]> {
  for (let page = 0; ; page += 1) {
    // oxlint-disable-next-line no-await-in-loop -- some hundred rows at a time keep the memory flat
    const { rows, total } = await findMembers(tx, actor, { now, idleSeconds: 0, locks }, { filter, sort, lookUp: cleanLookUp(lookup), selected }, { offset: page * chunkRows, limit: chunkRows })
    refuseTooMany(total)
    if (rows.length === 0) return
    yield rows.map((record) => ({ department: record.department, row: presentMember(record, actor, locks) })).map(({ department, row }) => [
      text(row.nameMasked), text(row.login), text(row.mobileMasked), text(row.emailMasked), text(department), text(word.list([...row.roles.map((role) => word.value(`role.${role}`)), ...row.customRoles.map(({ name }) => name)])),
      text(row.director?.nameMasked ?? null), { count: row.customers }, text(word.value(`member.${row.state}`)), time(row.lastSignInAt), time(row.createdAt),
    ])
  }
}
