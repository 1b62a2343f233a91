import * as z from 'zod/mini'
import type { CompanyData } from '#contract/company.ts'
import { sql } from '#server/db/query.ts'
import { isCreditCode } from '#server/licences/credit-code.ts'
import { administratorMails } from '#server/messages/administrators.ts'
import { enqueueNotices } from '#server/messages/enqueue.ts'
import { nextWorkingMoment } from '#server/messages/working-hours.ts'
import { maskEmail } from '#server/masking/mask.ts'
import { command, CommandRefused } from './command.ts'
import { change, findPartner } from './desk.ts'
import { Account, CompanyName, Name } from './fields.ts'

const partnerOption = { partner: { value: '<account>', hint: 'which partner' } }
const Id = z.uuid('is the id that company:list shows')

const create = command({
  name: 'company:create',
  summary: "Enters a partner's company, once. From then on the partner changes the data itself, by review; the credit code stays.",
  options: {
    ...partnerOption, 'credit-code': { value: '<code>', hint: 'unified social credit code, 18 characters' }, 'contracting-entity': { value: '<name>', hint: "the vendor's company that the partner has its contract with" },
    address: { value: '<address>', hint: 'registered' }, representative: { value: '<name>', hint: 'legal' },
  },
  input: z.strictObject({
    partner: Account, 'credit-code': z.string('is needed').check(z.trim(), z.toUpperCase(), z.refine(isCreditCode, 'is no unified social credit code: 18 characters, the last checks the others')),
    'contracting-entity': CompanyName, address: z.string('is needed').check(z.trim(), z.regex(/^[^\p{Cc}]{1,200}$/u, 'has 1 to 200 characters')), representative: Name,
  }),
  async run({ partner: account, 'credit-code': code, 'contracting-entity': entity, address, representative }, desk) {
    const partner = await findPartner(desk, account)
    await change(desk, partner.id, async (tx) => {
      const made = await tx.run(sql`insert into companies (partner_id, credit_code, contracting_entity, address, representative, industry, phone, website)
        values (${partner.id}::uuid, ${code}, ${entity}, ${address}, ${representative}, '', '', '') on conflict do nothing`)
      if (made === 0) throw new CommandRefused(`The company of ${account} is entered already.`)
      return { log: [{ operation: 'partner.changed', objectKind: 'company', objectNumber: code, details: { entity } }], say: `Company of ${account} entered.` }
    })
  },
})

type Waiting = { id: string; at: Date; before: CompanyData; after: CompanyData; facts: Record<string, string | null> | null; licenceId: string | null }
const waiting = command({
  name: 'company:list', isLogged: false,
  summary: "Lists the partner's change of company data under review: what changes, and what was read from its licence.",
  options: partnerOption, input: z.strictObject({ partner: Account }),
  async run({ partner: account }, desk) {
    const partner = await findPartner(desk, account)
    const rows = await desk.database.inTenant(partner.id, (tx) => tx.rows<Waiting>(sql`
      select h.id, h.at, h.before, h.after, f.facts, h.licence_id as "licenceId" from company_changes h left join files f on f.partner_id = h.partner_id and f.id = h.licence_id
       where h.partner_id = ${partner.id} and h.state = 'UNDER_REVIEW'`))
    if (rows.length === 0) desk.print(`No change of ${account} waits for review.`)
    for (const { id, at, before, after, facts, licenceId } of rows) {
      desk.print(`${id}  ${at.toISOString()}  ${licenceId === null ? 'without a new licence' : `licence ${licenceId}`}`)
      for (const field of ['name', 'address', 'representative', 'industry', 'phone', 'website'] as const) {
        if (before[field] !== after[field]) desk.print(`  ${field}: ${before[field] || '–'} -> ${after[field] || '–'}${facts?.[field] ? `  (read: ${facts[field]})` : ''}`)
      }
    }
  },
})

const review = command({
  name: 'company:review',
  summary: 'Decides about a change of company data. Approved it is in force at once; --reason is told to the administrators when it is rejected.',
  options: { ...partnerOption, change: { value: '<id>', hint: 'as company:list shows it' }, approve: { hint: 'the new data count from now on' }, reject: { hint: 'the old data stay' } },
  input: z.strictObject({ partner: Account, change: Id, approve: z.optional(z.boolean()), reject: z.optional(z.boolean()) }),
  async run({ partner: account, change: id, approve, reject }, desk) {
    if ((approve === true) === (reject === true)) throw new CommandRefused('Either --approve or --reject.')
    const partner = await findPartner(desk, account)
    desk.prepareMessages()
    await change(desk, partner.id, async (tx, now) => {
      // In the order of those who hand in and withdraw: the company first.
      await tx.rows(sql`select 1 from companies where partner_id = ${partner.id} for no key update`)
      const [decided] = await tx.rows<{ after: CompanyData; licenceId: string | null }>(sql`
        update company_changes set state = ${approve ? 'APPROVED' : 'REJECTED'}, reason = ${approve ? null : desk.reason}::text, decided_at = ${now}::timestamptz
         where partner_id = ${partner.id} and id = ${id}::uuid and state = 'UNDER_REVIEW' returning after, licence_id as "licenceId"`)
      if (!decided) throw new CommandRefused(`${account} has no change ${id} under review.`)
      const { name, address, representative, industry, phone, website } = decided.after
      if (approve) {
        await tx.run(sql`update companies set address = ${address}, representative = ${representative}, industry = ${industry}, phone = ${phone}, website = ${website}, licence_id = coalesce(${decided.licenceId}::uuid, licence_id) where partner_id = ${partner.id}`)
        await tx.run(sql`update partners set name = ${name} where id = ${partner.id}`)
      }
      const told = approve ? { result: 'approved' as const } : { result: 'rejected' as const, reason: desk.reason }
      await enqueueNotices(tx, now, (await administratorMails(tx, partner.id)).map(({ email, language }) => ({
        partnerId: partner.id, kind: 'PR-06', channel: 'email', to: email, toMasked: maskEmail(email), locale: language, page: `${desk.publicUrl}/profile?tab=company`, params: told, dueAt: nextWorkingMoment(now, partner.timeZone),
      })))
      return {
        log: [{ operation: 'company.reviewed', objectKind: 'company', objectNumber: id, details: { after: approve ? 'APPROVED' : 'REJECTED' } }],
        say: approve ? `Change ${id} approved; it is in force.` : `Change ${id} rejected.`,
      }
    })
  },
})

export const companyCommands = [create, waiting, review]
