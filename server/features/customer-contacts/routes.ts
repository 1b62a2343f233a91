import { getCustomerContacts, putCustomerContacts } from '#contract/company.ts'
import type { Reply } from '#contract/endpoint.ts'
import { json, sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { Mount } from '#server/http/context.ts'
import { Refusal } from '#server/http/refusal.ts'
import { isMask, maskEmail, maskMobile, maskName } from '#server/masking/mask.ts'
import { normalizeEmail, normalizeMobile } from '#server/messages/contact.ts'
import { contactsMax, readContacts } from './rules.ts'

type Contacts = Reply<typeof getCustomerContacts>

/** The people whom customers may reach: read and replaced together, by whoever settles the partner's affairs. */
export const mountCustomerContacts = (mount: Mount): void => {
  mount.read(getCustomerContacts, { permission: 'partner.settings', run: async (_input, { tx, actor }) => await readKept(tx, actor.partner.id) })

  mount.perform(putCustomerContacts, {
    permission: 'partner.settings',
    async prepare({ body: { items } }, { tx, actor }) {
      const masked = items.flatMap(({ mobile, email }, place) => (isMask(mobile) || isMask(email) ? [{ path: `items.${place}.${isMask(mobile) ? 'mobile' : 'email'}`, code: 'invalid', message: '' }] : []))
      if (masked.length > 0) throw new Refusal('masked_value', { fields: masked })
      const read = readContacts(items, { mobile: normalizeMobile, email: normalizeEmail })
      if ('faults' in read) throw new Refusal('invalid_input', { fields: read.faults.map((fault) => ({ ...fault, message: '' })) })
      return { items: read.items, before: (await readKept(tx, actor.partner.id)).items }
    },
    async apply({ items }, { body: { version } }, { tx, actor: { partner } }) {
      // One statement decides: of two who saved from the same reading the second is told.
      const done = await tx.run(version === 0
        ? sql`insert into customer_contacts (partner_id, items, version) values (${partner.id}::uuid, ${json(items)}, 1) on conflict do nothing`
        : sql`update customer_contacts set items = ${json(items)}, version = version + 1 where partner_id = ${partner.id} and version = ${version}::int`)
      if (done === 0) throw new Refusal('stale')
      return await readKept(tx, partner.id)
    },
    log: ({ items }, { before }) => ({ operation: 'contacts.changed', objectKind: 'company', details: { contacts: items.length, before: contactsText(before), after: contactsText(items) } }),
  })
}

/** In one line, masked: customers call these numbers, and whoever asks later must see that one was replaced. */
const contactsText = (items: Contacts['items']): string =>
  items.map(({ name, mobile, email }) => [maskName(name), maskMobile(mobile || null), maskEmail(email || null)].filter((part) => part !== null).join(' ')).join('; ') || '–'

async function readKept(tx: Tx, partnerId: string): Promise<Contacts> {
  const [row] = await tx.rows<Pick<Contacts, 'items' | 'version'>>(sql`select items, version from customer_contacts where partner_id = ${partnerId}`)
  return { items: row?.items ?? [], max: contactsMax, version: row?.version ?? 0 }
}
