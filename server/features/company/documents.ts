import type { Hono } from 'hono'
import type { LoggedOperation } from '#contract/operation-log.ts'
import { writeLog } from '#server/audit/write.ts'
import type { Permission } from '#contract/people.ts'
import type { Actor } from '#server/auth/actor.ts'
import type { Deps } from '#server/http/deps.ts'
import { inSession, logForbidden } from '#server/http/mount.ts'
import { Refusal } from '#server/http/refusal.ts'
import type { Vars } from '#server/http/request.ts'
import { readContent, readFile, type FileKind, type FileRow } from '#server/operations/documents.ts'

const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
const logged: Record<FileKind, LoggedOperation> = { licence: 'company.downloaded', case: 'case.downloaded', agreement: 'agreement.downloaded', certificate: 'business.downloaded', invoice: 'invoice.downloaded' }
/** Everybody sees the licence, which is the company's; the rest is for who settles these affairs. */
const needed: Record<FileKind, Permission | undefined> = { licence: undefined, case: 'partner.settings', agreement: 'partner.settings', certificate: 'profile.business', invoice: 'incentive.invoice' }
const objects = { licence: 'company', case: 'company', agreement: 'company', certificate: 'business', invoice: 'invoice' } as const satisfies Record<FileKind, string>

/** A file that is not handed in is its uploader's alone. */
const isHidden = ({ isKept, byId }: FileRow, { member }: Actor): boolean => !isKept && byId !== member.id

/** The download of a partner's file: authorised anew each time and logged. Whatever it is, a browser saves it and shows nothing of it. */
export function mountDocumentFile(app: Hono<Vars>, deps: Deps): void {
  app.get('/api/documents/:id/file', async (c) => {
    const id = c.req.param('id')
    const found = await inSession(c, deps, { method: 'GET' }, async (tx, now, { actor }) => {
      const file = isId(id) ? await readFile(tx, actor.partner.id, id) : undefined
      if (!file || isHidden(file, actor)) throw new Refusal('not_found')
      const permission = needed[file.kind]
      if (permission !== undefined && !actor.permissions.has(permission)) return { actor, file, permission, content: undefined }
      await writeLog(tx, now, { partnerId: actor.partner.id, memberId: actor.member.id, name: actor.member.name, source: 'console' }, c.var.facts, [{
        operation: logged[file.kind], objectKind: objects[file.kind], objectNumber: file.id, details: { file: file.name, bytes: file.bytes },
      }])
      return { actor, file, permission, content: await readContent(tx, actor.partner.id, id) }
    })
    const { actor: caller, file, permission, content } = found
    if (content === undefined) {
      await logForbidden(deps, caller, permission ?? '', c.var.facts)
      throw new Refusal('no_permission')
    }
    const plain = file.name.replace(/[^\x20-\x7e]/g, '_').replace(/["\\]/g, '')
    return c.body(new Uint8Array(content), { headers: {
      'Content-Type': file.type, 'Content-Length': String(file.bytes), 'Content-Disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(file.name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)}`,
    } })
  })
}
