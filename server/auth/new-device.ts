import { writeLog } from '#server/audit/write.ts'
import { sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import type { RequestFacts } from '#server/http/context.ts'
import { knownDeviceDays } from '#server/limits.ts'
import { maskEmail } from '#server/masking/mask.ts'
import { deviceOf } from '#server/messages/device.ts'
import { enqueueNotices } from '#server/messages/enqueue.ts'
import type { Actor } from './actor.ts'
import { network } from './network.ts'

/** To be asked before this sign-in is written down. A device is a browser's own description at one network.
 *  @returns whether the person has signed in before, and not from this device in the last 90 days. */
export async function isNewDevice(tx: Tx, now: Date, { partnerId, memberId }: { partnerId: string; memberId: string }, { address, agent }: RequestFacts): Promise<boolean> {
  const since = new Date(now.getTime() - knownDeviceDays * 24 * 3600 * 1000)
  const earlier = sql`from log_entries where partner_id = ${partnerId} and operator_id = ${memberId} and operation = 'session.signed_in'`
  const known = await tx.rows<{ address: string; agent: string }>(sql`select distinct address, agent ${earlier} and at > ${since}`)
  if (known.some((device) => device.agent === agent && network(device.address) === network(address))) return false
  return known.length > 0 || (await tx.rows(sql`select 1 ${earlier} limit 1`)).length > 0
}

/** Writes the new device down and tells the person by mail (PR-01), if there is a verified address. */
export async function tellNewDevice(tx: Tx, now: Date, { partner, member }: Actor, request: RequestFacts): Promise<void> {
  await writeLog(tx, now, { partnerId: partner.id, memberId: member.id, name: member.name, source: 'console' }, request, [{ operation: 'session.new_device', objectKind: 'session' }])
  const [person] = await tx.rows<{ email: string }>(sql`select email from members where partner_id = ${partner.id} and id = ${member.id} and email is not null and email_verified`)
  if (!person) return
  await enqueueNotices(tx, now, [{
    partnerId: partner.id, kind: 'PR-01', channel: 'email', to: person.email, toMasked: maskEmail(person.email), locale: member.language,
    params: { at: now, timeZone: partner.timeZone, device: deviceOf(request.agent), address: request.address },
  }])
}
