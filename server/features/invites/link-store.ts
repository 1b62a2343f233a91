import { randomUUID } from 'node:crypto'
import type { AssociationType } from '#contract/customers.ts'
import type { LinkFilter, LinkKind, LinkSort, LinkState } from '#contract/invites.ts'
import type { Actor } from '#server/auth/actor.ts'
import { every, inDays } from '#server/db/days.ts'
import { list, sql, type SQL } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { rowScope } from '#server/operations/invite-state.ts'

/** A link as its record shows it; names in the clear. */
export type LinkRecord = {
  id: string; kind: LinkKind; associationType: AssociationType; label: string; activityId: string | null
  creatorId: string; creatorName: string; managerId: string | null; managerName: string | null
  createdAt: Date; startsAt: Date | null; endsAt: Date | null; state: LinkState
  opened: number; registered: number; associated: number; lastUsedAt: Date | null
}

/** The state of a link at a moment, of the table `invite_links` under the alias `l`. Nothing is written when a time passes. */
const linkState = (now: Date): SQL =>
  sql`case when l.revoked_at is not null then 'REVOKED' when l.ends_at <= ${now}::timestamptz then 'EXPIRED' when l.starts_at > ${now}::timestamptz then 'NOT_STARTED' else 'ACTIVE' end`

/** The links this person may see, of `invite_links l`. */
const linkScope = (actor: Actor): SQL => rowScope(actor, sql`l.manager_id`, sql`l.creator_id`)

const selected = (now: Date): SQL => sql`
  select l.id, l.kind, l.association_type as "associationType", l.label, l.activity_id as "activityId", l.creator_id as "creatorId", c.name as "creatorName", l.manager_id as "managerId", m.name as "managerName",
         l.created_at as "createdAt", l.starts_at as "startsAt", l.ends_at as "endsAt", ${linkState(now)} as state, l.opened, l.registered, l.associated, l.last_used_at as "lastUsedAt"
    from invite_links l join members c on c.partner_id = l.partner_id and c.id = l.creator_id left join members m on m.partner_id = l.partner_id and m.id = l.manager_id`

const orders: Record<LinkSort, SQL> = {
  '-createdAt': sql`l.created_at desc, l.id desc`, createdAt: sql`l.created_at, l.id`, '-associated': sql`l.associated desc, l.id desc`, associated: sql`l.associated, l.id`,
}

/** @returns the links in the person's scope that match, one page of them, and how many match in all. */
export async function findLinks(tx: Tx, now: Date, actor: Actor, { filter, sort, selected: chosen }: { filter: LinkFilter; sort: LinkSort; /** Only these; for an export of chosen rows. */ selected?: readonly string[] | undefined }, page: { offset: number; limit: number }): Promise<{ rows: LinkRecord[]; total: number }> {
  const where = every([
    sql`l.partner_id = ${actor.partner.id}`, linkScope(actor), ...inDays(sql`l.created_at`, filter.from, filter.to, actor.partner.timeZone),
    ...(filter.label === undefined ? [] : [sql`strpos(l.label, ${filter.label}) > 0`]), ...(filter.kind === undefined ? [] : [sql`l.kind = ${filter.kind}`]),
    ...(filter.associationType === undefined ? [] : [sql`l.association_type = ${filter.associationType}`]), ...(filter.creatorId === undefined ? [] : [sql`l.creator_id = ${filter.creatorId}`]),
    ...(filter.state === undefined ? [] : [sql`${linkState(now)} = ${filter.state}`]), ...(chosen ? [sql`l.id = any(${list(chosen)}::uuid[])`] : []),
  ])
  const rows = await tx.rows<LinkRecord>(sql`${selected(now)} where ${where} order by ${orders[sort]} limit ${page.limit}::int offset ${page.offset}::int`)
  const [counted] = await tx.rows<{ total: number }>(sql`select count(*)::int as total from invite_links l where ${where}`)
  return { rows, total: counted?.total ?? 0 }
}

/** @returns the link, or undefined where there is none in the person's scope. @param lock holds it to the end of the transaction. */
export async function findLink(tx: Tx, now: Date, actor: Actor, id: string, lock = false): Promise<LinkRecord | undefined> {
  const [row] = await tx.rows<LinkRecord>(sql`${selected(now)} where l.partner_id = ${actor.partner.id} and l.id = ${id} and ${linkScope(actor)} ${lock ? sql`for no key update of l` : sql``}`)
  return row
}

/** @returns the person's own general links and activity links that still work or will. */
export const ownLinks = (tx: Tx, now: Date, actor: Actor): Promise<LinkRecord[]> => tx.rows<LinkRecord>(sql`${selected(now)}
  where l.partner_id = ${actor.partner.id} and l.creator_id = ${actor.member.id} and l.kind in ('GENERAL','ACTIVITY') and l.revoked_at is null order by l.created_at, l.id`)

export type NewLink = { kind: LinkKind; associationType: AssociationType; label: string; activityId: string | null; startsAt: Date | null; endsAt: Date | null; creatorId: string; managerId: string | null }

/** @returns the id of the new link, or undefined where the person has such a general or activity link already, also when a rival made it this moment. */
export async function insertLink(tx: Tx, now: Date, partnerId: string, link: NewLink): Promise<string | undefined> {
  const id = randomUUID()
  const made = await tx.run(sql`insert into invite_links (partner_id, id, kind, association_type, label, activity_id, creator_id, manager_id, created_at, starts_at, ends_at)
    values (${partnerId}::uuid, ${id}::uuid, ${link.kind}, ${link.associationType}, ${link.label}, ${link.activityId}::uuid, ${link.creatorId}::uuid, ${link.managerId}::uuid, ${now}::timestamptz, ${link.startsAt}::timestamptz, ${link.endsAt}::timestamptz)
    on conflict do nothing`)
  return made > 0 ? id : undefined
}

/** @returns the id of the person's link of this kind that was not revoked. */
export async function findOwn(tx: Tx, actor: Actor, { kind, associationType, activityId }: NewLink): Promise<string | undefined> {
  const [row] = await tx.rows<{ id: string }>(sql`select id from invite_links where partner_id = ${actor.partner.id} and creator_id = ${actor.member.id} and kind = ${kind} and revoked_at is null
    and ${kind === 'GENERAL' ? sql`association_type = ${associationType}` : sql`activity_id = ${activityId}::uuid`}`)
  return row?.id
}

/** From the next request on the link opens nothing. */
export const setRevoked = (tx: Tx, now: Date, partnerId: string, id: string): Promise<number> =>
  tx.run(sql`update invite_links set revoked_at = ${now} where partner_id = ${partnerId} and id = ${id} and revoked_at is null`)

/** Lets a token be found. A link may have several, after the installation's key was changed: what was printed before goes on working. */
export const addToken = (tx: Tx, partnerId: string, linkId: string, tokenHash: string): Promise<number> =>
  tx.run(sql`insert into invite_tokens (token_hash, partner_id, link_id) values (${tokenHash}, ${partnerId}::uuid, ${linkId}::uuid) on conflict do nothing`)

export type Activity = { id: string; name: string; associationType: AssociationType; startsAt: Date; endsAt: Date }
/** @returns the vendor's activities that are not over, the next to end first. */
export const openActivities = (tx: Tx, now: Date): Promise<Activity[]> => tx.rows<Activity>(sql`
  select id, name, association_type as "associationType", starts_at as "startsAt", ends_at as "endsAt" from activities where ends_at > ${now}::timestamptz order by ends_at, id limit 100`)

export async function findActivity(tx: Tx, id: string): Promise<Activity | undefined> {
  const [row] = await tx.rows<Activity>(sql`select id, name, association_type as "associationType", starts_at as "startsAt", ends_at as "endsAt" from activities where id = ${id}`)
  return row
}
