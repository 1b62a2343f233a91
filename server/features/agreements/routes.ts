import { listAgreements, type Agreement } from '#contract/company.ts'
import type * as z from 'zod/mini'
import { sql } from '#server/db/query.ts'
import type { Mount } from '#server/http/context.ts'

type Row = Omit<z.infer<typeof Agreement>, 'signedAt'> & { signedAt: Date }

/** Agreements that the partner has signed with the vendor, newest first. */
export const mountAgreements = (mount: Mount): void => {
  mount.read(listAgreements, {
    permission: 'partner.settings',
    async run(_input, { tx, actor: { partner } }) {
      const rows = await tx.rows<Row>(sql`select id, name, version, signed_at as "signedAt", signed_by as "signedBy", valid_to::text as "validTo", file_id as document
        from partner_agreements where partner_id = ${partner.id} order by signed_at desc, id`)
      return { items: rows.map((row) => ({ ...row, signedAt: row.signedAt.toISOString() })) }
    },
  })
}
