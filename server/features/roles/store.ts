import { randomUUID } from 'node:crypto'
import type { Actor } from '#server/auth/actor.ts'
import { list, sql, type SQL } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'

/** A custom role in the clear. `members`: who has it and was not deleted. */
export type RoleRecord = { id: string; name: string; description: string; permissions: string[]; members: number; changedAt: Date; changedBy: string | null }

const selected = (partnerId: string, where: SQL): SQL => sql`
  select r.id, r.name, r.description, r.permissions, r.changed_at as "changedAt", by.name as "changedBy",
         (select count(*)::int from members m where m.partner_id = r.partner_id and m.state <> 'DELETED' and r.id = any(m.custom_role_ids)) as members
    from custom_roles r left join members by on by.partner_id = r.partner_id and by.id = r.changed_by_id
   where r.partner_id = ${partnerId}::uuid and ${where} order by lower(r.name), r.id`

/** @returns the partner's custom roles, by name. */
export const readRoles = (tx: Tx, { partner }: Actor): Promise<RoleRecord[]> => tx.rows<RoleRecord>(selected(partner.id, sql`true`))

/** @returns the partner's custom role with this id, or undefined. */
export async function readRole(tx: Tx, { partner }: Actor, id: string): Promise<RoleRecord | undefined> {
  return (await tx.rows<RoleRecord>(selected(partner.id, sql`r.id = ${id}::uuid`)))[0]
}

/** @returns how many members have each built-in role. */
export async function countBuiltIn(tx: Tx, { partner }: Actor): Promise<Map<string, number>> {
  const rows = await tx.rows<{ role: string; count: number }>(sql`
    select role, count(*)::int as count from members m, unnest(m.roles) as role where m.partner_id = ${partner.id} and m.state <> 'DELETED' group by role`)
  return new Map(rows.map(({ role, count }) => [role, count]))
}

/** @returns clear names of those who have the role, the disabled among them. */
export const namesOfRole = async (tx: Tx, { partner }: Actor, id: string): Promise<string[]> =>
  (await tx.rows<{ name: string }>(sql`select name from members where partner_id = ${partner.id} and state <> 'DELETED' and ${id}::uuid = any(custom_role_ids) order by name, id`)).map(({ name }) => name)

export type RoleText = { name: string; description: string; permissions: readonly string[] }

/** @returns the id of the new role. */
export async function insertRole(tx: Tx, now: Date, { partner, member }: Actor, role: RoleText): Promise<string> {
  const id = randomUUID()
  await tx.run(sql`insert into custom_roles (partner_id, id, name, description, permissions, created_at, changed_at, changed_by_id)
    values (${partner.id}::uuid, ${id}::uuid, ${role.name}, ${role.description}, ${list(role.permissions)}::text[], ${now}::timestamptz, ${now}::timestamptz, ${member.id}::uuid)`)
  return id
}

export async function updateRole(tx: Tx, now: Date, { partner, member }: Actor, id: string, role: RoleText): Promise<void> {
  await tx.run(sql`update custom_roles set name = ${role.name}, description = ${role.description}, permissions = ${list(role.permissions)}::text[], changed_at = ${now}::timestamptz, changed_by_id = ${member.id}::uuid
    where partner_id = ${partner.id}::uuid and id = ${id}::uuid`)
}

export const removeRole = (tx: Tx, { partner }: Actor, id: string): Promise<number> => tx.run(sql`delete from custom_roles where partner_id = ${partner.id}::uuid and id = ${id}::uuid`)
