import type { getAutomaticPayment, putAutomaticPayment } from '#contract/incentive-payments.ts'
import type { Reply } from '#contract/endpoint.ts'
import { sql } from '#server/db/query.ts'
import type { Context, Operation } from '#server/http/context.ts'
import { Refusal } from '#server/http/refusal.ts'
import { maskName } from '#server/masking/mask.ts'
import { readSettings } from '#server/operations/payments.ts'

/** @returns whether newly confirmed incentives are requested by themselves, and how they are paid then. */
export async function presentAutomatic({ tx, actor: { partner } }: Context): Promise<Reply<typeof getAutomaticPayment>> {
  const { automaticOption, automaticSince, changedAt, changedBy, version } = await readSettings(tx, partner.id)
  return { isOn: automaticSince !== null, option: automaticOption, changedAt: changedAt?.toISOString() ?? null, changedByMasked: maskName(changedBy), version }
}

/** Counts from now on: what was confirmed before is for people to request. */
export const automaticOperation: Operation<typeof putAutomaticPayment, undefined> = {
  permission: 'incentive.request',
  async prepare({ body: { isOn, option } }) {
    if (isOn && option === null) throw new Refusal('invalid_input', { sentence: 'automatic_option', fields: [{ path: 'option', code: 'required', message: '' }] })
    return undefined
  },
  async apply(_prepared, { body: { isOn, option, version } }, context) {
    const { tx, now, actor: { partner, member } } = context
    const saved = await tx.run(sql`insert into payout_settings as s (partner_id, automatic_option, automatic_since, changed_at, changed_by_id, version)
      select ${partner.id}::uuid, ${option}::text, ${isOn ? now : null}::timestamptz, ${now}::timestamptz, ${member.id}::uuid, 1 where ${version}::int = 0 or exists (select 1 from payout_settings k where k.partner_id = ${partner.id})
      on conflict (partner_id) do update set automatic_option = excluded.automatic_option, automatic_since = case when ${isOn}::boolean then coalesce(s.automatic_since, excluded.automatic_since) end, changed_at = excluded.changed_at,
        changed_by_id = excluded.changed_by_id, version = s.version + 1 where s.version = ${version}::int`)
    if (saved === 0) throw new Refusal('stale')
    return await presentAutomatic(context)
  },
  log: ({ isOn, option }) => ({ operation: 'payment.automatic', objectKind: 'partner', details: { state: isOn ? 'on' : 'off', ...(option !== null && { type: option }) } }),
}
