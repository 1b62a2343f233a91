import type { Locale } from '#contract/people.ts'
import type { Actor } from '#server/auth/actor.ts'
import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'

export type ProfileRow = { mobile: string | null; email: string | null; mobileVerified: boolean; emailVerified: boolean; language: Locale; lockedUntil: Date | null; passwordSetAt: Date | null; isUnified: boolean }

export async function readProfile(tx: Tx, actor: Actor): Promise<ProfileRow> {
  const [row] = await tx.rows<ProfileRow>(sql`
    select m.mobile, m.email, m.mobile_verified as "mobileVerified", m.email_verified as "emailVerified", m.language, g.locked_until as "lockedUntil", l.password_set_at as "passwordSetAt",
           exists (select 1 from identities i where i.partner_id = m.partner_id and i.member_id = m.id) as "isUnified"
      from members m left join verification_guards g on g.partner_id = m.partner_id and g.member_id = m.id left join logins l on l.partner_id = m.partner_id and l.member_id = m.id
     where m.partner_id = ${actor.partner.id} and m.id = ${actor.member.id}`)
  if (!row) throw new Error('the signed-in member vanished')
  return row
}

type Quotas = { monthly: bigint | null; oneTime: bigint | null; monthlyUsed: bigint; oneTimeUsed: bigint }
/** What a reseller may give as budgets, and what the budgets of its customers come to; money in minor units. */
export async function readQuotas(tx: Tx, partnerId: string): Promise<Quotas> {
  const [row] = await tx.rows<Quotas>(sql`
    select p.monthly_quota as monthly, p.one_time_quota as "oneTime", coalesce(sum(c.budget_amount) filter (where c.budget_type = 'MONTHLY'), 0)::bigint as "monthlyUsed",
           coalesce(sum(c.budget_amount) filter (where c.budget_type = 'ONE_TIME'), 0)::bigint as "oneTimeUsed"
      from partners p left join customers c on c.partner_id = p.id and c.budget_type is not null where p.id = ${partnerId} group by p.id`)
  if (!row) throw new Error('the partner of a session vanished')
  return row
}

export async function setLanguage(tx: Tx, actor: Actor, language: Locale): Promise<void> {
  await tx.run(sql`update members set language = ${language} where partner_id = ${actor.partner.id} and id = ${actor.member.id}`)
}

/** Holds the partner's switch, so that two who turn it queue. @returns whether codes are asked now. */
export async function lockSwitch(tx: Tx, partnerId: string): Promise<boolean> {
  const [row] = await tx.rows<{ on: boolean }>(sql`select p.verification_on as on from partners p where p.id = ${partnerId} for no key update`)
  if (!row) throw new Error('the partner of a session vanished')
  return row.on
}

export async function setSwitch(tx: Tx, partnerId: string, on: boolean): Promise<void> {
  await tx.run(sql`update partners set verification_on = ${on} where id = ${partnerId}`)
}

/** Questions that were asked while the switch was off must not confirm anything once it is on. @returns how many. */
export const voidQuestions = (tx: Tx, partnerId: string): Promise<number> =>
  tx.run(sql`update proofs set state = 'void' where partner_id = ${partnerId} and needs = 'click' and state in ('open', 'passed')`)
