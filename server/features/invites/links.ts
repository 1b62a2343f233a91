import type { Parsed, Reply } from '#contract/endpoint.ts'
import { createLink, queryLinks, replaceLink, revokeLink, showLink } from '#contract/invites.ts'
import { writeLog } from '#server/audit/write.ts'
import { isManager, type Actor } from '#server/auth/actor.ts'
import { hashToken } from '#server/auth/sessions.ts'
import { secondsUntil, takeLimit } from '#server/db/limit.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { MountFeature } from '#server/http/app.ts'
import type { Context, LogFacts } from '#server/http/context.ts'
import type { Deps } from '#server/http/deps.ts'
import { Refusal } from '#server/http/refusal.ts'
import { customLinksPerPartner } from '#server/limits.ts'
import { demandInviting } from '#server/operations/invite-blocks.ts'
import { inviteAddress, linkToken } from '#server/operations/invite-tokens.ts'
import { presentLink } from './link-present.ts'
import { addToken, findActivity, findLink, findLinks, findOwn, insertLink, setRevoked, type LinkRecord, type NewLink } from './link-store.ts'

/** What is decided of a new link before it is made, and whether one was made. */
type Wish = { link: NewLink; isNew: boolean }

/** Links that a partner hands out itself: general, custom and activity links, with their records. */
export const mountLinks: MountFeature = (mount, _app, deps) => {
  mount.read(queryLinks, {
    permission: 'invite.view',
    async run({ body }, { tx, now, actor }) {
      const { rows, total } = await findLinks(tx, now, actor, body, { offset: (body.page - 1) * body.pageSize, limit: body.pageSize })
      return { items: rows.map(presentLink), total }
    },
  })

  const kept = withoutToken(deps)
  mount.perform(createLink, {
    permission: 'invite.link', kept,
    prepare: async ({ body }, context): Promise<Wish> => ({ link: await wishOf(body, context), isNew: false }),
    async apply(wish, _input, { tx, now, actor }) {
      const { link } = wish
      if (link.kind === 'CUSTOM') await takeCustom(tx, now, actor)
      const made = await insertLink(tx, now, actor.partner.id, link)
      wish.isNew = made !== undefined
      const id = made ?? await findOwn(tx, actor, link)
      return await withAddress(deps, tx, actor, await demandLink(tx, now, actor, id ?? ''))
    },
    log: ({ link }, { isNew }) => logOf(isNew ? 'link.created' : 'link.shown', link),
  })

  mount.perform(replaceLink, {
    permission: 'invite.link', kept,
    async prepare({ params }, { tx, now, actor }) {
      const link = await demandLink(tx, now, actor, params.id, true)
      if (link.kind !== 'GENERAL' || link.state !== 'ACTIVE') throw new Refusal('conflict')
      await demandInviting(tx, actor.partner, 'link', link.associationType)
      return link
    },
    async apply(old, _input, { tx, now, actor }) {
      await setRevoked(tx, now, actor.partner.id, old.id)
      const id = await insertLink(tx, now, actor.partner.id, old)
      // A rival who made one between the two statements cannot exist: the old one's row is held.
      if (id === undefined) throw new Refusal('conflict')
      return await withAddress(deps, tx, actor, await demandLink(tx, now, actor, id))
    },
    log: ({ link }) => logOf('link.replaced', link),
  })

  mount.perform(revokeLink, {
    permission: 'invite.link',
    async prepare({ params }, { tx, now, actor }) {
      const link = await demandLink(tx, now, actor, params.id, true)
      if (link.state !== 'ACTIVE' && link.state !== 'NOT_STARTED') throw new Refusal('conflict')
      return link
    },
    async apply({ id }, _input, { tx, now, actor }) {
      await setRevoked(tx, now, actor.partner.id, id)
      return presentLink(await demandLink(tx, now, actor, id))
    },
    log: (link) => logOf('link.revoked', link),
  })

  mount.read(showLink, {
    permission: 'invite.link',
    async run({ params }, { tx, now, actor, request }) {
      const link = await demandLink(tx, now, actor, params.id)
      if (link.state !== 'ACTIVE' && link.state !== 'NOT_STARTED') throw new Refusal('conflict', { sentence: 'link_over' })
      await writeLog(tx, now, { partnerId: actor.partner.id, memberId: actor.member.id, name: actor.member.name, source: 'console' }, request, [logOf('link.shown', link)])
      return await withAddress(deps, tx, actor, link)
    },
  })
}

/** The answers that are kept for replays hold no token either: it is made again from the link's id. */
const withoutToken = ({ secrets, settings }: Pick<Deps, 'secrets' | 'settings'>) => ({
  hide: (reply: Reply<typeof createLink>) => ({ ...reply, url: settings.publicUrl }),
  show: (reply: Reply<typeof createLink>) => ({ ...reply, url: inviteAddress(settings, linkToken(secrets, reply.link.id)) }),
})

const logOf = (operation: LogFacts['operation'], { label, kind, associationType }: Pick<LinkRecord, 'label' | 'kind' | 'associationType'>): LogFacts =>
  ({ operation, objectKind: 'link', objectNumber: label, details: { kind, type: associationType } })

/** Every rule of a new link but the number of custom ones. Refuses with `invite_blocked`, and an activity that is unknown or over. */
async function wishOf(body: Parsed<typeof createLink>['body'], { tx, now, actor }: Context): Promise<NewLink> {
  const own = { creatorId: actor.member.id, managerId: isManager(actor) ? actor.member.id : null, activityId: null, startsAt: null, endsAt: null }
  if (body.kind !== 'ACTIVITY') {
    await demandInviting(tx, actor.partner, 'link', body.associationType)
    // The master account has no login name of its own: people know it by the partner's.
    return { ...own, kind: body.kind, associationType: body.associationType, label: body.kind === 'CUSTOM' ? body.label : actor.member.login || actor.partner.account }
  }
  const activity = await findActivity(tx, body.activityId)
  if (!activity) throw new Refusal('not_found')
  if (activity.endsAt <= now) throw new Refusal('conflict', { sentence: 'activity_over' })
  await demandInviting(tx, actor.partner, 'link', activity.associationType)
  return { ...own, kind: 'ACTIVITY', associationType: activity.associationType, label: activity.name, activityId: activity.id, startsAt: activity.startsAt, endsAt: activity.endsAt }
}

export const customLinksLimit = 'links.custom'
async function takeCustom(tx: Tx, now: Date, actor: Actor): Promise<void> {
  const { window, max } = customLinksPerPartner
  const free = await takeLimit(tx, now, customLinksLimit, actor.partner.id, window, max)
  if (free) throw new Refusal('too_many_requests', { sentence: 'custom_links_limit', retryAfter: secondsUntil(free, now), facts: { until: free.toISOString(), max: String(max) } })
}

async function demandLink(tx: Tx, now: Date, actor: Actor, id: string, lock = false): Promise<LinkRecord> {
  const link = await findLink(tx, now, actor, id, lock)
  if (!link) throw new Refusal('not_found')
  return link
}

async function withAddress({ secrets, settings }: Pick<Deps, 'secrets' | 'settings'>, tx: Tx, actor: Actor, row: LinkRecord) {
  const token = linkToken(secrets, row.id)
  await addToken(tx, actor.partner.id, row.id, hashToken(token))
  return { link: presentLink(row), url: inviteAddress(settings, token) }
}
