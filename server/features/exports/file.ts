import type { Hono } from 'hono'
import { writeLog } from '#server/audit/write.ts'
import type { Database } from '#server/db/transaction.ts'
import type { Deps } from '#server/http/deps.ts'
import { inSession, logForbidden } from '#server/http/mount.ts'
import { Refusal } from '#server/http/refusal.ts'
import type { Vars } from '#server/http/request.ts'
import { mayExport } from '#server/operations/exports-actor.ts'
import { measureFile, readChunk, readExport } from '#server/operations/exports-store.ts'
import { ownerOf } from './rules.ts'

const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)

/** The download: authorised anew each time, logged, and read part by part while it is sent. What is not the person's, not finished or over does not exist. */
export function mountExportFile(app: Hono<Vars>, deps: Deps): void {
  app.get('/api/exports/:id/file', async (c) => {
    const id = c.req.param('id')
    const { actor: caller, file } = await inSession(c, deps, { method: 'GET' }, async (tx, now, { actor }) => {
      const task = isId(id) ? await readExport(tx, actor.partner.id, ownerOf(actor.member), id) : undefined
      if (task?.state !== 'COMPLETED' || task.expiresAt === null || task.expiresAt <= now) throw new Refusal('not_found')
      if (!mayExport(actor, task.content)) return { actor, file: undefined }
      await writeLog(tx, now, { partnerId: actor.partner.id, memberId: actor.member.id, name: actor.member.name, source: 'console' }, c.var.facts, [{
        operation: 'data.export_download', objectKind: 'export', objectNumber: task.number, details: { content: task.content, rows: task.rows },
      }])
      return { actor, file: { partnerId: actor.partner.id, id: task.id, number: task.number, content: task.content, ...(await measureFile(tx, actor.partner.id, task.id)) } }
    })
    if (!file) {
      await logForbidden(deps, caller, 'data.export', c.var.facts)
      throw new Refusal('no_permission')
    }
    return c.body(streamParts(deps.database, file), { headers: {
      'Content-Type': 'text/csv; charset=utf-8', 'Content-Disposition': `attachment; filename="${file.content}-${file.number}.csv"`, 'Content-Length': String(file.bytes),
    } })
  })
}

function streamParts(database: Database, { partnerId, id, parts }: { partnerId: string; id: string; parts: number }): ReadableStream<Uint8Array> {
  let part = 0
  return new ReadableStream({
    async pull(controller) {
      if (part >= parts) return controller.close()
      const data = await database.inTenant(partnerId, (tx) => readChunk(tx, partnerId, id, part))
      // Deleted meanwhile: the connection breaks, so that nobody takes half a file for the whole.
      if (!data) return controller.error(new Error('the export was deleted while it was sent'))
      part += 1
      controller.enqueue(new Uint8Array(data))
    },
  })
}
