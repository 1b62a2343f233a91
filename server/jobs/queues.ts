import type { QueueOptions, WorkOptions } from 'pg-boss'
import type { JobName } from '#server/db/transaction.ts'

type Queue = {
  options: QueueOptions
  work: WorkOptions
  /** UTC, five fields; absent: only handed out by transactions. */
  cron?: string
}

// Jobs are only the nudge: what is to be done is in our own tables, so a lost or a repeated job loses and repeats nothing.
const keep = { deleteAfterSeconds: 3600, retentionSeconds: 24 * 3600 }

/** Every queue: how failures are repeated, how often an idle worker looks, and when it runs by itself. The look is only the floor,
 *  because a transaction of this process wakes its worker at once. */
export const queues: Record<JobName, Queue> = {
  'message.send': {
    options: { ...keep, retryLimit: 3, retryDelay: 5, retryBackoff: true, retryDelayMax: 60, expireInSeconds: 300 },
    work: { pollingIntervalSeconds: 2, batchSize: 100, burstWhenBatchFull: true },
    // Picks up what is due again after a failure, and what a server left behind when it died.
    cron: '* * * * *',
  },
  'export.build': {
    options: { ...keep, retryLimit: 3, retryDelay: 10, retryBackoff: true, retryDelayMax: 120, expireInSeconds: 900, heartbeatSeconds: 60 },
    work: { pollingIntervalSeconds: 2 },
  },
  'export.expire': { options: { ...keep, retryLimit: 1, expireInSeconds: 300 }, work: { pollingIntervalSeconds: 30 }, cron: '*/15 * * * *' },
  'ledger.check': { options: { ...keep, retryLimit: 0, expireInSeconds: 300 }, work: { pollingIntervalSeconds: 30 }, cron: '* * * * *' },
  'handover.run': {
    options: { ...keep, retryLimit: 1, expireInSeconds: 600 },
    work: { pollingIntervalSeconds: 2 },
    // Begins what is due today, and goes on with what a server left behind when it died.
    cron: '* * * * *',
  },
  // Ends coupons whose time is over, and tells of those that will.
  'coupon.end': { options: { ...keep, retryLimit: 0, expireInSeconds: 600 }, work: { pollingIntervalSeconds: 30 }, cron: '* * * * *' },
  sweep: { options: { ...keep, retryLimit: 1, expireInSeconds: 600 }, work: { pollingIntervalSeconds: 30 }, cron: '23 * * * *' },
}

export const jobNames: readonly JobName[] = ['message.send', 'export.build', 'export.expire', 'ledger.check', 'handover.run', 'coupon.end', 'sweep']
