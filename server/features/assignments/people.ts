import type { Actor } from '#server/auth/actor.ts'
import { list, sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { Refusal } from '#server/http/refusal.ts'
import { maskName } from '#server/masking/mask.ts'
import { rowScope } from '#server/operations/invite-state.ts'

export type Person = { id: string; name: string }

export const presentPerson = ({ id, name }: Person) => ({ id, nameMasked: maskName(name) })

/** Holds the member, so that nobody can disable a manager while customers are given to them. @returns the active account manager.
 *  Refuses with not_found an unknown or foreign id, and with conflict a member who is disabled or no account manager. */
export async function lockManager(tx: Tx, actor: Actor, id: string): Promise<Person> {
  const [member] = await tx.rows<Person & { isFit: boolean }>(sql`
    select m.id, m.name, 'manager' = any(m.roles) and m.state = 'ACTIVE' as "isFit" from members m where m.partner_id = ${actor.partner.id} and m.id = ${id}::uuid for share of m`)
  if (!member) throw new Refusal('not_found')
  if (!member.isFit) throw new Refusal('conflict', { sentence: 'manager_unfit' })
  return member
}

/** Holds members to the end of the transaction, in the order of their ids: of two who plan for the same manager one waits and then sees the other's plan. */
export const lockMembers = async (tx: Tx, actor: Actor, ids: readonly string[]): Promise<void> => void (await tx.run(sql`
  select 1 from members m where m.partner_id = ${actor.partner.id} and m.id = any(${list(ids)}::uuid[]) order by m.id for no key update of m`))

/** @returns somebody who is or was an account manager, whatever has become of them. Refuses with not_found everybody else. */
export async function readManager(tx: Tx, actor: Actor, id: string): Promise<Person> {
  const [member] = await tx.rows<Person>(sql`
    select m.id, m.name from members m where m.partner_id = ${actor.partner.id} and m.id = ${id}::uuid and ${rowScope(actor, sql`m.id`)}
       and ('manager' = any(m.roles) or exists (select 1 from assignments a where a.partner_id = m.partner_id and a.manager_id = m.id))`)
  if (!member) throw new Refusal('not_found')
  return member
}

/** @returns active managers, and directors, for filters and choices, within what the person sees. */
export async function readChoices(tx: Tx, actor: Actor): Promise<{ managers: Person[]; directors: Person[] }> {
  const rows = await tx.rows<Person & { roles: string[] }>(sql`
    select m.id, m.name, m.roles from members m where m.partner_id = ${actor.partner.id} and m.state = 'ACTIVE'
       and ('manager' = any(m.roles) and ${rowScope(actor, sql`m.id`)} or 'director' = any(m.roles) and ${actor.reach === 'managers' ? sql`m.id = ${actor.member.id}` : sql`true`}) order by m.name, m.id`)
  const of = (role: string) => rows.flatMap((row) => (row.roles.includes(role) ? [{ id: row.id, name: row.name }] : []))
  return { managers: of('manager'), directors: of('director') }
}
