import { randomUUID } from 'node:crypto'
import { whitelistRowsMax, type WhitelistSort } from '#contract/coupon-whitelist.ts'
import { list, sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { Refusal } from '#server/http/refusal.ts'
import type { Known } from './rules.ts'

export type EntryRow = { id: string; accountName: string; name: string; masterAccountName: string | null; version: number; addedAt: Date }
const columns = sql`w.id, w.account_name as "accountName", w.name, w.master_account_name as "masterAccountName", w.version, w.added_at as "addedAt"`

/** The list as a whole. Revision 0: nobody was ever on it. */
export type Whitelist = { version: number | null; revision: number; changedAt: Date | null; size: number }
export async function readWhitelist(tx: Tx, partnerId: string): Promise<Whitelist> {
  const [row] = await tx.rows<Whitelist>(sql`select l.version, l.revision, l.at as "changedAt", (select count(*)::int from coupon_whitelist w where w.partner_id = l.partner_id) as size from coupon_whitelists l where l.partner_id = ${partnerId}`)
  return row ?? { version: null, revision: 0, changedAt: null, size: 0 }
}

/** @param name any part of the name or the account name. @returns one page, and how many rows match. */
export async function findEntries(tx: Tx, partnerId: string, { sort, name, selected }: { sort: WhitelistSort; name?: string | undefined; selected?: readonly string[] | undefined }, { offset, limit }: { offset: number; limit: number }): Promise<{ rows: EntryRow[]; total: number }> {
  const part = sql`lower(normalize(${name ?? ''}::text, NFKC))`
  const where = sql`w.partner_id = ${partnerId}${name === undefined ? sql`` : sql` and (strpos(w.name_key, ${part}) > 0 or strpos(w.account_key, ${part}) > 0)`}${selected === undefined ? sql`` : sql` and w.id = any(${list(selected)}::uuid[])`}`
  const [counted] = await tx.rows<{ total: number }>(sql`select count(*)::int as total from coupon_whitelist w where ${where}`)
  // Rows of one file stay in its order, whichever way the times run.
  const rows = await tx.rows<EntryRow>(sql`select ${columns} from coupon_whitelist w where ${where} order by w.added_at ${sort === 'addedAt' ? sql`asc` : sql`desc`}, w.place, w.id limit ${limit}::int offset ${offset}::int`)
  return { rows, total: counted?.total ?? 0 }
}

export async function readEntry(tx: Tx, partnerId: string, id: string): Promise<EntryRow | undefined> {
  const [row] = await tx.rows<EntryRow>(sql`select ${columns} from coupon_whitelist w where w.partner_id = ${partnerId} and w.id = ${id}::uuid`)
  return row
}

/** @returns what makes each customer on the list the same as one of a file. */
export async function readKeys(tx: Tx, partnerId: string): Promise<Set<string>> {
  return new Set((await tx.rows<{ key: string }>(sql`select account_key as key from coupon_whitelist where partner_id = ${partnerId}`)).map(({ key }) => key))
}

type By = { partnerId: string; memberId: string }

/** Counts one change by hand; whoever changes the list at the same time waits here. @returns the version that it belongs to. */
async function touch(tx: Tx, now: Date, { partnerId, memberId }: By): Promise<number> {
  const [row] = await tx.rows<{ version: number }>(sql`insert into coupon_whitelists as l (partner_id, version, revision, at, member_id) values (${partnerId}::uuid, 1, 1, ${now}::timestamptz, ${memberId}::uuid)
    on conflict (partner_id) do update set revision = l.revision + 1, at = excluded.at, member_id = excluded.member_id returning version`)
  return row?.version ?? 1
}

/** Refuses with conflict a customer that stands there, and with too_large the one above the limit. @returns the id of the new row. */
export async function insertEntry(tx: Tx, now: Date, by: By, known: Known): Promise<string> {
  const version = await touch(tx, now, by)
  const id = randomUUID()
  const made = await tx.run(sql`insert into coupon_whitelist (partner_id, id, account_name, name, master_account_name, version, place, added_at)
    values (${by.partnerId}::uuid, ${id}::uuid, ${known.accountName}, ${known.name}, ${known.masterAccountName}::text, ${version}::int, 0, ${now}::timestamptz) on conflict (partner_id, account_key) do nothing`)
  if (made === 0) throw new Refusal('conflict', { sentence: 'whitelist_listed' })
  const { size } = await readWhitelist(tx, by.partnerId)
  if (size > whitelistRowsMax) throw new Refusal('too_large', { sentence: 'whitelist_full' })
  return id
}

/** @returns whether the row was there. */
export async function removeEntry(tx: Tx, now: Date, by: By, id: string): Promise<boolean> {
  await touch(tx, now, by)
  return (await tx.run(sql`delete from coupon_whitelist where partner_id = ${by.partnerId} and id = ${id}::uuid`)) > 0
}

/** Puts a new version in the place of the list, if that is still at the revision it was compared with.
 *  @param rows in the order of the file. @returns the version; undefined when the list was changed meanwhile, and then nothing happened. */
export async function replaceList(tx: Tx, now: Date, { partnerId, memberId }: By, revision: number, rows: readonly Known[]): Promise<number | undefined> {
  const [next] = await tx.rows<{ version: number }>(revision === 0
    ? sql`insert into coupon_whitelists (partner_id, version, revision, at, member_id) values (${partnerId}::uuid, 1, 1, ${now}::timestamptz, ${memberId}::uuid) on conflict (partner_id) do nothing returning version`
    : sql`update coupon_whitelists set version = version + 1, revision = revision + 1, at = ${now}::timestamptz, member_id = ${memberId}::uuid where partner_id = ${partnerId} and revision = ${revision}::int returning version`)
  if (!next) return undefined
  await tx.run(sql`delete from coupon_whitelist where partner_id = ${partnerId}`)
  await tx.run(sql`insert into coupon_whitelist (partner_id, id, account_name, name, master_account_name, version, place, added_at)
    select ${partnerId}::uuid, n.id, n.account_name, n.name, n.master, ${next.version}::int, n.place, ${now}::timestamptz
      from unnest(${list(rows.map(() => randomUUID()))}::uuid[], ${list(rows.map(({ accountName }) => accountName))}::text[], ${list(rows.map(({ name }) => name))}::text[], ${list(rows.map(({ masterAccountName }) => masterAccountName))}::text[])
        with ordinality as n(id, account_name, name, master, place)`)
  return next.version
}
