import { open } from '#server/auth/seal.ts'
import { list, sql } from '#server/db/query.ts'
import type { Database } from '#server/db/transaction.ts'
import { SendFailed, sendWithin, type Channel, type MessageChannel } from './channel.ts'
import { Sealed } from './enqueue.ts'

export type WorkerDeps = {
  database: Database
  channels: Partial<Record<Channel, MessageChannel>>
  onError: (error: Error) => void
}

const batchSize = 20
const parallel = 5
/** Longer than the slowest batch: nobody else takes a message while it is being sent. Seconds. */
const leaseSeconds = 120
const dropAfterSeconds = 24 * 3600
/** Refusals of the provider before a message is given up; a provider that is down is waited for instead. */
const refusalsMax = 4
const waitsSeconds = [60, 120, 300, 600, 1800]

type Claimed = { id: string; channel: Channel; sealed: Uint8Array; attempts: number }
type Outcome = { id: string; state: 'sent' | 'failed' | 'queued'; reason: string | null; waitSeconds: number }

/** Sends what waits and is due. Taking a message moves its due time, so of any number of workers one has it; a worker that dies leaves it to the
 *  next after the lease, under the same id, by which the provider knows it.
 *  @param partnerIds whose messages; `undefined`: everybody's. */
export async function sendWaiting(deps: WorkerDeps, partnerIds: readonly string[] | undefined): Promise<void> {
  const all = partnerIds ?? await partnersWithDue(deps.database)
  for (const partnerId of new Set(all)) {
    // oxlint-disable-next-line no-await-in-loop -- one partner after the other keeps the number of open sends small
    await drain(deps, partnerId)
  }
}

async function partnersWithDue(database: Database): Promise<string[]> {
  const partners = await database.inGlobal((tx) => tx.rows<{ id: string }>(sql`select id from partners`))
  if (partners.length === 0) return []
  const ids = partners.map(({ id }) => id)
  const due = await database.inTenant(ids, (tx, now) => tx.rows<{ partner_id: string }>(sql`
    select distinct partner_id from messages where state = 'queued' and due_at <= ${now} and partner_id = any(${list(ids)}::uuid[])`))
  return due.map(({ partner_id }) => partner_id)
}

async function drain(deps: WorkerDeps, partnerId: string): Promise<void> {
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- a batch at a time, so that a message is taken only when it can be sent at once
    const claimed = await claim(deps.database, partnerId)
    if (claimed.length === 0) return
    const outcomes: Outcome[] = []
    for (let from = 0; from < claimed.length; from += parallel) {
      // oxlint-disable-next-line no-await-in-loop -- as many at once as a provider takes well
      outcomes.push(...(await Promise.all(claimed.slice(from, from + parallel).map((message) => attempt(deps, message)))))
    }
    // oxlint-disable-next-line no-await-in-loop -- what was sent is marked before more is taken
    await settle(deps.database, partnerId, outcomes)
    // With the provider down, the rest would only fail the same way; the clock's job comes back to it.
    if (outcomes.every(({ state }) => state === 'queued')) return
  }
}

async function claim(database: Database, partnerId: string): Promise<Claimed[]> {
  return await database.inTenant(partnerId, async (tx, now) => {
    const tooOld = new Date(now.getTime() - dropAfterSeconds * 1000)
    await tx.run(sql`update messages set state = 'dropped', reason = 'too_old', sealed = null
      where partner_id = ${partnerId} and state = 'queued' and at <= ${tooOld}`)
    return await tx.rows<Claimed>(sql`
      update messages m set attempts = m.attempts + 1, due_at = ${new Date(now.getTime() + leaseSeconds * 1000)}
        from (select id from messages where partner_id = ${partnerId} and state = 'queued' and due_at <= ${now} order by at, id limit ${batchSize}::int for update skip locked) next
       where m.partner_id = ${partnerId} and m.id = next.id and m.state = 'queued'
      returning m.id, m.channel, m.sealed, m.attempts`)
  })
}

/** One attempt outside any transaction: a slow provider must hold neither a connection nor a lock. */
async function attempt({ channels, onError }: WorkerDeps, { id, channel, sealed, attempts }: Claimed): Promise<Outcome> {
  const by = channels[channel]
  if (!by) return { id, state: 'failed', reason: 'no_channel', waitSeconds: 0 }
  let message
  try {
    message = Sealed.parse(JSON.parse(open(sealed)))
  } catch {
    onError(new Error('a waiting message could not be opened; it was sealed under another key'))
    return { id, state: 'failed', reason: 'unreadable', waitSeconds: 0 }
  }
  try {
    await sendWithin(by, { id, to: message.to, text: message.text, ...(message.subject !== undefined && { subject: message.subject }), ...(message.html !== undefined && { html: message.html }), ...(message.template && { template: message.template }) })
    return { id, state: 'sent', reason: null, waitSeconds: 0 }
  } catch (error) {
    const reason = error instanceof SendFailed ? error.reason : 'unreachable'
    onError(error instanceof Error ? error : new Error('message not sent'))
    const isFinal = reason === 'unsendable' || (reason === 'refused' && attempts >= refusalsMax)
    return { id, state: isFinal ? 'failed' : 'queued', reason, waitSeconds: waitsSeconds[Math.min(attempts, waitsSeconds.length) - 1] ?? 60 }
  }
}

async function settle(database: Database, partnerId: string, outcomes: readonly Outcome[]): Promise<void> {
  const column = (pick: (outcome: Outcome) => string | null) => list(outcomes.map(pick))
  await database.inTenant(partnerId, (tx, now) => tx.run(sql`
    update messages m set state = o.state, reason = o.reason, sealed = case when o.state = 'queued' then m.sealed end,
           sent_at = case when o.state = 'sent' then ${now}::timestamptz end, due_at = ${now}::timestamptz + o.wait * interval '1 second'
      from unnest(${column(({ id }) => id)}::uuid[], ${column(({ state }) => state)}::text[], ${column(({ reason }) => reason)}::text[], ${column(({ waitSeconds }) => String(waitSeconds))}::int[]) as o(id, state, reason, wait)
     where m.partner_id = ${partnerId} and m.id = o.id and m.state = 'queued'`))
}
