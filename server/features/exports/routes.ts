import { createExport, deleteExport, queryExports, retryExport, type ExportRequest } from '#contract/exports.ts'
import type { Actor } from '#server/auth/actor.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { Context, Mount, Operation } from '#server/http/context.ts'
import type { MountFeature } from '#server/http/app.ts'
import { Refusal } from '#server/http/refusal.ts'
import { mayExport } from '#server/operations/exports-actor.ts'
import { sealAsked } from '#server/operations/exports-build.ts'
import { filterText } from '#server/operations/exports-filter.ts'
import { resolveLookUp } from '#server/operations/exports-sources.ts'
import { insertExport, lockRunning, queryExportRows, readExport, removeExport, requeue, type ExportRow } from '#server/operations/exports-store.ts'
import { mountExportFile } from './file.ts'
import { ownerOf, runningMax } from './rules.ts'
import { presentExport } from './present.ts'

const create: Operation<typeof createExport, ExportRequest> = {
  permission: 'signed_in',
  async prepare({ body: { request } }, context) {
    if (!mayExport(context.actor, request.content)) throw new Refusal('no_permission')
    const resolved = await resolveLookUp(context, request)
    await takePlace(context)
    return resolved
  },
  async apply(request, { body: { language } }, { tx, now, actor, request: facts }) {
    const { partner, member } = actor
    const id = await insertExport(tx, now, {
      partnerId: partner.id, memberId: member.id, timeZone: partner.timeZone, content: request.content, sealedRequest: sealAsked(request, facts),
      filterText: await filterText(tx, actor, request, language), language,
    })
    await tx.job('export.build', { partnerId: partner.id, exportId: id })
    return presentExport(await owned(tx, actor, id))
  },
  // Logged when the file exists, with its rows and its hash.
  log: () => [],
  refused: 'data.export',
}

const retry: Operation<typeof retryExport, ExportRow> = {
  permission: 'signed_in',
  async prepare({ params: { id } }, context) {
    const task = await owned(context.tx, context.actor, id)
    if (!mayExport(context.actor, task.content)) throw new Refusal('no_permission')
    await takePlace(context)
    return task
  },
  async apply({ id }, _input, { tx, now, actor }) {
    if (!(await requeue(tx, now, actor.partner.id, id))) throw new Refusal('conflict')
    await tx.job('export.build', { partnerId: actor.partner.id, exportId: id })
    return presentExport(await owned(tx, actor, id))
  },
  log: () => [],
}

const remove: Operation<typeof deleteExport, ExportRow> = {
  permission: 'signed_in',
  prepare: ({ params: { id } }, { tx, actor }) => owned(tx, actor, id),
  async apply({ id }, _input, { tx, actor }) {
    await removeExport(tx, actor.partner.id, id)
    return {}
  },
  log: (_reply, { number, content, filterText: filter }) => ({ operation: 'data.export_delete', objectKind: 'export', objectNumber: number, details: { content, filter } }),
}

/** Exports: asking for one, their history, and the file. Everybody has their own; administrators see all of the partner. */
export const mountExports: MountFeature = (mount: Mount, app, deps) => {
  mount.perform(createExport, create)
  mount.read(queryExports, {
    permission: 'signed_in',
    async run({ body }, { tx, actor }) {
      const { rows, total } = await queryExportRows(tx, actor.partner.id, ownerOf(actor.member), body)
      return { items: rows.map(presentExport), total }
    },
  })
  mount.perform(retryExport, retry)
  mount.perform(deleteExport, remove)
  mountExportFile(app, deps)
}

async function owned(tx: Tx, actor: Actor, id: string): Promise<ExportRow> {
  const task = await readExport(tx, actor.partner.id, ownerOf(actor.member), id)
  if (!task) throw new Refusal('not_found')
  return task
}

/** Refuses with export_limit. Two requests at once cannot both take the last place. */
async function takePlace({ tx, actor }: Context): Promise<void> {
  if ((await lockRunning(tx, actor.partner.id)) >= runningMax) throw new Refusal('export_limit')
}
