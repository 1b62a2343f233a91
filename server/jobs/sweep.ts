import { writeLog } from '#server/audit/write.ts'
import { list, sql, type SQL } from '#server/db/query.ts'
import type { Database, Tx } from '#server/db/transaction.ts'
import { looseFileLife, reportReminder, requestKeyDays, sessionAbsolute } from '#server/limits.ts'
import { startMonth } from '#server/ledger/expenditure.ts'
import { maskCompany, maskMobile } from '#server/masking/mask.ts'
import { enqueueNotices } from '#server/messages/enqueue.ts'
import { endingNotices } from '#server/operations/report-notices.ts'
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

/** Tells people of reports that end within three days, once each; and writes down which reports have lapsed and frees their numbers. What a lapsed
 *  report may or holds is decided by the time alone: this makes the log complete and keeps the tables small.
 *  @param publicUrl where the console is, for the link in the mail. */
export async function endReports(database: Database, publicUrl: string | undefined): Promise<void> {
  const partners = await allPartners(database)
  if (partners.length > 0) {
    const due = await database.inTenant(partners, (tx, now) => tx.rows<{ id: string; timeZone: string }>(sql`
      select q.id, q.time_zone as "timeZone" from partners q where exists (select 1 from prospects p where p.partner_id = q.id and ${runsOut} and p.expires_at <= ${after(now, reportReminder)}::timestamptz
         and (p.reminded_at is null or p.expires_at <= ${now}::timestamptz)) order by q.id`))
    for (const partner of due) {
      // oxlint-disable-next-line no-await-in-loop -- one partner after the other, and only those with something to do
      await database.inTenant(partner.id, (tx, now) => endReportsOf(tx, now, partner, publicUrl))
    }
  }
  await database.inGlobal((tx, now) => removeAll(tx, sql`reservations`, sql`expires_at <= ${now}`))
}

const runsOut = sql`p.state in ('REPORTED', 'ASSOCIATION_FAILED')`
type Ending = { name: string; reporterId: string; managerId: string | null; expiresAt: Date }

async function endReportsOf(tx: Tx, now: Date, partner: { id: string; timeZone: string }, publicUrl: string | undefined): Promise<void> {
  const lapsed = await tx.rows<{ id: string; name: string; mobile: string }>(sql`
    update prospects p set state = 'EXPIRED' where p.partner_id = ${partner.id} and ${runsOut} and p.expires_at <= ${now}::timestamptz returning p.id, p.name, p.mobile`)
  const ending = await tx.rows<Ending>(sql`
    update prospects p set reminded_at = ${now}::timestamptz where p.partner_id = ${partner.id} and ${runsOut} and p.reminded_at is null and p.expires_at <= ${after(now, reportReminder)}::timestamptz
    returning p.name, p.reporter_id as "reporterId", p.manager_id as "managerId", p.expires_at as "expiresAt"`)
  const notices = await Promise.all(ending.map(({ name, ...told }) => endingNotices(tx, now, partner, { ...told, prospectName: name, publicUrl })))
  await enqueueNotices(tx, now, notices.flat())
  await writeLog(tx, now, { partnerId: partner.id, memberId: null, name: null, source: 'system' }, { id: 'job', address: '', agent: '', locale: 'zh-CN' },
    lapsed.map(({ id, name, mobile }) => ({ operation: 'prospect.expired', objectKind: 'prospect', objectNumber: id, details: { name: maskCompany(name), mobile: maskMobile(mobile) } })))
}

/** Removes what has no use any more: ended sessions, lapsed codes and links to a new password, empty limits, old request keys, look-ups, proofs and messages. */
export async function sweep(database: Database): Promise<void> {
  await database.inGlobal(async (tx, now) => {
    await removeAll(tx, sql`sessions`, sql`started_at < ${before(now, sessionAbsolute)}`)
    await removeAll(tx, sql`customer_sessions`, sql`started_at < ${before(now, sessionAbsolute)}`)
    await removeAll(tx, sql`set_ups`, sql`expires_at <= ${now}`)
    await removeAll(tx, sql`public_codes`, sql`expires_at <= ${now}`)
    await removeAll(tx, sql`limits`, sql`not exists (select 1 from unnest(taken) t where t > ${before(now, limitSeconds)}::timestamptz)`)
  })
  const partners = await allPartners(database)
  if (partners.length === 0) return
  const ours = sql`partner_id = any(${list(partners)}::uuid[])`
  await database.inTenant(partners, async (tx, now) => {
    await removeAll(tx, sql`request_keys`, sql`${ours} and at < ${before(now, requestKeyDays * daySeconds)}`)
    await removeAll(tx, sql`openings`, sql`${ours} and open_until <= ${now}`)
    await removeAll(tx, sql`challenges`, sql`${ours} and expires_at <= ${now}`)
    await removeAll(tx, sql`whitelist_previews`, sql`${ours} and expires_at <= ${now}`)
    // Uploaded and never handed in.
    await removeAll(tx, sql`files`, sql`${ours} and not is_kept and created_at < ${before(now, looseFileLife)}`)
    // Written with the database's own time. Sums that are older than half an hour are made anew.
    await removeAll(tx, sql`coupon_changes`, sql`${ours} and at < now() - interval '1 hour'`)
    await removeAll(tx, sql`views`, sql`${ours} and at < ${before(now, viewDays * daySeconds)}`)
    await removeAll(tx, sql`proofs`, sql`${ours} and created_at < ${before(now, traceDays * daySeconds)}`)
    await removeAll(tx, sql`messages`, sql`${ours} and state <> 'queued' and at < ${before(now, traceDays * daySeconds)}`)
    // Until then an old link still says when it ended.
    await removeAll(tx, sql`invite_tokens`, sql`${ours} and invitation_id in (select i.id from invitations i where i.partner_id = any(${list(partners)}::uuid[]) and i.expires_at < ${before(now, traceDays * daySeconds)})`)
  })
}

const after = (now: Date, seconds: number): Date => new Date(now.getTime() + seconds * 1000)
const before = (now: Date, seconds: number): Date => new Date(now.getTime() - seconds * 1000)

/** In slices, so that no statement runs into its time-out. */
async function removeAll(tx: Tx, table: SQL, condition: SQL): Promise<void> {
  let removed: number
  do {
    // oxlint-disable-next-line no-await-in-loop -- a slice at a time is the point
    removed = await tx.run(sql`delete from ${table} where ctid = any(array(select ctid from ${table} where ${condition} limit ${sliceRows}::int))`)
  } while (removed === sliceRows)
}
