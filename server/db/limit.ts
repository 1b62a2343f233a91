import { sql } from './query.ts'
import type { Tx } from './transaction.ts'

/** Takes one or more slots of a sliding window, exactly, also of a hundred requests at once: one statement decides.
 *  @param name which limit. @param subject whose (a keyed hash where it is personal). @param windowSeconds length of the window. @param max slots in it.
 *  @param slots how many are taken together, all or none.
 *  @returns undefined when taken, else when enough slots will be free. */
export async function takeLimit(tx: Tx, now: Date, name: string, subject: string, windowSeconds: number, max: number, slots = 1): Promise<Date | undefined> {
  const since = new Date(now.getTime() - windowSeconds * 1000)
  const room = max - slots
  const taken = room < 0 ? [] : await tx.rows<{ one: number }>(sql`
    insert into limits as l (name, subject, taken) values (${name}, ${subject}, array_fill(${now}::timestamptz, array[${slots}::int]))
    on conflict (name, subject) do update
       set taken = array(select t from unnest(l.taken) t where t > ${since}::timestamptz order by t) || excluded.taken
     where (select count(*) from unnest(l.taken) t where t > ${since}::timestamptz) <= ${room}::int
    returning 1 as one`)
  if (taken.length > 0) return undefined
  const [oldest] = await tx.rows<{ free: Date | null }>(sql`
    select t as free from limits l, unnest(l.taken) t where l.name = ${name} and l.subject = ${subject} and t > ${since}::timestamptz
    order by t offset greatest(0, (select count(*)::int from limits l2, unnest(l2.taken) t2 where l2.name = ${name} and l2.subject = ${subject} and t2 > ${since}::timestamptz) - ${Math.max(room, 0)}::int - 1) limit 1`)
  return new Date((oldest?.free ?? now).getTime() + windowSeconds * 1000)
}

/** @returns whole seconds from now to then, at least 1, for `Retry-After`. */
export const secondsUntil = (then: Date, now: Date): number => Math.max(1, Math.ceil((then.getTime() - now.getTime()) / 1000))
