import { list, sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'

/** @returns those of the partner's custom roles with these ids, by name, and what they hold. */
export const readCustomRoles = (tx: Tx, partnerId: string, ids: readonly string[]): Promise<{ id: string; name: string; permissions: string[] }[]> =>
  tx.rows(sql`select id, name, permissions from custom_roles where partner_id = ${partnerId}::uuid and id = any(${list(ids)}::uuid[]) order by lower(name)`)

/** @returns all custom roles of the partner, by name, and what they hold. */
export const listCustomRoles = (tx: Tx, partnerId: string): Promise<{ id: string; name: string; permissions: string[] }[]> =>
  tx.rows(sql`select id, name, permissions from custom_roles where partner_id = ${partnerId}::uuid order by lower(name)`)
