import type { AssociationType } from '#contract/customers.ts'
import type { InviteBlock } from '#contract/invites.ts'
import type { PartnerState, PartnerType } from '#contract/people.ts'
import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { Refusal } from '#server/http/refusal.ts'

type Grants = { type: PartnerType; state: PartnerState; mayDevelop: boolean; mayResell: boolean; distributorLeft: boolean; hasContact: boolean }
export type InviteBlocks = {
  /** Why nothing can be invited or reported; null: it can. */
  blocked: InviteBlock | null
  /** Why no mail invitation can be sent. */
  mailBlocked: InviteBlock | null
  /** What customers may be invited as. */
  types: AssociationType[]
}

/** What a partner may do to win customers, as its state, its grants and its own contact stand now.
 *  @param partner whose; read anew, because a grant taken away counts at the next request. */
export async function inviteBlocks(tx: Tx, partner: { id: string }): Promise<InviteBlocks> {
  const [grants] = await tx.rows<Grants>(sql`select type, state, may_develop as "mayDevelop", may_resell as "mayResell", distributor_left as "distributorLeft",
      exists (select 1 from members m where m.partner_id = p.id and 'administrator' = any(m.roles) and m.state = 'ACTIVE' and coalesce(m.mobile, m.email) is not null) as "hasContact"
    from partners p where id = ${partner.id}::uuid`)
  if (!grants) throw new Refusal('not_found')
  const blocked = blockOf(grants)
  return {
    blocked, mailBlocked: blocked ?? (grants.type === 'RESELLER' && grants.distributorLeft ? 'distributor_left' : null),
    types: grants.mayResell ? ['RESALE', 'REFERRAL'] : ['REFERRAL'],
  }
}

function blockOf({ state, mayDevelop, hasContact }: Grants): InviteBlock | null {
  if (state === 'FROZEN') return 'partner_frozen'
  if (state === 'LEFT') return 'partner_left'
  if (!mayDevelop) return 'no_development'
  return hasContact ? null : 'contact_missing'
}

/** Refuses with `invite_blocked` what the partner may not start at present. @param by `mail` also counts what blocks mail invitations only.
 *  @param type what customers are invited as, where that is chosen. */
export async function demandInviting(tx: Tx, partner: { id: string }, by: 'mail' | 'link', type?: AssociationType): Promise<void> {
  const { blocked, mailBlocked, types } = await inviteBlocks(tx, partner)
  const block = by === 'mail' ? mailBlocked : blocked
  if (block) throw new Refusal('invite_blocked', { facts: { block } })
  if (type !== undefined && !types.includes(type)) throw new Refusal('invite_blocked', { sentence: 'no_resale', facts: { block: 'no_resale' } })
}

/** The name under which mail invitations are counted against a partner's day. */
export const partnerMailsLimit = 'invite.day.partner'
