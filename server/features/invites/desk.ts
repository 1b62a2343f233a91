import { customLinksMax, getInviteChoices, getInviteDesk } from '#contract/invites.ts'
import { prospectsMax } from '#contract/prospects.ts'
import { reachedMembers, type Actor } from '#server/auth/actor.ts'
import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { Mount } from '#server/http/context.ts'
import { customLinksPerPartner, mailsPerPartner } from '#server/limits.ts'
import { maskName } from '#server/masking/mask.ts'
import { inviteBlocks, partnerMailsLimit } from '#server/operations/invite-blocks.ts'
import { isOpenProspect } from '#server/operations/invite-state.ts'
import { presentLink } from './link-present.ts'
import { openActivities, ownLinks } from './link-store.ts'
import { customLinksLimit } from './links.ts'

/** What a person may start with, and the people in the filters of the records. */
export const mountInviteDesk = (mount: Mount): void => {
  mount.read(getInviteDesk, {
    permission: 'invite.view',
    async run(_input, { tx, now, actor }) {
      const blocks = await inviteBlocks(tx, actor.partner)
      const links = (await ownLinks(tx, now, actor)).map((row) => ({ row, link: presentLink(row) }))
      const activities = await openActivities(tx, now)
      return {
        ...blocks, prospects: { used: await openReports(tx, now, actor.partner.id), max: prospectsMax }, customLinks: await customLinksUsed(tx, now, actor.partner.id), mails: await mailsUsed(tx, now, actor.partner.id),
        general: links.flatMap(({ row, link }) => (row.kind === 'GENERAL' ? [link] : [])),
        activities: activities.map(({ id, name, associationType, startsAt, endsAt }) => ({
          id, name, associationType, from: startsAt.toISOString(), to: endsAt.toISOString(), state: startsAt > now ? 'NOT_STARTED' as const : 'ACTIVE' as const, link: links.find(({ row }) => row.activityId === id)?.link ?? null,
        })),
        ecosystemManager: await ecosystemManager(tx, actor.partner.id),
      }
    },
  })

  mount.read(getInviteChoices, {
    permission: 'invite.view',
    async run(_input, { tx, actor }) {
      const person = ({ id, name }: { id: string; name: string }) => ({ id, nameMasked: maskName(name) })
      return { inviters: (await inviters(tx, actor)).map(person), managers: (await managers(tx, actor)).map(person) }
    },
  })
}

/** Prospects that count against the partner's hundred: under review, or reported and not yet lapsed. */
async function openReports(tx: Tx, now: Date, partnerId: string): Promise<number> {
  const [row] = await tx.rows<{ used: number }>(sql`select count(*)::int as used from prospects p
    where p.partner_id = ${partnerId} and ${isOpenProspect(now)}`)
  return row?.used ?? 0
}

type Taken = { used: number; oldest: Date | null }
async function takenOf(tx: Tx, now: Date, name: string, subject: string, window: number): Promise<Taken> {
  const [row] = await tx.rows<Taken>(sql`select count(*)::int as used, min(t) as oldest from limits l, unnest(l.taken) t
    where l.name = ${name} and l.subject = ${subject} and t > ${new Date(now.getTime() - window * 1000)}::timestamptz`)
  return row ?? { used: 0, oldest: null }
}

async function customLinksUsed(tx: Tx, now: Date, partnerId: string): Promise<{ used: number; max: number; nextAt: string | null }> {
  const { max, window } = customLinksPerPartner
  const { used, oldest } = await takenOf(tx, now, customLinksLimit, partnerId, window)
  return { used, max: customLinksMax, nextAt: used < max || oldest === null ? null : new Date(oldest.getTime() + window * 1000).toISOString() }
}

async function mailsUsed(tx: Tx, now: Date, partnerId: string): Promise<{ used: number; max: number }> {
  return { used: (await takenOf(tx, now, partnerMailsLimit, partnerId, mailsPerPartner.window)).used, max: mailsPerPartner.max }
}

async function ecosystemManager(tx: Tx, partnerId: string): Promise<{ name: string; mobile: string; email: string } | null> {
  const [row] = await tx.rows<{ name: string | null; mobile: string | null; email: string | null }>(sql`
    select ecosystem_name as name, ecosystem_mobile as mobile, ecosystem_email as email from partners where id = ${partnerId}`)
  return row?.name && row.mobile && row.email ? { name: row.name, mobile: row.mobile, email: row.email } : null
}

type PersonRow = { id: string; name: string }
/** Whoever made a link or sent a mail, as far as the person sees those. */
const inviters = (tx: Tx, actor: Actor): Promise<PersonRow[]> => tx.rows<PersonRow>(sql`
  select m.id, m.name from members m where m.partner_id = ${actor.partner.id} and ${peopleScope(actor)}
     and (exists (select 1 from invite_links l where l.partner_id = m.partner_id and l.creator_id = m.id) or exists (select 1 from invitations i where i.partner_id = m.partner_id and i.inviter_id = m.id))
   order by m.name, m.id limit 500`)

const managers = (tx: Tx, actor: Actor): Promise<PersonRow[]> => tx.rows<PersonRow>(sql`
  select m.id, m.name from members m where m.partner_id = ${actor.partner.id} and 'manager' = any(m.roles) and m.state = 'ACTIVE' and ${peopleScope(actor)} order by m.name, m.id limit 500`)

function peopleScope(actor: Actor) {
  const mine = reachedMembers(actor)
  return mine ? sql`(m.id ${mine} or m.id = ${actor.member.id})` : sql`true`
}
