import { randomUUID } from 'node:crypto'
import * as z from 'zod/mini'
import { sql } from '#server/db/query.ts'
import { command, CommandRefused } from './command.ts'
import { change, findPartner } from './desk.ts'
import { Account, CompanyName, oneOf } from './fields.ts'
import { keepOperatorFiles, readOperatorFile } from './files.ts'

const partnerOption = { partner: { value: '<account>', hint: 'which partner' } }
const Id = z.uuid('is the id that the console or case:create shows')
const Paths = z.array(z.string()).check(z.minLength(1, 'at least one'), z.maxLength(20, 'at most twenty'))
const at = new Intl.DateTimeFormat('sv-SE', { timeZone: 'UTC', dateStyle: 'short' })

const create = command({
  name: 'case:create',
  summary: 'Enters a case that a partner sent in for the certification of a role or a capability, with its material. Prints its id.',
  options: { ...partnerOption, name: { value: '<name>', hint: 'of the case' }, kind: { value: '<kind>', hint: 'role or capability' }, file: { value: '<path>', hint: 'material: PNG, JPEG or PDF, at most 5 MB each', isList: true } },
  input: z.strictObject({ partner: Account, name: CompanyName, kind: oneOf(['role', 'capability']), file: Paths }),
  async run({ partner: account, name, kind, file }, desk) {
    const partner = await findPartner(desk, account)
    const files = await Promise.all(file.map(readOperatorFile))
    await change(desk, partner.id, async (tx, now) => {
      const id = randomUUID()
      await tx.run(sql`insert into cases (partner_id, id, name, kind, submitted_at, state) values (${partner.id}::uuid, ${id}::uuid, ${name}, ${kind}, ${now}::timestamptz, 'UNDER_REVIEW')`)
      for (const fileId of await keepOperatorFiles(tx, now, partner.id, 'case', files)) {
        await tx.run(sql`insert into case_materials (partner_id, case_id, file_id) values (${partner.id}::uuid, ${id}::uuid, ${fileId}::uuid)`)
      }
      return { log: [{ operation: 'partner.changed', objectKind: 'company', objectNumber: id, details: { case: name, kind, files: files.length, day: at.format(now) } }], say: `Case ${id} entered with ${files.length} files.` }
    })
  },
})

const review = command({
  name: 'case:review',
  summary: 'Decides about a case under review. --reason is told to the partner when the case is rejected.',
  options: { ...partnerOption, case: { value: '<id>', hint: 'as case:create shows it' }, approve: { hint: 'the case counts' }, reject: { hint: 'the case does not count' } },
  input: z.strictObject({ partner: Account, case: Id, approve: z.optional(z.boolean()), reject: z.optional(z.boolean()) }),
  async run({ partner: account, case: id, approve, reject }, desk) {
    if ((approve === true) === (reject === true)) throw new CommandRefused('Either --approve or --reject.')
    const partner = await findPartner(desk, account)
    await change(desk, partner.id, async (tx) => {
      const decided = await tx.run(sql`update cases set state = ${approve ? 'APPROVED' : 'REJECTED'}, reason = ${approve ? null : desk.reason}::text where partner_id = ${partner.id} and id = ${id}::uuid and state = 'UNDER_REVIEW'`)
      if (decided === 0) throw new CommandRefused(`${account} has no case ${id} under review.`)
      return { log: [{ operation: 'partner.changed', objectKind: 'company', objectNumber: id, details: { after: approve ? 'APPROVED' : 'REJECTED' } }], say: `Case ${id} ${approve ? 'approved' : 'rejected'}.` }
    })
  },
})

export const caseCommands = [create, review]
