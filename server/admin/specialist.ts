import * as z from 'zod/mini'
import type { Locale } from '#contract/people.ts'
import { sql } from '#server/db/query.ts'
import { maskCompany, maskEmail, maskName } from '#server/masking/mask.ts'
import { enqueueNotices } from '#server/messages/enqueue.ts'
import { command, CommandRefused } from './command.ts'
import { change, findPartner } from './desk.ts'
import { Account } from './fields.ts'

const Id = z.string('is needed').check(z.uuid('is the id that specialist:list shows'))
const partnerOption = { partner: { value: '<account>', hint: 'which partner' } }

const waiting = command({
  name: 'specialist:list',
  summary: 'Shows the project specialists of a partner that wait for review, oldest first, with names masked.',
  options: partnerOption, isLogged: false,
  input: z.strictObject({ partner: Account }),
  async run({ partner: account }, desk) {
    const partner = await findPartner(desk, account)
    const rows = await desk.database.inTenant(partner.id, (tx) => tx.rows<{ id: string; name: string; account: string; acceptedAt: Date }>(sql`
      select s.id, s.name, a.name as account, s.accepted_at as "acceptedAt" from specialists s join cloud_accounts a on a.id = s.account_id where s.partner_id = ${partner.id} and s.state = 'UNDER_REVIEW' order by s.accepted_at, s.id limit 200`))
    if (rows.length === 0) desk.print(`No specialist of ${account} waits for review.`)
    for (const { id, name, account: own, acceptedAt } of rows) desk.print(`${id}  ${acceptedAt.toISOString()}  ${maskName(name)}  ${maskCompany(own)}`)
  },
})

const review = command({
  name: 'specialist:review',
  summary: 'Decides about a project specialist under review. --reason is told to the partner and the specialist when the answer is no.',
  options: { ...partnerOption, specialist: { value: '<id>', hint: 'as specialist:list shows it' }, approve: { hint: 'the specialist is bound' }, reject: { hint: 'the account is free again' } },
  input: z.strictObject({ partner: Account, specialist: Id, approve: z.optional(z.boolean()), reject: z.optional(z.boolean()) }),
  async run({ partner: account, specialist: id, approve, reject }, desk) {
    if ((approve === true) === (reject === true)) throw new CommandRefused('Either --approve or --reject.')
    const partner = await findPartner(desk, account)
    desk.prepareMessages()
    await change(desk, partner.id, async (tx, now) => {
      const after = approve ? 'BOUND' : 'REJECTED'
      const [decided] = await tx.rows<{ accountId: string }>(sql`
        update specialists set state = ${after}, bound_at = ${approve ? now : null}::timestamptz, reason = ${approve ? null : desk.reason}::text
         where partner_id = ${partner.id}::uuid and id = ${id}::uuid and state = 'UNDER_REVIEW' returning account_id as "accountId"`)
      if (!decided) throw new CommandRefused(`${account} has no specialist ${id} under review.`)
      if (!approve) await tx.run(sql`update specialist_accounts set is_active = false where account_id = ${decided.accountId}::uuid and specialist_id = ${id}::uuid`)
      const [told] = await tx.rows<{ name: string; email: string | null; language: Locale }>(sql`select name, email, language from cloud_accounts where id = ${decided.accountId}::uuid`)
      if (told && told.email !== null) {
        await enqueueNotices(tx, now, [{
          partnerId: partner.id, kind: 'SP-02', channel: 'email', to: told.email, toMasked: maskEmail(told.email), locale: told.language, page: `${desk.publicUrl}/my/specialist`,
          params: approve ? { partner: partner.name, result: 'approved' } : { partner: partner.name, result: 'rejected', reason: desk.reason },
        }])
      }
      return { log: [{ operation: 'specialist.reviewed', objectKind: 'specialist', objectNumber: id, details: { account: maskCompany(told?.name ?? ''), after } }], say: approve ? `Specialist ${id} bound.` : `Specialist ${id} rejected.` }
    })
  },
})

export const specialistCommands = [waiting, review]
