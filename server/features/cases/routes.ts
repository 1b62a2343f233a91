import { queryCases, type Case } from '#contract/company.ts'
import { list, sql } from '#server/db/query.ts'
import type { Mount } from '#server/http/context.ts'

type Row = Omit<Case, 'submittedAt' | 'materials'> & { submittedAt: Date }

/** Cases that were sent in for the certification of roles and capabilities, newest first. The vendor keeps them; here they are read. */
export const mountCases = (mount: Mount): void => {
  mount.read(queryCases, {
    permission: 'partner.settings',
    async run({ body: { page, pageSize, state } }, { tx, actor: { partner } }) {
      const where = sql`c.partner_id = ${partner.id} and ${state === undefined ? sql`true` : sql`c.state = ${state}`}`
      const [counted] = await tx.rows<{ total: number }>(sql`select count(*)::int as total from cases c where ${where}`)
      const rows = await tx.rows<Row>(sql`select c.id, c.name, c.kind, c.submitted_at as "submittedAt", c.state, c.reason from cases c where ${where}
        order by c.submitted_at desc, c.id limit ${pageSize}::int offset ${(page - 1) * pageSize}::int`)
      const materials = await tx.rows<{ caseId: string; id: string; name: string; bytes: number }>(sql`
        select m.case_id as "caseId", f.id, f.name, f.bytes from case_materials m join files f on f.partner_id = m.partner_id and f.id = m.file_id
         where m.partner_id = ${partner.id} and m.case_id = any(${list(rows.map(({ id }) => id))}::uuid[]) order by f.name, f.id`)
      const byCase = Map.groupBy(materials, ({ caseId }) => caseId)
      return {
        total: counted?.total ?? 0,
        items: rows.map((row) => ({ ...row, submittedAt: row.submittedAt.toISOString(), materials: (byCase.get(row.id) ?? []).map(({ id, name, bytes }) => ({ id, name, bytes })) })),
      }
    },
  })
}
