import type { Hono } from 'hono'
import type { LoggedOperation } from '#contract/operation-log.ts'
import { writeLog } from '#server/audit/write.ts'
import type { Actor } from '#server/auth/actor.ts'
import type { Deps } from '#server/http/deps.ts'
import { inSession, logForbidden } from '#server/http/mount.ts'
import { Refusal } from '#server/http/refusal.ts'
import type { Vars } from '#server/http/request.ts'
import { readContent, readFile, type FileKind, type FileRow } from '#server/operations/documents.ts'

const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
const logged: Record<FileKind, LoggedOperation> = { licence: 'company.downloaded', case: 'case.downloaded', agreement: 'agreement.downloaded' }

/** The licence is the company's and everybody sees it, but one that is not handed in is its uploader's alone; the rest is for who settles the company's affairs. */
const maySee = ({ kind, isKept, byId }: FileRow, { member, permissions }: Actor): boolean => (kind === 'licence' ? isKept || byId === member.id : permissions.has('partner.settings'))

/** The download of a partner's file: authorised anew each time and logged. Whatever it is, a browser saves it and shows nothing of it. */
export function mountDocumentFile(app: Hono<Vars>, deps: Deps): void {
  app.get('/api/documents/:id/file', async (c) => {
    const id = c.req.param('id')
    const found = await inSession(c, deps, { method: 'GET' }, async (tx, now, { actor }) => {
      const file = isId(id) ? await readFile(tx, actor.partner.id, id) : undefined
      if (!file || (file.kind === 'licence' && !maySee(file, actor))) throw new Refusal('not_found')
      if (!maySee(file, actor)) return { actor, file, content: undefined }
      await writeLog(tx, now, { partnerId: actor.partner.id, memberId: actor.member.id, name: actor.member.name, source: 'console' }, c.var.facts, [{
        operation: logged[file.kind], objectKind: 'company', objectNumber: file.id, details: { file: file.name, bytes: file.bytes },
      }])
      return { actor, file, content: await readContent(tx, actor.partner.id, id) }
    })
    const { actor: caller, file, content } = found
    if (content === undefined) {
      await logForbidden(deps, caller, 'partner.settings', c.var.facts)
      throw new Refusal('no_permission')
    }
    const plain = file.name.replace(/[^\x20-\x7e]/g, '_').replace(/["\\]/g, '')
    return c.body(new Uint8Array(content), { headers: {
      'Content-Type': file.type, 'Content-Length': String(file.bytes), 'Content-Disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(file.name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)}`,
    } })
  })
}
