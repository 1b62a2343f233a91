import { list, sql, type SQL } from '#server/db/query.ts'
import type { Database, Tx } from '#server/db/transaction.ts'
import { requestKeyDays, sessionAbsolute } from '#server/limits.ts'
import { startMonth } from '#server/ledger/expenditure.ts'
import { allPartners } from './partners.ts'

const daySeconds = 24 * 3600
const viewDays = 30
/** Proofs and messages are told in the operation log; their own rows are kept this long for support. */
const traceDays = 90
/** The longest window of a limit is a day. */
const limitSeconds = daySeconds
const sliceRows = 5000

/** Takes every partner's month-to-date figures into a new month, in the partner's own zone, once. */
export async function startMonths(database: Database): Promise<void> {
  const partners = await database.inGlobal((tx, now) => tx.rows<{ id: string; zone: string; month: string; done: string | null }>(sql`
    select p.id, p.time_zone as zone, to_char(${now}::timestamptz at time zone p.time_zone, 'YYYY-MM') as month, i.value as done
      from partners p left join installation i on i.key = 'month:' || p.id`))
  for (const { id, zone, month, done } of partners) {
    if (month === done) continue
    // oxlint-disable-next-line no-await-in-loop -- one partner's customers after the other, once a month
    await database.inTenant(id, async (tx, now) => {
      await startMonth(tx, now, { partnerId: id, timeZone: zone })
      await tx.run(sql`insert into installation (key, value, at) values (${`month:${id}`}, ${month}, ${now}) on conflict (key) do update set value = excluded.value, at = excluded.at`)
    })
  }
}

/** Removes what has no use any more: ended sessions, lapsed links to a new password, empty limits, old request keys, look-ups, proofs and messages. */
export async function sweep(database: Database): Promise<void> {
  await database.inGlobal(async (tx, now) => {
    await removeAll(tx, sql`sessions`, sql`started_at < ${before(now, sessionAbsolute)}`)
    await removeAll(tx, sql`set_ups`, sql`expires_at <= ${now}`)
    await removeAll(tx, sql`limits`, sql`not exists (select 1 from unnest(taken) t where t > ${before(now, limitSeconds)}::timestamptz)`)
  })
  const partners = await allPartners(database)
  if (partners.length === 0) return
  const ours = sql`partner_id = any(${list(partners)}::uuid[])`
  await database.inTenant(partners, async (tx, now) => {
    await removeAll(tx, sql`request_keys`, sql`${ours} and at < ${before(now, requestKeyDays * daySeconds)}`)
    await removeAll(tx, sql`views`, sql`${ours} and at < ${before(now, viewDays * daySeconds)}`)
    await removeAll(tx, sql`proofs`, sql`${ours} and created_at < ${before(now, traceDays * daySeconds)}`)
    await removeAll(tx, sql`messages`, sql`${ours} and state <> 'queued' and at < ${before(now, traceDays * daySeconds)}`)
  })
}

const before = (now: Date, seconds: number): Date => new Date(now.getTime() - seconds * 1000)

/** In slices, so that no statement runs into its time-out. */
async function removeAll(tx: Tx, table: SQL, condition: SQL): Promise<void> {
  let removed: number
  do {
    // oxlint-disable-next-line no-await-in-loop -- a slice at a time is the point
    removed = await tx.run(sql`delete from ${table} where ctid = any(array(select ctid from ${table} where ${condition} limit ${sliceRows}::int))`)
  } while (removed === sliceRows)
}
