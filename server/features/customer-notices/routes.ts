import { getCustomerNotices, putCustomerNotices } from '#contract/company.ts'
import type { Reply } from '#contract/endpoint.ts'
import type { Fact } from '#contract/proofs.ts'
import { json, sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { Context, Mount, Operation } from '#server/http/context.ts'
import { Refusal } from '#server/http/refusal.ts'
import { readTakenOver, type TakenOver } from '#server/messages/choices.ts'
import { confirmationOf } from '#server/proofs/policy.ts'
import { changedTopics, channelsKey, isSame } from './rules.ts'

type Prepared = { before: TakenOver; customers: number }

const put: Operation<typeof putCustomerNotices, Prepared> = {
  permission: 'profile.notice', refused: 'notice.takeover',
  async prepare({ body }, { tx, actor: { partner } }) {
    // Two who settle at once queue here, also for the first time, when there is no row yet.
    await tx.rows(sql`select 1 from partners where id = ${partner.id} for no key update`)
    const before = await readTakenOver(tx, partner.id)
    if (before.version !== body.version) throw new Refusal('stale')
    if (isSame(before, body)) throw new Refusal('conflict', { sentence: 'unchanged' })
    return { before, customers: await countResale(tx, partner.id) }
  },
  summarize: ({ before, customers }, { body }) => ({
    operation: 'notice.takeover', total: null, count: 0, largest: null,
    facts: [
      { kind: 'text', label: 'operation', text: 'notice.takeover' },
      { kind: 'text', label: 'takeover', text: body.isTakenOver === before.isTakenOver ? `takeover_stays_${body.isTakenOver ? 'on' : 'off'}` : `takeover_${body.isTakenOver ? 'on' : 'off'}` },
      ...changedTopics(before.template, body.template).flatMap((topic): Fact[] => [
        { kind: 'text', label: `notice_${topic}_before`, text: `channels_${channelsKey(before.template[topic])}` }, { kind: 'text', label: `notice_${topic}_after`, text: `channels_${channelsKey(body.template[topic])}` },
      ]),
    ],
    items: [],
    notes: [{ kind: 'notice', notice: body.isTakenOver ? 'notices_taken_over' : 'notices_given_back', count: customers }],
  }),
  async apply({ before }, { body: { isTakenOver, template } }, context) {
    const { tx, actor: { partner } } = context
    const done = await tx.run(sql`insert into customer_notices as n (partner_id, is_taken_over, template, version) values (${partner.id}::uuid, ${isTakenOver}::boolean, ${json(template)}, 1)
      on conflict (partner_id) do update set is_taken_over = excluded.is_taken_over, template = excluded.template, version = n.version + 1 where n.version = ${before.version}::int`)
    if (done === 0) throw new Refusal('stale')
    return await present(context)
  },
  log: (_reply, { before, customers }, { body: { isTakenOver, template } }) => ({
    operation: 'notice.takeover', objectKind: 'partner',
    details: { before: before.isTakenOver ? 'on' : 'off', after: isTakenOver ? 'on' : 'off', customers, changed: changedTopics(before.template, template).map((topic) => `${topic}:${channelsKey(template[topic])}`).join(' ') },
  }),
}

/** What the partner settles of the messages to its resale customers. */
export const mountCustomerNotices = (mount: Mount): void => {
  mount.read(getCustomerNotices, {
    permission: 'profile.notice',
    async run(_input, context) {
      if (confirmationOf('notice.takeover', context.actor.partner) === undefined) throw new Refusal('no_permission', { sentence: 'no_operation' })
      return await present(context)
    },
  })
  mount.perform(putCustomerNotices, put)
}

async function present({ tx, actor: { partner } }: Context): Promise<Reply<typeof getCustomerNotices>> {
  const { isTakenOver, template, version } = await readTakenOver(tx, partner.id)
  return { isTakenOver, template, version, customers: await countResale(tx, partner.id) }
}

async function countResale(tx: Tx, partnerId: string): Promise<number> {
  const [row] = await tx.rows<{ count: number }>(sql`select count(*)::int as count from customers where partner_id = ${partnerId} and association_type = 'RESALE'`)
  return row?.count ?? 0
}
