import { writeLog } from '#server/audit/write.ts'
import { secondsUntil, takeLimit } from '#server/db/limit.ts'
import type { Context } from '#server/http/context.ts'
import { Refusal } from '#server/http/refusal.ts'
import { lookUps } from '#server/limits.ts'

/** Counts one look-up by personal data, of whatever list. Refuses with too_many_requests the sixty-first of a person in a minute; the refusal is logged. */
export async function takeLookUp({ tx, now, actor }: Context): Promise<void> {
  const free = await takeLimit(tx, now, 'look-up', `${actor.partner.id}:${actor.member.id}`, lookUps.window, lookUps.max)
  if (free === undefined) return
  throw new Refusal('too_many_requests', {
    sentence: 'lookup_limit', retryAfter: secondsUntil(free, now), facts: { until: free.toISOString() },
    afterwards: (later) => writeLog(later.tx, later.now, { partnerId: actor.partner.id, memberId: actor.member.id, name: actor.member.name, source: 'console' }, later.request,
      [{ operation: 'data.lookup_limit', result: 'refused', details: { limit: lookUps.max } }]),
  })
}
