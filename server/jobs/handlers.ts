import type { Secrets } from '#server/auth/secrets.ts'
import type { Database } from '#server/db/transaction.ts'
import type { Channel, MessageChannel } from '#server/messages/channel.ts'
import { sendWaiting } from '#server/messages/worker.ts'
import { endCoupons } from '#server/operations/coupon-returns.ts'
import { buildExport, expireFiles } from '#server/operations/exports-build.ts'
import type { JobHandlers } from './boss.ts'
import { runHandovers } from './handovers.ts'
import { checkLedger } from './ledger-check.ts'
import { allPartners } from './partners.ts'
import { endReports, startMonths, sweep } from './sweep.ts'

/** What each job of this installation does. @param publicUrl where the console is, for links in mails. @param onError told of what goes wrong without ending a job, such as a provider that is away. */
export function jobHandlers({ database, channels, publicUrl, secrets, onError }: { database: Database; publicUrl?: string; secrets?: Pick<Secrets, 'code'>; channels: Partial<Record<Channel, MessageChannel>>; onError: (error: Error) => void }): JobHandlers {
  return {
    async 'message.send'(jobs) {
      const partners = jobs.map(({ partnerId }) => partnerId)
      // The clock's job names nobody and means everybody.
      const named = partners.filter((partnerId) => partnerId !== undefined)
      await sendWaiting({ database, channels, onError }, named.length < partners.length ? undefined : named)
    },
    async 'export.build'(jobs) {
      for (const { partnerId, exportId } of jobs) {
        // oxlint-disable-next-line no-await-in-loop -- one job at a time is handed out
        if (partnerId !== undefined && exportId !== undefined) await buildExport(database, { partnerId, exportId }, onError, secrets)
      }
    },
    'export.expire': async () => expireFiles(database, await allPartners(database)),
    async 'ledger.check'() {
      await startMonths(database)
      await checkLedger(database, onError)
    },
    'handover.run': async () => runHandovers(database, { onError, publicUrl }),
    'coupon.end': async () => endCoupons(database, publicUrl, onError),
    async sweep() {
      await endReports(database, publicUrl)
      await sweep(database)
    },
  }
}
