import { randomUUID } from 'node:crypto'
import type { ChangeResult, CompanyData } from '#contract/company.ts'
import { json, sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'

export type CompanyRow = CompanyData & { creditCode: string; contractingEntity: string; licenceId: string | null; ecosystemName: string | null; ecosystemMobile: string | null; ecosystemEmail: string | null }
export type ChangeRow = { id: string; before: CompanyData; after: CompanyData; licenceId: string | null; at: Date; byName: string; state: ChangeResult; reason: string | null; decidedAt: Date | null }

/** @returns the partner's company; empty texts where the vendor has not entered it. */
export async function readCompany(tx: Tx, partnerId: string): Promise<CompanyRow> {
  const [row] = await tx.rows<CompanyRow>(sql`
    select p.name, coalesce(c.credit_code, '') as "creditCode", coalesce(c.contracting_entity, '') as "contractingEntity", coalesce(c.address, '') as address, coalesce(c.representative, '') as representative,
           coalesce(c.industry, '') as industry, coalesce(c.phone, '') as phone, coalesce(c.website, '') as website, c.licence_id as "licenceId",
           p.ecosystem_name as "ecosystemName", p.ecosystem_mobile as "ecosystemMobile", p.ecosystem_email as "ecosystemEmail"
      from partners p left join companies c on c.partner_id = p.id where p.id = ${partnerId}`)
  if (!row) throw new Error('a session without a partner')
  return row
}

/** Of two who hand in a change, or of one and a review, the second waits. @returns false where the vendor has not entered the company. */
export async function lockCompany(tx: Tx, partnerId: string): Promise<boolean> {
  return (await tx.rows(sql`select 1 from companies where partner_id = ${partnerId} for no key update`)).length > 0
}

const columns = sql`h.id, h.before, h.after, h.licence_id as "licenceId", h.at, m.name as "byName", h.state, h.reason, h.decided_at as "decidedAt"`

/** @returns the changes, newest first, and how many there are in all. */
export async function readChanges(tx: Tx, partnerId: string, slice: { offset: number; limit: number }): Promise<{ total: number; rows: ChangeRow[] }> {
  const [counted] = await tx.rows<{ total: number }>(sql`select count(*)::int as total from company_changes where partner_id = ${partnerId}`)
  const rows = await tx.rows<ChangeRow>(sql`select ${columns} from company_changes h join members m on m.partner_id = h.partner_id and m.id = h.by_id where h.partner_id = ${partnerId}
    order by h.at desc, h.id limit ${slice.limit}::int offset ${slice.offset}::int`)
  return { total: counted?.total ?? 0, rows }
}

/** @returns one change; undefined where the partner has none with this id. */
export async function readChange(tx: Tx, partnerId: string, id: string): Promise<ChangeRow | undefined> {
  const [row] = await tx.rows<ChangeRow>(sql`select ${columns} from company_changes h join members m on m.partner_id = h.partner_id and m.id = h.by_id where h.partner_id = ${partnerId} and h.id = ${id}::uuid`)
  return row
}

/** @returns whether a change waits for review. */
export async function isUnderReview(tx: Tx, partnerId: string): Promise<boolean> {
  return (await tx.rows(sql`select 1 from company_changes where partner_id = ${partnerId} and state = 'UNDER_REVIEW'`)).length > 0
}

type NewChange = { before: CompanyData; after: CompanyData; licenceId: string | null; byId: string }
/** @returns the id of the change; undefined where another was quicker: the index lets one wait. */
export async function insertChange(tx: Tx, now: Date, partnerId: string, { before, after, licenceId, byId }: NewChange): Promise<string | undefined> {
  const id = randomUUID()
  const made = await tx.run(sql`insert into company_changes (partner_id, id, before, after, licence_id, state, by_id, at)
    values (${partnerId}::uuid, ${id}::uuid, ${json(before)}, ${json(after)}, ${licenceId}::uuid, 'UNDER_REVIEW', ${byId}::uuid, ${now}::timestamptz) on conflict do nothing`)
  return made > 0 ? id : undefined
}

/** Its licence, which nobody reviewed, waits as it did before: for another change, or to be swept. Else what was taken back would fill the partner's room for files for good.
 *  @param licenceId of the change. @returns whether the change still waited: of a withdrawal and a review one happens. */
export async function withdraw(tx: Tx, now: Date, partnerId: string, { id, licenceId }: Pick<ChangeRow, 'id' | 'licenceId'>): Promise<boolean> {
  const done = await tx.run(sql`update company_changes set state = 'WITHDRAWN', decided_at = ${now}::timestamptz, licence_id = null where partner_id = ${partnerId} and id = ${id}::uuid and state = 'UNDER_REVIEW'`)
  if (done > 0 && licenceId !== null) await tx.run(sql`update files set is_kept = false where partner_id = ${partnerId} and id = ${licenceId}::uuid`)
  return done > 0
}
