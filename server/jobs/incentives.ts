import { writeLog } from '#server/audit/write.ts'
import { list, sql } from '#server/db/query.ts'
import type { Database } from '#server/db/transaction.ts'
import { moveProvisional, remindOfDeadlines, settleDeadlines } from '#server/operations/incentive-deadlines.ts'
import { releaseDue } from '#server/operations/incentive-freezes.ts'
import { allPartners } from './partners.ts'

type Due = { id: string; timeZone: string }

/** Does what the calendar asks for, for every partner with something open: releases what customers have paid for, ends deadlines, moves those that were provisional, and reminds
 *  people. Doing it again does nothing. @param onError told of a partner whose turn failed; the others go on, and it comes again. @param publicUrl where the console is, for links in mails. */
export async function runIncentives(database: Database, { onError, publicUrl }: { onError: (error: Error) => void; publicUrl: string | undefined }): Promise<void> {
  const partners = await allPartners(database)
  if (partners.length === 0) return
  const due = await database.inTenant(partners, (tx) => tx.rows<Due>(sql`
    select q.id, q.time_zone as "timeZone" from partners q where q.id = any(${list(partners)}::uuid[]) and (exists (select 1 from incentive_statements s where s.partner_id = q.id and s.state = 'PENDING_CONFIRMATION')
      or exists (select 1 from incentive_freezes f where f.partner_id = q.id and f.released_at is null and f.releases_on is not null)) order by q.id`))
  for (const partner of due) {
    // oxlint-disable-next-line no-await-in-loop -- one partner after the other, and only those with something open
    await runPartner(database, partner, publicUrl).catch((error: unknown) => onError(error instanceof Error ? error : new Error(String(error))))
  }
}

async function runPartner(database: Database, partner: Due, publicUrl: string | undefined): Promise<void> {
  const told = { partner, publicUrl }
  await database.inTenant(partner.id, async (tx, now) => {
    const released = await releaseDue(tx, now, told)
    await writeLog(tx, now, { partnerId: partner.id, memberId: null, name: null, source: 'system' }, { id: 'job', address: '', agent: '', locale: 'zh-CN' },
      released.map(({ number, lines, amount }) => ({ operation: 'incentive.released', objectKind: 'statement', objectNumber: number, amount, details: { lines, reason: 'paid' } })))
    await moveProvisional(tx, now, partner.id)
    await settleDeadlines(tx, now, told)
    await remindOfDeadlines(tx, now, told)
  })
}
