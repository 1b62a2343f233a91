import { readFile, stat } from 'node:fs/promises'
import * as z from 'zod/mini'
import { OnDeadline, PayoutOption, Period, ProgramKind } from '#contract/incentives.ts'
import { AssociationType } from '#contract/customers.ts'
import { fromMinor } from '#contract/money.ts'
import { list, sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { importedLinesMax } from '#server/limits.ts'
import { logAmount } from '#server/operations/incentive-deadlines.ts'
import { addLines, createProgram, createStatement, publishStatement } from '#server/operations/incentive-entry.ts'
import { customersNamed, importColumns, readLines } from '#server/operations/incentive-import.ts'
import { stateAt } from '#server/operations/incentive-payable.ts'
import { command, CommandRefused } from './command.ts'
import { change, findPartner, type Desk, type PartnerRow } from './desk.ts'
import { Account, Name, oneOf } from './fields.ts'

const partnerOption = { partner: { value: '<account>', hint: 'which partner' } }
const Code = z.string('is needed').check(z.regex(/^[A-Z0-9][A-Z0-9-]{1,31}$/, 'has 2 to 32 capital letters, digits or hyphens'))
export const StatementNumber = z.string('is needed').check(z.regex(/^IS\d{12,}$/, 'is the number of a statement, such as IS261130000001'))
const whole = (min: number, max: number) => z.pipe(z.string('is needed').check(z.regex(/^\d{1,5}$/, `is a whole number from ${min} to ${max}`)), z.transform(Number)).check(z.refine((days) => days >= min && days <= max, `is a whole number from ${min} to ${max}`))
/** A percentage as hundredths of a percent. */
const Percent = z.pipe(z.string().check(z.regex(/^\d{1,2}(?:\.\d{1,2})?$/, 'is a percentage from 0 to 99.99')), z.transform((text) => Math.round(Number(text) * 100)))
/** The largest file that is read. */
const fileBytesMax = 50 * 1024 * 1024

const program = command({
  name: 'program:create',
  summary: 'Makes an incentive program, for all partners: who earns what, how it is paid out, and what becomes of a statement that nobody confirms.',
  isLogged: false,
  options: {
    code: { value: '<code>', hint: 'capital letters, digits and hyphens' }, name: { value: '<name>', hint: 'in Chinese' }, 'name-en': { value: '<name>', hint: 'in English' }, kind: { value: '<kind>', hint: ProgramKind.options.join(', ') },
    type: { value: '<type>', hint: `${AssociationType.options.join(', ')}; left out: both` }, 'on-deadline': { value: '<what>', hint: `${OnDeadline.options.join(', ')}; project and delivery programs usually LAPSE, sales programs AUTO_CONFIRM` },
    'working-days': { value: '<number>', hint: 'time to confirm (40)' }, payout: { value: '<option>', hint: PayoutOption.options.join(', '), isList: true }, tax: { value: '<percent>', hint: 'taken from each line (0)' },
  },
  input: z.strictObject({
    code: Code, name: Name, 'name-en': Name, kind: oneOf(ProgramKind.options), type: z.optional(oneOf(AssociationType.options)), 'on-deadline': oneOf(OnDeadline.options), 'working-days': z.optional(whole(1, 250)),
    payout: z.array(oneOf(PayoutOption.options), 'is needed').check(z.minLength(1, 'is needed')), tax: z.optional(Percent),
  }),
  async run(input, desk) {
    const made = await desk.database.inGlobal((tx, now) => createProgram(tx, now, {
      code: input.code, nameZh: input.name, nameEn: input['name-en'], kind: input.kind, associationType: input.type ?? null, onDeadline: input['on-deadline'], workingDays: input['working-days'] ?? 40,
      payoutOptions: [...new Set(input.payout)], taxBasisPoints: input.tax ?? 0,
    }))
    if (made === undefined) throw new CommandRefused(`There is a program ${input.code} already.`)
    desk.print(`Program ${input.code} made. Next: statement:create --program ${input.code}.`)
  },
})

const create = command({
  name: 'statement:create',
  summary: 'Makes an estimated statement of one program and month. Prints its number; its lines come with statement:import.',
  options: { ...partnerOption, program: { value: '<code>', hint: 'as program:create made it' }, period: { value: '<month>', hint: 'YYYY-MM' }, negative: { hint: 'a negative incentive: its lines are zero or below and are set off against others' } },
  input: z.strictObject({ partner: Account, program: Code, period: Period, negative: z.optional(z.boolean()) }),
  async run({ partner: account, program: code, period, negative = false }, desk) {
    const partner = await findPartner(desk, account)
    await change(desk, partner.id, async (tx, now) => {
      const [found] = await tx.rows<{ id: string }>(sql`select id from incentive_programs where code = ${code}`)
      if (!found) throw new CommandRefused(`There is no program ${code}.`)
      const { number } = await createStatement(tx, now, partner, { programId: found.id, period, isNegative: negative })
      return { log: [{ operation: 'incentive.created', objectKind: 'statement', objectNumber: number, details: { program: code, period, negative } }], say: `Statement ${number} made, estimated. Next: statement:import --statement ${number}.` }
    })
  },
})

type Held = { id: string; number: string; isNegative: boolean; lines: number; taxBasisPoints: number; net: bigint; state: string }
/** @returns the statement, held. Refuses an unknown one, also one of another partner. */
async function holdStatement(tx: Tx, partner: PartnerRow, number: string): Promise<Held> {
  const [held] = await tx.rows<Held>(sql`select s.id, s.number, s.is_negative as "isNegative", s.lines, p.tax_basis_points as "taxBasisPoints", s.net, s.state from incentive_statements s join incentive_programs p on p.id = s.program_id
    where s.partner_id = ${partner.id}::uuid and s.number = ${number} for update of s`)
  if (!held) throw new CommandRefused(`${partner.account} has no statement ${number}.`)
  return held
}

const importLines = command({
  name: 'statement:import',
  summary: 'Reads lines from a CSV file and shows what they come to, or every row at fault. Only with --apply they are added to the estimated statement.',
  options: { ...partnerOption, statement: { value: '<number>', hint: 'an estimated one' }, file: { value: '<path>', hint: `CSV in UTF-8; first row: ${importColumns.join(',')}` }, apply: { hint: 'add the lines; all or none' } },
  input: z.strictObject({ partner: Account, statement: StatementNumber, file: z.string('is needed'), apply: z.optional(z.boolean()) }),
  async run({ partner: account, statement: number, file, apply = false }, desk) {
    const partner = await findPartner(desk, account)
    const text = await readText(file)
    await change(desk, partner.id, async (tx) => {
      const held = await holdStatement(tx, partner, number)
      if (held.state !== 'ESTIMATED') throw new CommandRefused(`Statement ${number} is published: its lines are told and stay. Use line:adjust or line:exclude.`)
      const { lines, errors } = readLines(text, { isNegative: held.isNegative, ...(await readKnown(tx, partner.id, held.id, customersNamed(text))) })
      for (const { line, column, why } of errors.slice(0, 100)) desk.print(`row ${line}  ${column}: ${why}`)
      if (errors.length > 0) throw new CommandRefused(`${errors.length} faults in ${file}. Nothing was added.`)
      if (lines.length === 0 || held.lines + lines.length > importedLinesMax) throw new CommandRefused(`A statement has 1 to ${importedLinesMax} lines. Nothing was added.`)
      const total = lines.reduce((sum, { incentive }) => sum + incentive, 0n)
      const comesTo = `${lines.length} lines, incentive ${fromMinor(total)} CNY`
      if (!apply) return { log: [], say: `${comesTo}. Nothing was added yet; run it again with --apply.` }
      await addLines(tx, partner.id, held, lines)
      return { log: [{ operation: 'incentive.imported', objectKind: 'statement', objectNumber: number, ...logAmount(total), details: { rows: lines.length, total: fromMinor(total) } }], say: `${comesTo}: added to ${number}. Next: statement:publish --statement ${number}.` }
    })
  },
})

async function readText(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined)
  if (!found?.isFile()) throw new CommandRefused(`There is no file ${path} that can be read.`)
  if (found.size > fileBytesMax) throw new CommandRefused(`${path} has more than 50 MB.`)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path))
  } catch {
    throw new CommandRefused(`${path} is not text in UTF-8.`)
  }
}

async function readKnown(tx: Tx, partnerId: string, statementId: string, numbers: readonly string[]): Promise<{ customers: Map<string, string>; dataNumbers: Set<string> }> {
  const customers = await tx.rows<{ id: string; number: string }>(sql`select id, number from customers where partner_id = ${partnerId}::uuid and number = any(${list(numbers)}::text[])`)
  const present = await tx.rows<{ number: string }>(sql`select data_number as number from incentive_lines where partner_id = ${partnerId}::uuid and statement_id = ${statementId}::uuid`)
  return { customers: new Map(customers.map(({ number, id }) => [number, id])), dataNumbers: new Set(present.map(({ number }) => number)) }
}

const publish = command({
  name: 'statement:publish',
  summary: 'An estimated statement becomes one to be confirmed: its deadline runs from today, and whoever may confirm is told.',
  options: { ...partnerOption, statement: { value: '<number>', hint: 'an estimated one with lines' } },
  input: z.strictObject({ partner: Account, statement: StatementNumber }),
  async run({ partner: account, statement: number }, desk) {
    const partner = await findPartner(desk, account)
    desk.prepareMessages()
    await change(desk, partner.id, async (tx, now) => {
      const { id } = await holdStatement(tx, partner, number)
      const published = await publishStatement(tx, now, toldBy(desk, partner), id)
      if (!published) throw new CommandRefused(`Statement ${number} is not estimated, or has no lines.`)
      return {
        log: [{ operation: 'incentive.published', objectKind: 'statement', objectNumber: number, ...logAmount(published.net), details: { deadline: published.confirmDay, provisional: published.isProvisional } }],
        say: `Statement ${number} waits for confirmation until the end of ${published.confirmDay}${published.isProvisional ? ' (provisional: the holidays of a year in between are not published yet)' : ''}.`,
      }
    })
  },
})

/** Whom messages of a command are about, and where they lead. */
export const toldBy = ({ publicUrl }: Desk, partner: PartnerRow) => ({ partner: { id: partner.id, timeZone: partner.timeZone }, publicUrl })

type Listed = { number: string; period: string; code: string; state: string; net: bigint; frozen: bigint; lines: number; day: string | null; feedback: number }
const listAll = command({
  name: 'statement:list',
  summary: "Shows a partner's newest statements with state, amounts, deadline and open feedback.",
  options: partnerOption,
  isLogged: false,
  input: z.strictObject({ partner: Account }),
  async run({ partner: account }, desk) {
    const partner = await findPartner(desk, account)
    const rows = await desk.database.inTenant(partner.id, (tx, now) => tx.rows<Listed>(sql`select s.number, to_char(s.period, 'YYYY-MM') as period, p.code, ${stateAt(now)} as state, s.net, s.frozen, s.lines, s.confirm_day::text as day,
        (select count(*)::int from incentive_feedbacks f where f.partner_id = s.partner_id and f.statement_id = s.id and f.state = 'OPEN') as feedback
      from incentive_statements s join incentive_programs p on p.id = s.program_id where s.partner_id = ${partner.id}::uuid order by s.period desc, s.number desc limit 200`))
    if (rows.length === 0) desk.print(`${account} has no statements.`)
    for (const { number, period, code, state, net, frozen, lines, day, feedback } of rows) desk.print(`${number}  ${period}  ${code}  ${state}  net ${fromMinor(net)}  frozen ${fromMinor(frozen)}  ${lines} lines  ${day ?? '–'}  ${feedback} open feedback`)
  },
})

export const statementCommands = [program, create, importLines, publish, listAll]
