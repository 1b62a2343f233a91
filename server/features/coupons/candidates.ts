import type { Parsed, Reply } from '#contract/endpoint.ts'
import type { queryCandidates } from '#contract/coupons.ts'
import { customerScope } from '#server/auth/actor.ts'
import { every } from '#server/db/days.ts'
import { list, sql } from '#server/db/query.ts'
import type { Context, Read } from '#server/http/context.ts'
import { Refusal } from '#server/http/refusal.ts'
import { rowSentence } from '#server/http/sentences.ts'
import { maskCompany } from '#server/masking/mask.ts'
import { customersNamed } from '#server/operations/customer-names.ts'
import { takeLookUp } from '#server/operations/look-up-limit.ts'
import { readQuota } from './quota-store.ts'
import { candidateSource, issueFromOf, type Customer } from './receivers.ts'
import { sameId, whyNot } from './rules.ts'

type Body = Parsed<typeof queryCandidates>['body']
type Row = Customer & { accountName: string; tag: string }

/** Customers for the picker, newest first, each with the reason that would refuse it. */
export const candidateList: Read<typeof queryCandidates> = {
  permission: 'coupon.issue',
  async run({ body }, context) {
    const { tx, actor, request } = context
    if (body.lookup !== undefined) await takeLookUp(context)
    const quota = await readQuota(tx, actor, sameId(body.quotaId))
    if (!quota) throw new Refusal('not_found')
    const from = await issueFromOf(tx, actor, quota)
    const { rows, total } = await readRows(context, body)
    return {
      total,
      items: rows.map((row): Reply<typeof queryCandidates>['items'][number] => {
        const why = whyNot(row, from)
        return {
          id: row.id, number: row.number, nameMasked: maskCompany(row.name), accountNameMasked: maskCompany(row.accountName), tag: row.tag, associationType: row.associationType,
          refused: why ? { reason: why.reason, message: rowSentence(why.sentence ?? why.reason, request.locale, why.facts ?? {}) } : null,
        }
      }),
    }
  },
}

async function readRows({ tx, actor }: Context, { lookup, tag, customerIds, page, pageSize }: Body): Promise<{ rows: Row[]; total: number }> {
  const { columns, joins } = candidateSource(actor)
  const typed = lookup?.name
  const digits = typed?.normalize('NFKC').replace(/\s/g, '') ?? ''
  const where = every([
    sql`c.partner_id = ${actor.partner.id}`, customerScope(actor),
    ...(typed === undefined ? [] : [sql`(c.id in ${customersNamed(actor.partner.id, typed)} or c.number = ${digits} or position(${typed}::text in c.tag) > 0)`]),
    ...(tag === undefined ? [] : [sql`c.tag = ${tag}`]),
    ...(customerIds ? [sql`c.id = any(${list(customerIds)}::uuid[])`] : []),
  ])
  const [counted] = await tx.rows<{ total: number }>(sql`select count(*)::int as total from customers c where ${where}`)
  const rows = await tx.rows<Row>(sql`select ${columns}, c.account_name as "accountName", c.tag from customers c ${joins} where ${where} order by c.associated_at desc, c.id desc limit ${pageSize}::int offset ${(page - 1) * pageSize}::int`)
  return { rows, total: counted?.total ?? 0 }
}
