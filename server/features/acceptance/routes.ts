import { acceptInvite, openInvite, registerByInvite, sendInviteCode, viewInvite } from '#contract/acceptance.ts'
import { documentsFor } from '#contract/documents.ts'
import type { Reply } from '#contract/endpoint.ts'
import { readCustomer, type Customer } from '#server/auth/customer-sessions.ts'
import { keyedHash } from '#server/auth/secrets.ts'
import { network } from '#server/auth/network.ts'
import { takeLimit } from '#server/db/limit.ts'
import { sql } from '#server/db/query.ts'
import type { MountFeature } from '#server/http/app.ts'
import { openingsApart } from '#server/limits.ts'
import { maskCompany, maskMobile } from '#server/masking/mask.ts'
import { accept } from './accept.ts'
import { findInvite, type Invite } from './find.ts'
import { logVisit } from './record.ts'
import { register } from './register.ts'
import { stateOf } from './rules.ts'
import { sendCodeOf } from './send.ts'

/** The page behind a link: what it offers, a code, a new account, an association. Nobody here is a member of a partner. */
export const mountAcceptance: MountFeature = (mount, _app, deps) => {
  const { database, secrets } = deps
  // Not even the session is prolonged: whatever looks at a link changes nothing.
  mount.open(viewInvite, 'public', ({ body }, visitor) => database.inGlobal(async (tx, now) => {
    const invite = await findInvite(tx, body.token)
    return invite ? presentView(invite, now, await readCustomer(tx, now, deps, visitor.token, false)) : { state: 'invalid' }
  }))

  mount.open(openInvite, 'public', ({ body }, { request }) => database.inGlobal(async (tx, now) => {
    const invite = await findInvite(tx, body.token)
    if (!invite || stateOf(invite, now) !== 'open') return {}
    const { partner, mail, link } = invite
    if (mail) {
      const opened = await tx.run(sql`update invitations set state = 'OPENED', opened_at = ${now} where partner_id = ${partner.id} and id = ${mail.id} and state = 'SENT'`)
      if (opened > 0) await logVisit(tx, now, invite, null, request, { operation: 'invite.opened' })
    }
    // A page that is loaded again within a minute is the same look.
    if (link && !(await takeLimit(tx, now, 'invite.open', keyedHash(secrets, `${link.id}\n${network(request.address)}`), openingsApart, 1))) {
      await tx.run(sql`update invite_links set opened = opened + 1, last_used_at = ${now} where partner_id = ${partner.id} and id = ${link.id}`)
    }
    return {}
  }))

  mount.open(sendInviteCode, 'public', (input, visitor) => sendCodeOf(deps, input, visitor))
  mount.open(registerByInvite, 'public', ({ body }, visitor) => register(deps, body, visitor))
  mount.open(acceptInvite, 'customer', ({ body }, visitor) => accept(deps, body, visitor))
}

function presentView(invite: Invite, now: Date, customer: Customer | undefined): Reply<typeof viewInvite> {
  const { via, associationType, partner, mobile, expiresAt, startsAt, endsAt } = invite
  const state = stateOf(invite, now)
  switch (state) {
    case 'open':
      return {
        state, via, partnerName: partner.name, associationType, mobileMasked: maskMobile(mobile), expiresAt: (expiresAt ?? endsAt)?.toISOString() ?? null, documents: documentsFor(associationType),
        signedIn: customer ? { accountNameMasked: maskCompany(customer.account.name), mobileMasked: maskMobile(customer.account.mobile), csrf: customer.csrf } : null,
      }
    case 'expired':
      return { state, at: (expiresAt ?? now).toISOString() }
    case 'not_started':
    case 'ended':
      return { state, from: (startsAt ?? now).toISOString(), to: (endsAt ?? now).toISOString() }
    case 'invalid':
    case 'partner_blocked':
      return { state }
  }
}
