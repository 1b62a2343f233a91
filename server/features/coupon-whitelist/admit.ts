import type { Actor } from '#server/auth/actor.ts'
import { Refusal } from '#server/http/refusal.ts'

/** @returns whether the person keeps the whitelist: only subsidy partners have one. */
export const maySeeWhitelist = ({ partner, permissions }: Actor): boolean => partner.type === 'SUBSIDY' && permissions.has('coupon.whitelist')

/** Refuses with no_permission partners of another type. */
export function demandSubsidy({ partner }: Actor): void {
  if (partner.type !== 'SUBSIDY') throw new Refusal('no_permission', { sentence: 'no_operation' })
}
