import type { getMyBills, getMyNotices } from '#contract/my.ts'
import type { NoticeTemplate } from '#contract/company.ts'
import type { Reply } from '#contract/endpoint.ts'
import { fromMinor } from '#contract/money.ts'
import { lastTwelveMonths } from '#server/db/days.ts'
import { json, sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { Refusal } from '#server/http/refusal.ts'
import { fullTemplate, readTakenOver } from '#server/messages/choices.ts'
import { readBillSettings } from '#server/operations/bill-settings.ts'

type Own = { partnerId: string; accountId: string }

/** @returns whether the customer is one of the partner's resale customers. Refuses with not_found one that is no customer of it. */
async function isResale(tx: Tx, { partnerId, accountId }: Own): Promise<boolean> {
  const [row] = await tx.rows<{ isResale: boolean }>(sql`select association_type = 'RESALE' as "isResale" from customers where partner_id = ${partnerId} and id = ${accountId}`)
  if (!row) throw new Refusal('not_found')
  return row.isResale
}

/** @returns which messages the customer gets over which channel: the partner's template while it has taken that over, else its own choice. */
export async function readNotices(tx: Tx, own: Own): Promise<Reply<typeof getMyNotices>> {
  const taken = await readTakenOver(tx, own.partnerId)
  if (taken.isTakenOver && await isResale(tx, own)) return { isTakenOver: true, template: taken.template }
  const [choice] = await tx.rows<{ template: NoticeTemplate }>(sql`select template from notice_choices where partner_id = ${own.partnerId} and customer_id = ${own.accountId}`)
  return { isTakenOver: false, template: choice?.template ?? fullTemplate }
}

/** Keeps the customer's own choice. Refuses with conflict while the partner has taken it over. */
export async function chooseNotices(tx: Tx, own: Own, template: NoticeTemplate): Promise<Reply<typeof getMyNotices>> {
  // A partner that takes over at the same moment waits, or is waited for.
  await tx.rows(sql`select 1 from partners where id = ${own.partnerId} for share`)
  const isOurs = await isResale(tx, own)
  if (isOurs && (await readTakenOver(tx, own.partnerId)).isTakenOver) throw new Refusal('conflict', { sentence: 'notices_taken_over' })
  await tx.run(sql`insert into notice_choices (partner_id, customer_id, template) values (${own.partnerId}::uuid, ${own.accountId}::uuid, ${json(template)})
    on conflict (partner_id, customer_id) do update set template = excluded.template`)
  return { isTakenOver: false, template }
}

/** @returns what the customer used in the last twelve months of the partner's zone, oldest first. Refuses with not_found where the partner shows no bills. */
export async function readBills(tx: Tx, now: Date, own: Own): Promise<Reply<typeof getMyBills>> {
  const { areShown, amounts } = await readBillSettings(tx, own.partnerId)
  if (!await isResale(tx, own) || !areShown) throw new Refusal('not_found')
  const [partner] = await tx.rows<{ timeZone: string }>(sql`select time_zone as "timeZone" from partners where id = ${own.partnerId}`)
  const months = await tx.rows<{ month: string; amount: bigint }>(sql`
    select to_char(m.month, 'YYYY-MM') as month, coalesce(e.amount, 0)::bigint as amount from ${lastTwelveMonths(now, partner?.timeZone ?? 'Asia/Shanghai')}
      left join expenditures e on e.partner_id = ${own.partnerId} and e.customer_id = ${own.accountId} and e.month = m.month order by m.month`)
  return { amounts, months: months.map(({ month, amount }) => ({ month, amount: amounts === 'list' ? fromMinor(amount) : null, isUsed: amount !== 0n })) }
}
