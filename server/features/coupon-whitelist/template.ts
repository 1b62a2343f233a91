import type { Hono } from 'hono'
import { Locale } from '#contract/people.ts'
import type { Deps } from '#server/http/deps.ts'
import { inSession, logForbidden } from '#server/http/mount.ts'
import { Refusal } from '#server/http/refusal.ts'
import type { Vars } from '#server/http/request.ts'
import { byteOrderMark, csvLine } from '#server/operations/csv.ts'
import { writeWorkbook } from '#server/spreadsheets/write.ts'
import { maySeeWhitelist } from './admit.ts'
import { headings } from './rules.ts'

const formats = {
  xlsx: { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', make: (cells: string[]) => writeWorkbook([cells]) },
  csv: { type: 'text/csv; charset=utf-8', make: (cells: string[]) => Buffer.from(byteOrderMark + csvLine(cells.map((text) => ({ text })))) },
} as const

/** The empty file that a new version is written into: the two headings, in the language asked for. */
export function mountTemplate(app: Hono<Vars>, deps: Deps): void {
  app.get('/api/coupons/whitelist/template', async (c) => {
    const { actor, may } = await inSession(c, deps, { method: 'GET' }, async (_tx, _now, { actor: caller }) => ({ actor: caller, may: maySeeWhitelist(caller) }))
    if (!may) {
      await logForbidden(deps, actor, 'coupon.whitelist', c.var.facts)
      throw new Refusal('no_permission')
    }
    const language = Locale.safeParse(c.req.query('language'))
    const format = c.req.query('format')
    if (!language.success || (format !== 'xlsx' && format !== 'csv')) throw new Refusal('not_found')
    const content = formats[format].make([headings.account[language.data], headings.name[language.data]])
    return c.body(new Uint8Array(content), { headers: { 'Content-Type': formats[format].type, 'Content-Length': String(content.length), 'Content-Disposition': `attachment; filename="whitelist.${format}"` } })
  })
}
