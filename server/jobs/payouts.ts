import { writeLog } from '#server/audit/write.ts'
import { list, sql } from '#server/db/query.ts'
import type { Database, Tx } from '#server/db/transaction.ts'
import type { LogFacts } from '#server/http/context.ts'
import { booksClosed } from '#server/ledger/books.ts'
import { requestAutomatically } from '#server/operations/automatic-payment.ts'
import { lockBusiness } from '#server/operations/business.ts'
import type { Told } from '#server/operations/incentive-notices.ts'
import { canGoOn, holdRequest, payRequest, resumeFailed, stepLog, takeUp } from '#server/operations/payment-steps.ts'
import { allPartners } from './partners.ts'

type Due = { id: string; timeZone: string }
const system = (partnerId: string) => [{ partnerId, memberId: null, name: null, source: 'system' }, { id: 'job', address: '', agent: '', locale: 'zh-CN' }] as const

/** What payouts do by the clock: submitted requests are taken up, bank transfers that failed go on once nothing stands in their way any more, voucher quotas arrive about ten minutes after their request, and what was newly confirmed is requested where a partner
 *  wants that. Several servers may do it at once: each step is a conditional update. @param onError told of a partner that failed; the others go on, and it comes again. */
export async function runPayouts(database: Database, { onError, publicUrl }: { onError: (error: Error) => void; publicUrl: string | undefined }): Promise<void> {
  const partners = await allPartners(database)
  if (partners.length === 0) return
  const due = await database.inTenant(partners, (tx, now) => tx.rows<Due>(sql`
    select p.id, p.time_zone as "timeZone" from partners p where p.id = any(${list(partners)}::uuid[]) and (
      exists (select 1 from payment_requests r where r.partner_id = p.id and (r.state = 'SUBMITTED' or r.state = 'UNDER_REVIEW' and r.due_at <= ${now}::timestamptz or ${canGoOn(now)}))
      or exists (select 1 from payout_settings s where s.partner_id = p.id and s.automatic_since is not null)) order by p.id`))
  for (const { id, timeZone } of due) {
    // oxlint-disable-next-line no-await-in-loop -- one partner after the other, and only those with something to do
    await runPartner(database, { partner: { id, timeZone }, publicUrl }).catch((error: unknown) => onError(error instanceof Error ? error : new Error(String(error))))
  }
}

async function runPartner(database: Database, told: Told): Promise<void> {
  const partnerId = told.partner.id
  const inTenant = <T>(work: (tx: Tx, now: Date) => Promise<T>): Promise<T> => database.inTenant(partnerId, work)
  const log = (tx: Tx, now: Date, entry: LogFacts | undefined): Promise<void> => writeLog(tx, now, ...system(partnerId), entry ? [entry] : [])
  // Before the automatic request, which would take what they held.
  await inTenant(async (tx, now) => {
    await lockBusiness(tx, partnerId, 'use')
    await writeLog(tx, now, ...system(partnerId), (await resumeFailed(tx, now, told)).map((row) => stepLog(row, 'PAYING')))
  })
  await inTenant(async (tx, now) => log(tx, now, await requestAutomatically(tx, now, told)))
  await inTenant((tx, now) => takeUp(tx, now, partnerId))
  const arriving = await inTenant((tx, now) => tx.rows<{ id: string }>(sql`select id from payment_requests where partner_id = ${partnerId} and state = 'UNDER_REVIEW' and due_at <= ${now}::timestamptz order by due_at, id`))
  for (const { id } of arriving) {
    // oxlint-disable-next-line no-await-in-loop -- each is a transaction of its own
    await inTenant(async (tx, now) => {
      // It waits for whoever opens the books, as everything does that moves amounts.
      if (await booksClosed(tx)) return
      await lockBusiness(tx, partnerId, 'use')
      const row = await holdRequest(tx, partnerId, { id })
      if (row && await payRequest(tx, now, told, row, { by: { kind: 'system' }, requestId: 'job', reason: row.number }) === undefined) await log(tx, now, stepLog(row, 'COMPLETED'))
    })
  }
}
