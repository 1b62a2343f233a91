import type { FeedbackState } from '#contract/incentives.ts'
import { list, sql } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { chinaDayOf, workingDaysBetween } from '#server/messages/working-days.ts'
import { confirmReminders } from '#server/limits.ts'
import { deadlineOf, logAmount } from '#server/operations/incentive-deadlines.ts'
import { addLines, createProgram, createStatement, type NewLine, type NewProgram } from '#server/operations/incentive-entry.ts'
import type { BookCustomer, Logged } from './demo-books.ts'
import { dayMs, type DemoCustomer } from './demo-customers.ts'
import { uuidFrom } from './demo-ids.ts'
import { randomFrom, type Random } from './demo-random.ts'

type Desk = { partnerId: string; timeZone: string; memberIds: ReadonlyMap<string, string> }
type Program = Omit<NewProgram, 'workingDays'>
const programs: readonly Program[] = [
  { code: 'DEMO-SALES', nameZh: '云服务销售激励', nameEn: 'Cloud sales incentive', kind: 'sales', associationType: null, onDeadline: 'AUTO_CONFIRM', payoutOptions: ['BANK_TRANSFER', 'TOP_UP', 'VOUCHER_QUOTA'], taxBasisPoints: 600 },
  { code: 'DEMO-PROJECT', nameZh: '交付项目激励', nameEn: 'Delivery project incentive', kind: 'project', associationType: null, onDeadline: 'LAPSE', payoutOptions: ['BANK_TRANSFER', 'TOP_UP'], taxBasisPoints: 0 },
  { code: 'DEMO-MARKET', nameZh: '云商店商品激励', nameEn: 'Marketplace incentive', kind: 'marketplace', associationType: 'RESALE', onDeadline: 'AUTO_CONFIRM', payoutOptions: ['TOP_UP', 'VOUCHER_QUOTA'], taxBasisPoints: 600 },
]
const products = ['弹性云服务器', '对象存储', '云数据库', '内容分发网络', '容器引擎', '应用安全'] as const
const resellers = ['云桥经销有限公司', '远航数码科技有限公司'] as const

/** What became of a statement: `months` back from the present month. */
type Fate = 'ESTIMATED' | 'PENDING' | 'CONFIRMED' | 'ISSUING' | 'ISSUED' | 'LAPSED'
type Story = { program: number; months: number; fate: Fate; isNegative?: boolean; lines?: number }
const monthsTold = 18

/** Eighteen months: sales every month, projects every second, the marketplace every third. The old ones are paid; the recent ones are in every state. */
const stories: readonly Story[] = [
  ...Array.from({ length: monthsTold }, (_, place): Story => ({ program: 0, months: place, fate: fateOf(place, ['ESTIMATED', 'PENDING', 'CONFIRMED', 'CONFIRMED', 'ISSUING']) })),
  ...Array.from({ length: monthsTold / 2 }, (_, place): Story => ({ program: 1, months: 2 * place + 1, fate: place === 3 ? 'LAPSED' : fateOf(place, ['PENDING', 'CONFIRMED', 'ISSUED']) })),
  ...Array.from({ length: monthsTold / 3 }, (_, place): Story => ({ program: 2, months: 3 * place + 2, fate: fateOf(place, ['PENDING', 'ISSUED']) })),
  { program: 0, months: 3, fate: 'CONFIRMED', isNegative: true, lines: 2 }, { program: 0, months: 9, fate: 'ISSUED', isNegative: true, lines: 1 },
]
function fateOf(place: number, recent: readonly Fate[]): Fate {
  return recent[place] ?? 'ISSUED'
}

type Made = Story & { id: string; number: string; period: string; createdAt: Date; publishedAt: Date; lineIds: string[]; lineNumbers: string[]; net: bigint }

/** The payment of a statement: one that is under way is found by the statement's `payment_request_id`. */
const demoPaymentId = ({ program, months }: Pick<Story, 'program' | 'months'>): string => uuidFrom(`incentive payment ${program} ${months}`)

/** Programs of the vendor, and the statements of the partner `demo` with lines, exclusions, adjustments, freezes and feedback. @returns what the operation log should say of it. */
export async function seedIncentives(tx: Tx, now: Date, desk: Desk, customers: readonly DemoCustomer[], booked: readonly BookCustomer[]): Promise<Logged[]> {
  const random = randomFrom(180_626)
  for (const program of programs) await createProgram(tx, new Date(now.getTime() - 600 * dayMs), { ...program, workingDays: 40 }, uuidFrom(`incentive program ${program.code}`))
  const logged: Logged[] = []
  // In the order of their months, so that their numbers rise with time.
  for (const story of stories.toSorted((a, b) => b.months - a.months)) {
    const made = await make(tx, now, desk, story, linesOf(story, random, customers, booked))
    await correct(tx, desk, made, random)
    logged.push(...await advance(tx, now, desk, made))
  }
  return logged
}

/** The first day of the month so many back, in China. */
function monthOf(now: Date, back: number): string {
  const [year = 0, month = 0] = chinaDayOf(now).split('-').map(Number)
  return new Date(Date.UTC(year, month - 1 - back, 1)).toISOString().slice(0, 7)
}

function linesOf({ program, months, isNegative = false, lines }: Story, random: Random, customers: readonly DemoCustomer[], booked: readonly BookCustomer[]): NewLine[] {
  const rate = [random.int(5, 9), 12, 15][program] ?? 5
  return Array.from({ length: lines ?? random.int(12, 28) }, (_, index): NewLine => {
    const place = random.int(0, customers.length - 1)
    const [customer, row] = [customers[place], booked[place]]
    const hasCustomer = row !== undefined && !random.chance(0.06)
    const baseAmount = BigInt(random.int(40_000, 9_000_000))
    const incentive = (baseAmount * BigInt(rate) + 50n) / 100n
    return {
      id: uuidFrom(`incentive line ${program} ${months} ${isNegative} ${index}`), customerId: hasCustomer ? row.id : null, noCustomer: hasCustomer ? null : random.pick(['DISASSOCIATED', 'PARTNER_LEVEL']),
      order: random.chance(0.9) ? `CS${String(2_000_000_000 + random.int(0, 899_999_999))}` : null, dataNumber: `D${months}-${program}-${index + 1}`, productType: random.pick(products),
      billingMode: random.pick(['PAY_PER_USE', 'PAY_PER_USE', 'YEARLY_MONTHLY', 'ONE_TIME']), associationType: customer?.type ?? 'RESALE', baseAmount, rate: rate * 10_000, incentive: isNegative ? -incentive : incentive,
      reseller: random.chance(0.12) ? random.pick(resellers) : null,
    }
  })
}

async function make(tx: Tx, now: Date, { partnerId, timeZone }: Desk, story: Story, lines: readonly NewLine[]): Promise<Made> {
  const { program, months, isNegative = false } = story
  const period = monthOf(now, months)
  // Entered on the fifth of the month after, published on the tenth; of a month that has not come so far, yesterday.
  const inMonth = (day: number) => new Date(Math.min(Date.parse(`${monthOf(now, months - 1)}-${String(day).padStart(2, '0')}T02:00:00Z`), now.getTime() - dayMs))
  const createdAt = story.fate === 'ESTIMATED' ? new Date(now.getTime() - dayMs) : inMonth(5)
  const taxBasisPoints = programs[program]?.taxBasisPoints ?? 0
  const made = await createStatement(tx, createdAt, { id: partnerId, timeZone }, { programId: uuidFrom(`incentive program ${programs[program]?.code ?? ''}`), period, isNegative, id: uuidFrom(`incentive statement ${program} ${months} ${isNegative}`) })
  await addLines(tx, partnerId, { ...made, isNegative, lines: 0, taxBasisPoints }, lines)
  const stored = await tx.rows<{ id: string; number: string }>(sql`select id, number from incentive_lines where partner_id = ${partnerId}::uuid and statement_id = ${made.id}::uuid order by seq`)
  return { ...story, ...made, period, createdAt, publishedAt: inMonth(10), lineIds: stored.map(({ id }) => id), lineNumbers: stored.map(({ number }) => number), net: 0n }
}

/** Some lines were taken out, some corrected, and of the recent ones some are held or questioned. */
async function correct(tx: Tx, { partnerId, memberIds }: Desk, made: Made, random: Random): Promise<void> {
  const { isNegative = false, lineIds, id, months, publishedAt } = made
  if (isNegative) return
  const [out = '', changed = '', held = '', ...asked] = lineIds.map((line) => ({ line, place: random.next() })).toSorted((a, b) => a.place - b.place).map(({ line }) => line)
  const later = (days: number) => new Date(publishedAt.getTime() + days * dayMs)
  await tx.run(sql`update incentive_lines set is_excluded = true, exclusion_reason = '订单已退订' where partner_id = ${partnerId}::uuid and id = ${out}::uuid`)
  await tx.run(sql`insert into incentive_adjustments (partner_id, id, line_id, seq, amount, reason, operator, at) values (${partnerId}::uuid, ${uuidFrom(`adjustment ${changed}`)}::uuid, ${changed}::uuid, 1, ${-BigInt(random.int(1, 200))}, '按合同折扣调整', 'ops.lin', ${later(-1)}::timestamptz)`)
  await tx.run(sql`update incentive_lines l set adjusted = a.amount, adjustments = 1 from incentive_adjustments a where l.partner_id = ${partnerId}::uuid and l.id = ${changed}::uuid and a.partner_id = l.partner_id and a.line_id = l.id`)
  if (months === 2 || (months === 3 && made.program === 1)) await hold(tx, partnerId, { statementId: id, lineId: held, isUnpaid: months === 2, at: later(3) })
  if (months !== 1 && months !== 2) return
  const states: readonly FeedbackState[] = ['OPEN', 'ANSWERED', 'CLOSED']
  for (const [place, state] of states.entries()) await ask(tx, partnerId, { lineId: asked[place] ?? '', statementId: id, memberId: memberIds.get(place === 0 ? 'manager.zhang' : '') ?? '', state, at: later(1) })
}

async function hold(tx: Tx, partnerId: string, { statementId, lineId, isUnpaid, at }: { statementId: string; lineId: string; isUnpaid: boolean; at: Date }): Promise<void> {
  const id = uuidFrom(`freeze ${lineId}`)
  const [line] = await tx.rows<{ net: bigint; customerId: string | null }>(sql`update incentive_lines set freezes = 1 where partner_id = ${partnerId}::uuid and id = ${lineId}::uuid returning net, customer_id as "customerId"`)
  const byCustomer = isUnpaid && line?.customerId ? line.customerId : null
  await tx.run(sql`insert into incentive_freezes (partner_id, id, statement_id, cause, explanation, customer_id, lines, amount, frozen_at)
    values (${partnerId}::uuid, ${id}::uuid, ${statementId}::uuid, ${byCustomer === null ? 'VENDOR_DECISION' : 'UNPAID_EXPENDITURE'}, ${byCustomer === null ? '正在核查项目验收材料' : '客户该账期的消费尚未支付'}, ${byCustomer}::uuid, 1, ${line?.net ?? 0n}::bigint, ${at}::timestamptz)`)
  await tx.run(sql`insert into incentive_frozen_lines (partner_id, freeze_id, line_id) values (${partnerId}::uuid, ${id}::uuid, ${lineId}::uuid)`)
}

async function ask(tx: Tx, partnerId: string, { lineId, statementId, memberId, state, at }: { lineId: string; statementId: string; memberId: string; state: FeedbackState; at: Date }): Promise<void> {
  const [opinion, answer] = state === 'OPEN' ? ['该订单适用更高的激励比例，请核对合同。', null] : ['计算基数与我方对账结果不一致。', '已核对，计算基数不含税，金额无误。']
  await tx.run(sql`insert into incentive_feedbacks (partner_id, id, line_id, statement_id, member_id, opinion, state, at, answer, answered_at, closed_at) values (${partnerId}::uuid, ${uuidFrom(`feedback ${lineId}`)}::uuid, ${lineId}::uuid, ${statementId}::uuid, ${memberId}::uuid,
    ${opinion}, ${state}, ${at}::timestamptz, ${answer}::text, ${answer === null ? null : new Date(at.getTime() + dayMs)}::timestamptz, ${state === 'CLOSED' ? new Date(at.getTime() + 2 * dayMs) : null}::timestamptz)`)
  await tx.run(sql`update incentive_lines set feedback_state = ${state} where partner_id = ${partnerId}::uuid and id = ${lineId}::uuid`)
}

/** Takes a statement through its states, with the times at which that was. @returns what the log says. */
async function advance(tx: Tx, now: Date, { partnerId, memberIds }: Desk, made: Made): Promise<Logged[]> {
  const { id, number, fate, publishedAt, createdAt, program, months } = made
  const only = sql`partner_id = ${partnerId}::uuid and id = ${id}::uuid`
  const told = (at: Date, by: string | null, operation: 'incentive.created' | 'incentive.published' | 'incentive.confirmed' | 'incentive.lapsed', net?: bigint): Logged =>
    ({ at, by, requestId: uuidFrom(`${operation} ${id}`), facts: { operation, objectKind: 'statement', objectNumber: number, ...(net !== undefined && logAmount(net)), details: { period: made.period } } })
  const entered = told(createdAt, null, 'incentive.created')
  if (fate === 'ESTIMATED') return [entered]
  const { day, until, isProvisional } = deadlineOf(publishedAt, 40)
  const [row] = await tx.rows<{ net: bigint }>(sql`update incentive_statements set state = 'PENDING_CONFIRMATION', published_at = ${publishedAt}::timestamptz, confirm_day = ${day}::date, confirm_until = ${until}::timestamptz, is_provisional = ${isProvisional}::boolean where ${only} returning net`)
  const published = [entered, told(publishedAt, null, 'incentive.published', row?.net ?? 0n)]
  // Reminders of the past are not sent once more.
  const passed = confirmReminders.filter((step) => workingDaysBetween(chinaDayOf(now), day) <= step)
  await tx.run(sql`insert into incentive_reminders (partner_id, statement_id, days_left, at, is_sent) select ${partnerId}::uuid, ${id}::uuid, step, ${publishedAt}::timestamptz, true from unnest(${list(passed.map(String))}::smallint[]) step`)
  if (fate === 'PENDING') return published
  if (fate === 'LAPSED') {
    await tx.run(sql`update incentive_statements set state = 'LAPSED', lapsed_at = confirm_until where ${only}`)
    return [...published, told(until, null, 'incentive.lapsed', row?.net ?? 0n)]
  }
  const confirmedAt = new Date(Math.min(publishedAt.getTime() + 6 * dayMs, now.getTime() - dayMs / 2))
  await tx.run(sql`update incentive_statements set state = 'CONFIRMED', confirmed_at = ${confirmedAt}::timestamptz, confirmed_by_id = ${memberIds.get('') ?? null}::uuid, confirmed_amount = net where ${only}`)
  if (fate !== 'CONFIRMED') await tx.run(sql`update incentive_statements set state = 'ISSUING', requested = net - frozen, payment_request_id = ${demoPaymentId({ program, months })}::uuid where ${only}`)
  if (fate === 'ISSUED') await tx.run(sql`update incentive_statements set state = 'ISSUED', paid = requested, paid_at = ${new Date(confirmedAt.getTime() + 12 * dayMs)}::timestamptz, requested = 0, payment_request_id = null, payout_round = 2 where ${only}`)
  return [...published, told(confirmedAt, '', 'incentive.confirmed', row?.net ?? 0n)]
}
