import { getCustomerBills, putCustomerBills } from '#contract/company.ts'
import type { Reply } from '#contract/endpoint.ts'
import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { Context, Mount, Operation } from '#server/http/context.ts'
import { Refusal } from '#server/http/refusal.ts'
import { readBillSettings, type BillSettings } from '#server/operations/bill-settings.ts'
import { confirmationOf } from '#server/proofs/policy.ts'

type Prepared = { before: BillSettings; customers: number }
/** What customers see, in one word. */
const shown = ({ areShown, amounts }: Pick<BillSettings, 'areShown' | 'amounts'>): string => (areShown ? `bills_${amounts}` : 'bills_hidden')

const put: Operation<typeof putCustomerBills, Prepared> = {
  permission: 'profile.notice', refused: 'notice.bill',
  async prepare({ body }, { tx, actor: { partner } }) {
    await tx.rows(sql`select 1 from partners where id = ${partner.id} for no key update`)
    const before = await readBillSettings(tx, partner.id)
    if (before.version !== body.version) throw new Refusal('stale')
    if (before.areShown === body.areShown && before.amounts === body.amounts) throw new Refusal('conflict', { sentence: 'unchanged' })
    return { before, customers: await countResale(tx, partner.id) }
  },
  summarize: ({ before, customers }, { body }) => ({
    operation: 'notice.bill', total: null, count: 0, largest: null,
    facts: [{ kind: 'text', label: 'operation', text: 'notice.bill' }, { kind: 'text', label: 'bills_before', text: shown(before) }, { kind: 'text', label: 'bills_after', text: shown(body) }],
    items: [], notes: [{ kind: 'notice', notice: body.areShown ? 'bills_shown' : 'bills_hidden', count: customers }],
  }),
  async apply({ before }, { body: { areShown, amounts } }, context) {
    const { tx, actor: { partner } } = context
    const done = await tx.run(sql`insert into customer_bills as b (partner_id, are_shown, amounts, version) values (${partner.id}::uuid, ${areShown}::boolean, ${amounts}, 1)
      on conflict (partner_id) do update set are_shown = excluded.are_shown, amounts = excluded.amounts, version = b.version + 1 where b.version = ${before.version}::int`)
    if (done === 0) throw new Refusal('stale')
    return await present(context)
  },
  log: (_reply, { before, customers }, { body }) => ({ operation: 'notice.bill', objectKind: 'partner', details: { before: shown(before), after: shown(body), customers } }),
}

/** What the partner's resale customers see of their bills. Partners that sell to other partners' customers only do not have it. */
export const mountCustomerBills = (mount: Mount): void => {
  mount.read(getCustomerBills, {
    permission: 'profile.notice',
    async run(_input, context) {
      if (confirmationOf('notice.bill', context.actor.partner) === undefined) throw new Refusal('no_permission', { sentence: 'no_operation' })
      return await present(context)
    },
  })
  mount.perform(putCustomerBills, put)
}

async function present({ tx, actor: { partner } }: Context): Promise<Reply<typeof getCustomerBills>> {
  return { ...await readBillSettings(tx, partner.id), customers: await countResale(tx, partner.id) }
}

async function countResale(tx: Tx, partnerId: string): Promise<number> {
  const [row] = await tx.rows<{ count: number }>(sql`select count(*)::int as count from customers where partner_id = ${partnerId} and association_type = 'RESALE'`)
  return row?.count ?? 0
}
