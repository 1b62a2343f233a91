import { writeLog } from '#server/audit/write.ts'
import { sql } from '#server/db/query.ts'
import { secondsUntil, takeLimit } from '#server/db/limit.ts'
import type { Context } from '#server/http/context.ts'
import { Refusal } from '#server/http/refusal.ts'
import { revealCalls, revealSubjects } from '#server/limits.ts'
import { maskEmail, maskName } from '#server/masking/mask.ts'
import { administratorMails } from '#server/messages/administrators.ts'
import { enqueueNotices } from '#server/messages/enqueue.ts'

/** Counts one call and its subjects against the person's limits, exactly, also of many calls at once.
 *  Refuses with too_many_requests; the refusal is logged and the administrators are told, although the call itself leaves nothing. */
export async function takeReveal({ tx, now, actor }: Context, subjects: number): Promise<void> {
  const person = `${actor.partner.id}:${actor.member.id}`
  const free = await takeLimit(tx, now, 'reveal-calls', person, revealCalls.window, revealCalls.max)
    ?? await takeLimit(tx, now, 'reveal-subjects', person, revealSubjects.window, revealSubjects.max, subjects)
  if (free === undefined) return
  throw new Refusal('too_many_requests', { sentence: 'reveal_limit', retryAfter: secondsUntil(free, now), facts: { until: free.toISOString() }, afterwards: (later) => reportLimit(later, subjects) })
}

/** Tells the administrators at most once an hour per person: whoever keeps trying must not flood their mail. */
async function reportLimit({ tx, now, actor, request }: Context, subjects: number): Promise<void> {
  const { partner, member } = actor
  await writeLog(tx, now, { partnerId: partner.id, memberId: member.id, name: member.name, source: 'console' }, request, [{ operation: 'data.reveal_limit', result: 'refused', details: { subjects } }])
  if (await takeLimit(tx, now, 'reveal-notice', `${partner.id}:${member.id}`, revealCalls.window, 1) !== undefined) return
  const [viewed] = await tx.rows<{ count: number }>(sql`
    select count(*)::int as count from limits l, unnest(l.taken) t
     where l.name = 'reveal-subjects' and l.subject = ${`${partner.id}:${member.id}`} and t > ${new Date(now.getTime() - revealSubjects.window * 1000)}`)
  const recipients = await administratorMails(tx, partner.id)
  await enqueueNotices(tx, now, recipients.map(({ email, language }) => ({
    partnerId: partner.id, kind: 'PR-07', channel: 'email', to: email, toMasked: maskEmail(email), locale: language,
    params: { operator: maskName(member.name), count: viewed?.count ?? 0, at: now, timeZone: partner.timeZone },
  })))
}
