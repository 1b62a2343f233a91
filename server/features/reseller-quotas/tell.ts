import { amountFromMinor } from '#contract/money.ts'
import { writeLog } from '#server/audit/write.ts'
import type { Confirmed, Context } from '#server/http/context.ts'
import { maskCompany, maskEmail } from '#server/masking/mask.ts'
import { administratorMails } from '#server/messages/administrators.ts'
import { enqueueNotices, type Notice } from '#server/messages/enqueue.ts'
import type { ResellerRow } from '#server/operations/resellers.ts'

export type Told = { reseller: ResellerRow; number: string; /** Minor units. */ amount: bigint }

/** What a reseller learns of quota that its distributor gave or took: a row of its own operation log, and a mail to its administrators (CP-06). The distributor's
 *  people, addresses and devices are not among it. */
export async function tellResellers({ tx, now, actor, request, confirmedBy }: Context & Confirmed, what: 'issued' | 'reclaimed', told: readonly Told[]): Promise<void> {
  const notices: Notice[] = []
  // Logs are chained per partner, so they are written in the order in which everybody writes to several.
  for (const { reseller, number, amount } of told.toSorted((a, b) => (a.reseller.id < b.reseller.id ? -1 : 1))) {
    // oxlint-disable-next-line no-await-in-loop -- each reseller has a log and administrators of its own
    await writeLog(tx, now, { partnerId: reseller.id, memberId: null, name: null, source: 'system' }, { id: request.id, address: '', agent: '', locale: request.locale }, [{
      operation: what === 'issued' ? 'quota.grant' : 'quota.withdraw', objectKind: 'quota', objectNumber: number, amount, confirmedBy, details: { distributor: maskCompany(actor.partner.name) },
    }])
    // oxlint-disable-next-line no-await-in-loop -- as for the row before it: one reseller after the other
    const recipients = await administratorMails(tx, reseller.id)
    notices.push(...recipients.map(({ email, language }): Notice => ({
      partnerId: reseller.id, kind: 'CP-06', channel: 'email', to: email, toMasked: maskEmail(email), locale: language, params: { what, distributor: actor.partner.name, number, amount: amountFromMinor(amount), at: now, timeZone: reseller.timeZone },
    })))
  }
  await enqueueNotices(tx, now, notices)
}
