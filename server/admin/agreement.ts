import { randomUUID } from 'node:crypto'
import * as z from 'zod/mini'
import { sql } from '#server/db/query.ts'
import { command, CommandRefused } from './command.ts'
import { change, findPartner } from './desk.ts'
import { Account, CompanyName, Name } from './fields.ts'
import { keepOperatorFiles, readOperatorFile } from './files.ts'

const create = command({
  name: 'agreement:create',
  summary: 'Files an agreement that a partner has signed, with its document. Prints its id.',
  options: {
    partner: { value: '<account>', hint: 'which partner' }, name: { value: '<name>', hint: 'of the agreement' }, version: { value: '<version>', hint: 'at most 20 characters' },
    'signed-on': { value: '<day>', hint: 'YYYY-MM-DD' }, 'signed-by': { value: '<name>', hint: 'who signed for the partner' }, 'valid-to': { value: '<day>', hint: 'YYYY-MM-DD; left out: without an end' }, file: { value: '<path>', hint: 'the document: PDF, PNG or JPEG, at most 5 MB' },
  },
  input: z.strictObject({
    partner: Account, name: CompanyName, version: z.string('is needed').check(z.trim(), z.regex(/^[^\p{Cc}]{1,20}$/u, 'has 1 to 20 characters')), 'signed-on': z.iso.date('is a day as YYYY-MM-DD'), 'signed-by': Name,
    'valid-to': z.optional(z.iso.date('is a day as YYYY-MM-DD')), file: z.string('is needed'),
  }),
  async run({ partner: account, name, version, 'signed-on': signedOn, 'signed-by': signedBy, 'valid-to': validTo, file }, desk) {
    const partner = await findPartner(desk, account)
    if (validTo !== undefined && validTo < signedOn) throw new CommandRefused('--valid-to: is before --signed-on')
    const read = await readOperatorFile(file)
    await change(desk, partner.id, async (tx, now) => {
      const id = randomUUID()
      const [fileId] = await keepOperatorFiles(tx, now, partner.id, 'agreement', [read])
      await tx.run(sql`insert into partner_agreements (partner_id, id, name, version, signed_at, signed_by, valid_to, file_id)
        values (${partner.id}::uuid, ${id}::uuid, ${name}, ${version}, (${signedOn}::date::timestamp at time zone ${partner.timeZone}::text), ${signedBy}, ${validTo ?? null}::date, ${fileId ?? null}::uuid)`)
      return { log: [{ operation: 'partner.changed', objectKind: 'company', objectNumber: id, details: { agreement: name, version, signedOn } }], say: `Agreement ${id} filed.` }
    })
  },
})

export const agreementCommands = [create]
