import * as z from 'zod/mini'
import { getPreferences, ListName, ListPreference, putPreference } from '#contract/session.ts'
import { json, list, sql } from '#server/db/query.ts'
import type { Mount } from '#server/http/context.ts'

const Kept = z.array(z.object({ list: ListName, value: ListPreference }))

/** What each list shows, kept per person. Nothing of it is worth a line in the log. */
export const mountPreferences = (mount: Mount): void => {
  mount.read(getPreferences, {
    permission: 'signed_in',
    async run(_input, { tx, actor }) {
      const rows = await tx.rows<unknown>(sql`select p.list, p.value from preferences p where p.partner_id = ${actor.partner.id} and p.member_id = ${actor.member.id} and p.list = any(${list(ListName.options)}::text[])`)
      return { lists: Object.fromEntries(Kept.parse(rows).map(({ list, value }) => [list, value])) }
    },
  })

  mount.perform(putPreference, {
    permission: 'signed_in',
    prepare: async () => undefined,
    async apply(_nothing, { params: { list }, body }, { tx, actor }) {
      await tx.run(sql`insert into preferences (partner_id, member_id, list, value) values (${actor.partner.id}, ${actor.member.id}, ${list}, ${json(body)})
        on conflict (partner_id, member_id, list) do update set value = excluded.value`)
      return body
    },
    log: () => [],
  })
}
