import { addToWhitelist, importWhitelist, queryWhitelist, queryWhitelistPreview, removeFromWhitelist } from '#contract/coupon-whitelist.ts'
import { takeLimit } from '#server/db/limit.ts'
import type { Context, Operation } from '#server/http/context.ts'
import type { MountFeature } from '#server/http/app.ts'
import { Refusal } from '#server/http/refusal.ts'
import { lookUps } from '#server/limits.ts'
import { isMask, maskCompany } from '#server/masking/mask.ts'
import { takeLookUp } from '#server/operations/look-up-limit.ts'
import { kindsOf, resolveLookUp } from '#server/operations/look-up.ts'
import { demandSubsidy } from './admit.ts'
import { presentEntry, presentJudged } from './present.ts'
import { mountWhitelistUpload, readPreview, removePreview } from './preview.ts'
import { askRegistry } from './registry.ts'
import type { Known } from './rules.ts'
import { findEntries, insertEntry, readEntry, readWhitelist, removeEntry, replaceList, type EntryRow } from './store.ts'
import { mountTemplate } from './template.ts'

const add: Operation<typeof addToWhitelist, Known> = {
  permission: 'coupon.whitelist', refused: 'whitelist.added',
  async prepare({ body: { value } }, context) {
    demandSubsidy(context.actor)
    if (isMask(value)) throw new Refusal('masked_value', { fields: [{ path: 'value', code: 'invalid', message: '' }] })
    await takeLookUp(context)
    const { byAccount, byName } = await askRegistry(context.tx, context.actor.partner.id, { accounts: [value], names: [value] })
    const known = byAccount.get(value) ?? onlyOne(byName.get(value) ?? [])
    if (typeof known === 'string') throw new Refusal('invalid_input', { fields: [{ path: 'value', code: known, message: '' }], afterwards: countLookUp })
    return known
  },
  async apply(known, _input, { tx, now, actor: { partner, member } }) {
    const entry = await readEntry(tx, partner.id, await insertEntry(tx, now, { partnerId: partner.id, memberId: member.id }, known))
    if (!entry) throw new Error('a row that was just written')
    return presentEntry(entry)
  },
  log: ({ id, version, accountNameMasked }) => ({ operation: 'whitelist.added', objectKind: 'whitelist', objectNumber: id, details: { version, accountName: accountNameMasked } }),
}

const onlyOne = ([first, ...others]: readonly Known[]): Known | 'whitelist_unknown' | 'whitelist_several' => (first ? (others.length > 0 ? 'whitelist_several' : first) : 'whitelist_unknown')

/** The refusal undid the count of its own look-up, and guessing must not be free. */
const countLookUp = async ({ tx, now, actor }: Context): Promise<void> => void await takeLimit(tx, now, 'look-up', `${actor.partner.id}:${actor.member.id}`, lookUps.window, lookUps.max)

const remove: Operation<typeof removeFromWhitelist, EntryRow> = {
  permission: 'coupon.whitelist', refused: 'whitelist.removed',
  async prepare({ params: { id } }, { tx, actor }) {
    demandSubsidy(actor)
    const entry = await readEntry(tx, actor.partner.id, id)
    if (!entry) throw new Refusal('not_found')
    return entry
  },
  async apply({ id }, _input, { tx, now, actor: { partner, member } }) {
    if (!await removeEntry(tx, now, { partnerId: partner.id, memberId: member.id }, id)) throw new Refusal('not_found')
    return { size: (await readWhitelist(tx, partner.id)).size }
  },
  log: (_reply, { id, version, accountName }) => ({ operation: 'whitelist.removed', objectKind: 'whitelist', objectNumber: id, details: { version, accountName: maskCompany(accountName) } }),
}

type Prepared = { revision: number; rows: Known[]; before: number }
const importVersion: Operation<typeof importWhitelist, Prepared> = {
  permission: 'coupon.whitelist', refused: 'whitelist.imported',
  async prepare({ body: { previewId } }, { tx, now, actor }) {
    demandSubsidy(actor)
    const { revision, rows } = await readPreview(tx, now, actor, previewId)
    const known = rows.flatMap((row) => row.known ?? [])
    if (known.length < rows.length) throw new Refusal('conflict', { sentence: 'whitelist_rows', facts: { refused: String(rows.length - known.length) } })
    const list = await readWhitelist(tx, actor.partner.id)
    if (list.revision !== revision) throw new Refusal('stale', { sentence: 'whitelist_stale' })
    return { revision, rows: known, before: list.size }
  },
  async apply({ revision, rows }, { body: { previewId } }, { tx, now, actor }) {
    const version = await replaceList(tx, now, { partnerId: actor.partner.id, memberId: actor.member.id }, revision, rows)
    if (version === undefined) throw new Refusal('stale', { sentence: 'whitelist_stale' })
    await removePreview(tx, actor, previewId)
    return { version, size: rows.length }
  },
  log: ({ version, size }, { before }) => ({ operation: 'whitelist.imported', objectKind: 'whitelist', objectNumber: `v${version}`, details: { version, rows: size, before } }),
}

/** The customer whitelist of subsidy partners: the list, single changes, and new versions from a file by way of a preview. */
export const mountCouponWhitelist: MountFeature = (mount, app, deps) => {
  mount.read(queryWhitelist, {
    permission: 'coupon.whitelist',
    async run({ body }, context) {
      const { tx, actor } = context
      demandSubsidy(actor)
      const asked = await resolveLookUp(body, context)
      const list = await readWhitelist(tx, actor.partner.id)
      const { rows, total } = await findEntries(tx, actor.partner.id, { sort: body.sort, name: asked?.lookUp.name }, { offset: (body.page - 1) * body.pageSize, limit: body.pageSize })
      return { items: rows.map(presentEntry), total, view: asked?.view ?? null, lookupKinds: asked ? kindsOf(asked.lookUp) : [], version: list.version, changedAt: list.changedAt?.toISOString() ?? null, size: list.size }
    },
  })
  mount.perform(addToWhitelist, add)
  mount.perform(removeFromWhitelist, remove)
  mount.read(queryWhitelistPreview, {
    permission: 'coupon.whitelist',
    async run({ params: { id }, body: { page, pageSize, only } }, { tx, now, actor }) {
      demandSubsidy(actor)
      const { rows } = await readPreview(tx, now, actor, id)
      const shown = only === 'refused' ? rows.filter(({ problem }) => problem !== null) : rows
      return { items: shown.slice((page - 1) * pageSize, page * pageSize).map(presentJudged), total: shown.length }
    },
  })
  mount.perform(importWhitelist, importVersion)
  mountWhitelistUpload(app, deps)
  mountTemplate(app, deps)
}
