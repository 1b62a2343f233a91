import { list, sql, type SQL } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { Known, Registry } from './rules.ts'

type Row = Known & { text: string }

/** Asks the vendor's registry about names as they were typed: the accounts of customers, whoever's they are, with the master account of an enterprise member;
 *  of the partner's own customers the name that they have here. @returns what is known of each. */
export async function askRegistry(tx: Tx, partnerId: string, { accounts, names }: { accounts: readonly string[]; names: readonly string[] }): Promise<Registry> {
  const [byAccount, byName] = await Promise.all([
    ask(tx, partnerId, accounts, { account: sql`a.name_key`, customer: sql`c.account_key` }),
    ask(tx, partnerId, names, { account: sql`a.company_key`, customer: sql`c.name_key` }),
  ])
  const named = new Map<string, Known[]>()
  for (const { text, ...known } of byName) named.set(text, [...(named.get(text) ?? []), known])
  return { byAccount: new Map(byAccount.map(({ text, ...known }) => [text, known])), byName: named }
}

/** Several accounts without a password may have one name: nobody tells them apart, so the first stands for all. */
async function ask(tx: Tx, partnerId: string, texts: readonly string[], by: { account: SQL; customer: SQL }): Promise<Row[]> {
  const asked = [...new Set(texts)].filter((text) => text !== '')
  if (asked.length === 0) return []
  return await tx.rows<Row>(sql`
    with asked as materialized (select t.text, lower(normalize(t.text, NFKC)) as key from unnest(${list(asked)}::text[]) as t(text)),
    found as (
      select q.text, c.account_name, c.account_key as key, c.name, a.master_id, 0 as place, c.id
        from asked q join customers c on c.partner_id = ${partnerId} and ${by.customer} = q.key left join cloud_accounts a on a.id = c.id
      union all
      select q.text, a.name, a.name_key, coalesce(a.company, a.name), a.master_id, case when a.password_hash is null then 2 else 1 end, a.id
        from asked q join cloud_accounts a on ${by.account} = q.key
    )
    select distinct on (f.text, f.key) f.text, f.account_name as "accountName", f.key, f.name, m.name as "masterAccountName"
      from found f left join cloud_accounts m on m.id = f.master_id order by f.text, f.key, f.place, f.id`)
}
