import * as z from 'zod/mini'
import { sql } from '#server/db/query.ts'
import { reportLife } from '#server/limits.ts'
import { maskCompany, maskMobile } from '#server/masking/mask.ts'
import { enqueueNotices } from '#server/messages/enqueue.ts'
import { reviewNotices } from '#server/operations/report-notices.ts'
import { command, CommandRefused } from './command.ts'
import { change, findPartner } from './desk.ts'
import { Account } from './fields.ts'

const Id = z.string('is needed').check(z.uuid('is the id that prospect:list shows'))
const partnerOption = { partner: { value: '<account>', hint: 'which partner' } }

type Waiting = { id: string; name: string; mobile: string; reportedAt: Date; cause: string | null; reason: string | null }

const waiting = command({
  name: 'prospect:list',
  summary: 'Shows the reports of a partner that wait for review, oldest first, with names and numbers masked.',
  options: partnerOption,
  isLogged: false,
  input: z.strictObject({ partner: Account }),
  async run({ partner: account }, desk) {
    const partner = await findPartner(desk, account)
    const rows = await desk.database.inTenant(partner.id, (tx) => tx.rows<Waiting>(sql`select id, name, mobile, reported_at as "reportedAt", review_cause as cause, review_reason as reason from prospects
      where partner_id = ${partner.id} and state = 'UNDER_REVIEW' order by reported_at, id limit 200`))
    if (rows.length === 0) desk.print(`No report of ${account} waits for review.`)
    for (const { id, name, mobile, reportedAt, cause, reason } of rows) desk.print(`${id}  ${reportedAt.toISOString()}  ${maskCompany(name)}  ${maskMobile(mobile)}  ${cause ?? ''}  ${reason ?? ''}`)
  },
})

const review = command({
  name: 'prospect:review',
  summary: 'Decides about a report under review. --reason is told to the partner when the report is rejected.',
  options: { ...partnerOption, prospect: { value: '<id>', hint: 'as prospect:list shows it' }, approve: { hint: 'the report stands for 15 days from now' }, reject: { hint: 'the number is free again' } },
  input: z.strictObject({ partner: Account, prospect: Id, approve: z.optional(z.boolean()), reject: z.optional(z.boolean()) }),
  async run({ partner: account, prospect: id, approve, reject }, desk) {
    if ((approve === true) === (reject === true)) throw new CommandRefused('Either --approve or --reject.')
    const partner = await findPartner(desk, account)
    desk.prepareMessages()
    await change(desk, partner.id, async (tx, now) => {
      const expiresAt = approve ? new Date(now.getTime() + reportLife * 1000) : null
      const [decided] = await tx.rows<{ name: string; mobile: string; reporterId: string }>(sql`
        update prospects set state = ${approve ? 'REPORTED' : 'REJECTED'}, expires_at = ${expiresAt}::timestamptz, reject_reason = ${approve ? null : desk.reason}::text
         where partner_id = ${partner.id}::uuid and id = ${id}::uuid and state = 'UNDER_REVIEW' returning name, mobile, reporter_id as "reporterId"`)
      if (!decided) throw new CommandRefused(`${account} has no report ${id} under review.`)
      await tx.run(approve ? sql`update reservations set expires_at = ${expiresAt}::timestamptz where partner_id = ${partner.id}::uuid and prospect_id = ${id}::uuid`
        : sql`delete from reservations where partner_id = ${partner.id}::uuid and prospect_id = ${id}::uuid`)
      await enqueueNotices(tx, now, await reviewNotices(tx, now, partner, { prospectName: decided.name, reporterId: decided.reporterId, expiresAt, reason: desk.reason, publicUrl: desk.publicUrl }))
      return {
        log: [{ operation: 'prospect.reviewed', objectKind: 'prospect', objectNumber: id, details: { name: maskCompany(decided.name), mobile: maskMobile(decided.mobile), after: approve ? 'REPORTED' : 'REJECTED' } }],
        say: approve ? `Report ${id} approved until ${expiresAt?.toISOString() ?? ''}.` : `Report ${id} rejected.`,
      }
    })
  },
})

export const prospectCommands = [waiting, review]
