import { randomUUID } from 'node:crypto'
import { CustomerLookup } from '#contract/customers.ts'
import { openIfOurs, seal } from '#server/auth/seal.ts'
import { sql, type SQL } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { Context } from '#server/http/context.ts'
import { Refusal } from '#server/http/refusal.ts'
import { normalizeEmail, normalizeMobile } from '#server/messages/contact.ts'

type Contact = { full: string } | { last4: string }

/** What is looked for, cleaned: the name as typed, and contacts in the one form in which they are stored. */
export type LookUp = { typed: CustomerLookup; name: string | undefined; mobile: Contact | undefined; email: Contact | undefined }

/** @param typed what the person typed. @returns it cleaned; undefined when nothing was typed.
 *  Refuses with invalid_input a contact that is neither a full value nor four characters: a free fragment would let values be guessed. */
export function cleanLookUp(typed: CustomerLookup | undefined): LookUp | undefined {
  if (typed === undefined || Object.values(typed).every((value) => value === undefined)) return undefined
  return {
    typed, name: typed.name,
    mobile: typed.mobile === undefined ? undefined : contact('mobile', normalizeMobile(typed.mobile), typed.mobile.normalize('NFKC').replace(/[\s()\p{Pd}]/gu, ''), /^\d{4}$/),
    email: typed.email === undefined ? undefined : contact('email', normalizeEmail(typed.email.normalize('NFKC')), typed.email.normalize('NFKC').trim().toLowerCase(), /^\S{4}$/),
  }
}

/** @returns the contacts as conditions on `customers c`. */
export function contactConditions({ mobile, email }: LookUp): SQL[] {
  return [
    ...(mobile === undefined ? [] : ['full' in mobile ? sql`c.mobile = ${mobile.full}` : sql`c.mobile_last4 = ${mobile.last4}`]),
    ...(email === undefined ? [] : ['full' in email ? sql`c.email = ${email.full}` : sql`c.email_last4 = ${email.last4}`]),
  ]
}

/** Enough for going back through a day's work. */
const viewsPerPerson = 200

/** Keeps a look-up sealed, for the person alone. @returns its opaque id; the same one when it was the last. */
export async function keepView({ tx, now, actor }: Context, typed: CustomerLookup): Promise<string> {
  const owner = sql`partner_id = ${actor.partner.id} and member_id = ${actor.member.id}`
  const [last] = await tx.rows<{ id: string; sealed: Uint8Array }>(sql`select id, sealed from views where ${owner} order by at desc, id limit 1`)
  const text = JSON.stringify([typed.name ?? null, typed.mobile ?? null, typed.email ?? null])
  if (last && openIfOurs(last.sealed) === text) return last.id
  const id = randomUUID()
  await tx.run(sql`delete from views where ${owner} and id in (select id from views where ${owner} order by at desc, id offset ${viewsPerPerson - 1}::int)`)
  await tx.run(sql`insert into views (partner_id, id, member_id, sealed, at) values (${actor.partner.id}, ${id}, ${actor.member.id}, ${seal(text)}, ${now})`)
  return id
}

/** @returns what the view with this id looks for. Refuses with not_found an unknown id, another person's, and one that is kept no longer. */
export async function openView(tx: Tx, { actor }: Pick<Context, 'actor'>, id: string): Promise<CustomerLookup> {
  const [view] = await tx.rows<{ sealed: Uint8Array }>(sql`select sealed from views where partner_id = ${actor.partner.id} and member_id = ${actor.member.id} and id = ${id}`)
  const opened = view && openIfOurs(view.sealed)
  if (opened === undefined) throw new Refusal('not_found', { sentence: 'view_gone' })
  const kept: unknown = JSON.parse(opened)
  const [name, mobile, email] = Array.isArray(kept) ? kept : []
  return CustomerLookup.parse({ ...(name && { name }), ...(mobile && { mobile }), ...(email && { email }) })
}

function contact(field: 'mobile' | 'email', full: string | undefined, cleaned: string, last4: RegExp): Contact {
  if (full !== undefined) return { full }
  if (last4.test(cleaned)) return { last4: cleaned }
  throw new Refusal('invalid_input', { fields: [{ path: `lookup.${field}`, code: 'last4_or_full', message: '' }] })
}
