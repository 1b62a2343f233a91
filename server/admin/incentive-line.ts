import * as z from 'zod/mini'
import { Period } from '#contract/incentives.ts'
import { fromMinor } from '#contract/money.ts'
import { sql } from '#server/db/query.ts'
import { maskCompany } from '#server/masking/mask.ts'
import { adjustLine, excludeLine, settleFeedback, type NotCorrected } from '#server/operations/incentive-corrections.ts'
import { freeze, freezeUnpaid, notePaid, release } from '#server/operations/incentive-freezes.ts'
import { minorOf } from '#server/operations/incentive-import.ts'
import { command, CommandRefused } from './command.ts'
import { change, findCustomer, findPartner } from './desk.ts'
import { Account, CustomerNumber } from './fields.ts'
import { StatementNumber, toldBy } from './incentive-statement.ts'

const partnerOption = { partner: { value: '<account>', hint: 'which partner' } }
const LineNumber = z.string('is needed').check(z.regex(/^IS\d{12,}-\d{6}$/, 'is the number of a line, such as IS261130000001-000001'))
const lineOption = { line: { value: '<number>', hint: 'of the line' } }
const Signed = z.pipe(z.string('is needed'), z.transform((text: string, context): bigint => {
  const minor = minorOf(text)
  if (minor !== undefined && minor !== 0n) return minor
  context.issues.push({ code: 'custom', message: 'is an amount other than zero with at most two decimals', input: text })
  return z.NEVER
}))
const whyNot: Record<NotCorrected, string> = {
  unknown: 'is unknown', closed: 'cannot be changed any more: its statement has lapsed, or its payment was requested', confirmed: 'cannot be changed any more: the partner has confirmed its statement', excluded: 'is excluded', sign: 'would change its sign',
}

const adjust = command({
  name: 'line:adjust',
  summary: 'Adds to a line of a statement that is not confirmed yet, or takes from it. The partner reads the --reason at the line.',
  options: { ...partnerOption, ...lineOption, amount: { value: '<amount>', hint: 'what is added; to take away write --amount=-12.00' } },
  input: z.strictObject({ partner: Account, line: LineNumber, amount: Signed }),
  async run({ partner: account, line, amount }, desk) {
    const partner = await findPartner(desk, account)
    await change(desk, partner.id, async (tx, now) => {
      const done = await adjustLine(tx, now, partner.id, { number: line, amount, reason: desk.reason, operator: desk.operator })
      if (typeof done === 'string') throw new CommandRefused(`Line ${line} ${whyNot[done]}.`)
      return { log: [{ operation: 'incentive.adjusted', objectKind: 'incentive_line', objectNumber: line, ...(done.customerId !== null && { customerId: done.customerId }), details: { statement: done.statement, adjustment: fromMinor(amount), after: fromMinor(done.net) } }], say: `Line ${line} is now ${fromMinor(done.net)} CNY.` }
    })
  },
})

const exclude = command({
  name: 'line:exclude',
  summary: 'Takes a line of a statement that is not confirmed yet out of it. The partner reads the --reason at the line.',
  options: { ...partnerOption, ...lineOption },
  input: z.strictObject({ partner: Account, line: LineNumber }),
  async run({ partner: account, line }, desk) {
    const partner = await findPartner(desk, account)
    await change(desk, partner.id, async (tx, now) => {
      const done = await excludeLine(tx, now, partner.id, { number: line, reason: desk.reason })
      if (typeof done === 'string') throw new CommandRefused(`Line ${line} ${whyNot[done]}.`)
      return { log: [{ operation: 'incentive.excluded', objectKind: 'incentive_line', objectNumber: line, ...(done.customerId !== null && { customerId: done.customerId }), details: { statement: done.statement } }], say: `Line ${line} brings nothing any more.` }
    })
  },
})

/** The vendor holds a line once; a customer's unpaid expenditure may hold it beside. */
const heldAlready = sql`exists (select 1 from incentive_frozen_lines h join incentive_freezes f on f.partner_id = h.partner_id and f.id = h.freeze_id where h.partner_id = l.partner_id and h.line_id = l.id and f.released_at is null and f.cause = 'VENDOR_DECISION')`

const freezeOne = command({
  name: 'incentive:freeze',
  summary: 'Holds a statement, or one line of it, until incentive:unfreeze. The partner reads the --reason.',
  options: { ...partnerOption, statement: { value: '<number>', hint: 'all of its lines' }, line: { value: '<number>', hint: 'or this line alone' } },
  input: z.strictObject({ partner: Account, statement: z.optional(StatementNumber), line: z.optional(LineNumber) }),
  async run({ partner: account, statement, line }, desk) {
    if ((statement === undefined) === (line === undefined)) throw new CommandRefused('Either --statement or --line.')
    const partner = await findPartner(desk, account)
    desk.prepareMessages()
    await change(desk, partner.id, async (tx, now) => {
      const [found] = await tx.rows<{ id: string }>(sql`select id from incentive_statements where partner_id = ${partner.id}::uuid and number = ${statement ?? line?.split('-')[0] ?? ''}`)
      const held = found ? await freeze(tx, now, toldBy(desk, partner), { statementId: found.id, which: sql`${line === undefined ? sql`true` : sql`l.number = ${line}`} and not ${heldAlready}`, cause: 'VENDOR_DECISION', explanation: desk.reason, customerId: null }) : 'unknown'
      if (typeof held === 'string') throw new CommandRefused({ unknown: `${account} has no ${statement ?? line ?? ''}.`, closed: 'It is negative, has lapsed, or its payment was requested: nothing can be held back.', nothing_to_freeze: 'There is nothing to hold: no such line, or it is held already.' }[held])
      return { log: [{ operation: 'incentive.frozen', objectKind: 'statement', objectNumber: held.number, amount: held.amount, details: { lines: held.lines, ...(line !== undefined && { line }) } }], say: `Freeze ${held.id}: ${held.lines} lines, ${fromMinor(held.amount)} CNY of ${held.number} held.` }
    })
  },
})

const unfreeze = command({
  name: 'incentive:unfreeze',
  summary: 'Ends a freeze.',
  options: { ...partnerOption, freeze: { value: '<id>', hint: 'as incentive:freezes shows it' } },
  input: z.strictObject({ partner: Account, freeze: z.uuid('is the id that incentive:freezes shows') }),
  async run({ partner: account, freeze: id }, desk) {
    const partner = await findPartner(desk, account)
    desk.prepareMessages()
    await change(desk, partner.id, async (tx, now) => {
      const freed = await release(tx, now, toldBy(desk, partner), id)
      if (typeof freed === 'string') throw new CommandRefused(freed === 'unknown' ? `${account} has no freeze ${id} that holds.` : 'The rest of the statement is being paid. Try again when that is over.')
      return { log: [{ operation: 'incentive.released', objectKind: 'statement', objectNumber: freed.number, amount: freed.amount, details: { lines: freed.lines } }], say: `${freed.lines} lines, ${fromMinor(freed.amount)} CNY of ${freed.number} released.` }
    })
  },
})

type Shown = { id: string; number: string; cause: string; lines: number; amount: bigint; customer: string | null; releasesOn: string | null }
const freezes = command({
  name: 'incentive:freezes',
  summary: 'Shows what of a partner is frozen, with names masked.',
  options: partnerOption,
  isLogged: false,
  input: z.strictObject({ partner: Account }),
  async run({ partner: account }, desk) {
    const partner = await findPartner(desk, account)
    const rows = await desk.database.inTenant(partner.id, (tx) => tx.rows<Shown>(sql`select f.id, s.number, f.cause, f.lines, f.amount, c.name as customer, f.releases_on::text as "releasesOn" from incentive_freezes f
      join incentive_statements s on s.partner_id = f.partner_id and s.id = f.statement_id left join customers c on c.partner_id = f.partner_id and c.id = f.customer_id where f.partner_id = ${partner.id}::uuid and f.released_at is null order by f.frozen_at desc limit 200`))
    if (rows.length === 0) desk.print(`Nothing of ${account} is frozen.`)
    for (const { id, number, cause, lines, amount, customer, releasesOn } of rows) desk.print(`${id}  ${number}  ${cause}  ${lines} lines  ${fromMinor(amount)}  ${customer === null ? '' : maskCompany(customer)}  ${releasesOn === null ? '' : `until ${releasesOn}`}`)
  },
})

const expenditure = { ...partnerOption, customer: { value: '<ID>', hint: 'ten digits' }, period: { value: '<month>', hint: 'YYYY-MM' } }
const expenditureInput = z.strictObject({ partner: Account, customer: CustomerNumber, period: Period })

const unpaid = command({
  name: 'incentive:unpaid',
  summary: 'A customer has not paid its expenditure of a month: its lines in the statements of the month are held until the day after incentive:paid.',
  options: expenditure, input: expenditureInput,
  async run({ partner: account, customer, period }, desk) {
    const partner = await findPartner(desk, account)
    desk.prepareMessages()
    await change(desk, partner.id, async (tx, now) => {
      const { id } = await findCustomer(tx, partner, customer)
      const held = await freezeUnpaid(tx, now, toldBy(desk, partner), { customerId: id, period, explanation: desk.reason })
      if (held.length === 0) throw new CommandRefused(`No line of customer ${customer} in ${period} can be held, or all are held already.`)
      return {
        log: held.map(({ number, lines, amount }) => ({ operation: 'incentive.frozen', objectKind: 'statement', objectNumber: number, customerId: id, amount, details: { lines, period } })),
        say: held.map(({ number, lines, amount }) => `${lines} lines, ${fromMinor(amount)} CNY of ${number} held.`).join('\n'),
      }
    })
  },
})

const paid = command({
  name: 'incentive:paid',
  summary: 'The customer has paid its expenditure of the month: what was held for it is released when the next day begins, China time.',
  options: expenditure, input: expenditureInput,
  async run({ partner: account, customer, period }, desk) {
    const partner = await findPartner(desk, account)
    await change(desk, partner.id, async (tx, now) => {
      const { id } = await findCustomer(tx, partner, customer)
      const { day, freezes: count } = await notePaid(tx, now, partner.id, { customerId: id, period })
      if (count === 0) throw new CommandRefused(`Nothing of customer ${customer} in ${period} is held for unpaid expenditure.`)
      return { log: [{ operation: 'incentive.customer_paid', objectKind: 'customer', objectNumber: customer, customerId: id, details: { period, day } }], say: `What was held for customer ${customer} in ${period} is released on ${day}.` }
    })
  },
})

type Open = { line: string; opinion: string; at: Date }
const feedbacks = command({
  name: 'feedback:list',
  summary: "Shows a partner's feedback on lines that waits for an answer, oldest first.",
  options: partnerOption,
  isLogged: false,
  input: z.strictObject({ partner: Account }),
  async run({ partner: account }, desk) {
    const partner = await findPartner(desk, account)
    const rows = await desk.database.inTenant(partner.id, (tx) => tx.rows<Open>(sql`select l.number as line, f.opinion, f.at from incentive_feedbacks f join incentive_lines l on l.partner_id = f.partner_id and l.id = f.line_id
      where f.partner_id = ${partner.id}::uuid and f.state = 'OPEN' order by f.at, f.id limit 200`))
    if (rows.length === 0) desk.print(`No feedback of ${account} waits for an answer.`)
    for (const { line, opinion, at } of rows) desk.print(`${line}  ${at.toISOString()}  ${opinion}`)
  },
})

/** The answer, or that there will be none. */
const settle = (name: string, summary: string, hasAnswer: boolean) => command({
  name, summary,
  options: { ...partnerOption, ...lineOption, ...(hasAnswer && { answer: { value: '<text>', hint: '1 to 500 characters, told to whoever wrote' } }) },
  input: z.strictObject({ partner: Account, line: LineNumber, ...(hasAnswer && { answer: z.string('is needed').check(z.trim(), z.regex(/^[^\p{Cc}]{1,500}$/u, 'has 1 to 500 characters and no control characters')) }) }),
  async run(input, desk) {
    const partner = await findPartner(desk, input.partner)
    const answer = 'answer' in input && typeof input.answer === 'string' ? input.answer : undefined
    desk.prepareMessages()
    await change(desk, partner.id, async (tx, now) => {
      const settled = await settleFeedback(tx, now, toldBy(desk, partner), { line: input.line, answer })
      if (!settled) throw new CommandRefused(`Line ${input.line} has no feedback ${hasAnswer ? 'that waits for an answer' : 'to close'}.`)
      return { log: [{ operation: hasAnswer ? 'incentive.answered' : 'incentive.closed', objectKind: 'incentive_line', objectNumber: input.line, details: { statement: settled.statement } }], say: `Feedback on ${input.line} ${hasAnswer ? 'answered' : 'closed'}.` }
    })
  },
})

export const incentiveLineCommands = [
  adjust, exclude, freezeOne, unfreeze, freezes, unpaid, paid, feedbacks,
  settle('feedback:answer', 'Answers the open feedback on a line; whoever wrote it is told.', true), settle('feedback:close', 'Closes the feedback on a line, answered or not.', false),
]
