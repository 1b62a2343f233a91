import { writeLog } from '#server/audit/write.ts'
import { list, sql } from '#server/db/query.ts'
import type { Database } from '#server/db/transaction.ts'
import { chinaDay } from '#server/operations/assign.ts'
import { lockPlan, moveSlice } from '#server/operations/handover.ts'
import { allPartners } from './partners.ts'

type Due = { partnerId: string; id: string; name: string; timeZone: string }

/** Carries out every handover whose day has begun, China time, slice by slice. Several servers may do it at once: the plan's row is held for a slice,
 *  and whoever comes next goes on where the last one stopped. @param onError told of a plan that failed; the others go on, and it comes again.
 *  @param publicUrl where the console is, for links in mails. */
export async function runHandovers(database: Database, { onError, publicUrl }: { onError: (error: Error) => void; publicUrl: string | undefined }): Promise<void> {
  const partners = await allPartners(database)
  if (partners.length === 0) return
  const due = await database.inTenant(partners, (tx, now) => tx.rows<Due>(sql`
    select h.partner_id as "partnerId", h.id, p.name, p.time_zone as "timeZone" from handovers h join partners p on p.id = h.partner_id
     where h.partner_id = any(${list(partners)}::uuid[]) and h.state in ('PLANNED', 'RUNNING') and h.day <= ${chinaDay(now)} order by h.day, h.created_at, h.id`))
  for (const plan of due) {
    // oxlint-disable-next-line no-await-in-loop -- in the order of their days, so that a customer who is handed on twice goes through both
    await run(database, plan, publicUrl).catch((error: unknown) => onError(error instanceof Error ? error : new Error(String(error))))
  }
}

async function run(database: Database, due: Due, publicUrl: string | undefined): Promise<void> {
  for (let goesOn = true; goesOn;) {
    // oxlint-disable-next-line no-await-in-loop -- each slice is a transaction of its own
    goesOn = await database.inTenant(due.partnerId, async (tx, now) => {
      const plan = await lockPlan(tx, due.partnerId, due.id)
      if (!plan || (plan.state !== 'PLANNED' && plan.state !== 'RUNNING')) return false
      const { state, log } = await moveSlice(tx, now, { id: due.partnerId, name: due.name, timeZone: due.timeZone }, plan, publicUrl)
      await writeLog(tx, now, { partnerId: due.partnerId, memberId: null, name: null, source: 'system' }, { id: 'job', address: '', agent: '', locale: 'zh-CN' }, log)
      return state === 'RUNNING'
    })
  }
}
