import type { Locale } from '#contract/people.ts'
import { amountFromMinor } from '#contract/money.ts'
import type { IssuedQuota, IssuedQuotaState, Reseller } from '#contract/reseller-quotas.ts'
import { rowSentence } from '#server/http/sentences.ts'
import { maskCompany } from '#server/masking/mask.ts'
import { quotaStateOf, takesReturns } from '#server/operations/coupon-quotas.ts'
import { mayGetQuota, whyNotReclaimable } from './rules.ts'
import type { IssuedRow, PickRow } from './store.ts'

export const presentReseller = ({ id, account, name }: { id: string; account: string; name: string }) => ({ id, account, nameMasked: maskCompany(name) })

export const presentPick = (row: PickRow, locale: Locale): Reseller => ({
  ...presentReseller(row), state: row.state, quotaLeft: amountFromMinor(row.quotaLeft), refused: mayGetQuota(row.state) ? null : rowSentence('reseller_closed', locale, {}),
})

/** @returns whether what comes back now finds the distributor's quota in force. */
export const isSourceOpen = ({ sourceFrom, sourceTo, sourceWithdrawnAt }: IssuedRow, at: Date): boolean => takesReturns({ validFrom: sourceFrom, validTo: sourceTo, withdrawnAt: sourceWithdrawnAt }, at)

/** @returns the row of the list. A reseller's quota begins with its issue, so it is never one that has not started. */
export function presentIssued(row: IssuedRow, now: Date): IssuedQuota {
  const state = quotaStateOf(row, now)
  const shown: IssuedQuotaState = state === 'NOT_STARTED' ? 'ACTIVE' : state
  return {
    id: row.id, number: row.number, source: { id: row.sourceId, number: row.sourceNumber }, reseller: { id: row.partnerId, account: row.account, nameMasked: maskCompany(row.name) },
    amount: amountFromMinor(row.granted), used: amountFromMinor(row.issued - row.returned), left: amountFromMinor(row.left), reclaimed: amountFromMinor(row.withdrawn),
    validTo: row.validTo.toISOString(), issuedAt: row.createdAt.toISOString(), state: shown, isReclaimable: row.isOwn && whyNotReclaimable({ state, left: row.left, isSourceOpen: isSourceOpen(row, now) }) === undefined,
  }
}
