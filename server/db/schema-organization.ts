import { sql } from 'drizzle-orm'
import { bigint, boolean, check, customType, date, foreignKey, index, integer, pgSequence, pgTable, primaryKey, text, timestamp, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { customers, members } from './schema.ts'

// Tables of whose customer is whose, and of what people change about themselves.

const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' })
const at = (name: string) => timestamp(name, { withTimezone: true })
const partnerId = uuid('partner_id').notNull()

export const handoverNumbers = pgSequence('handover_numbers')

/** What a customer spent on each day, China time. The months of `expenditures` are sums of it. */
export const expenditureDays = pgTable('expenditure_days', {
  partnerId, day: date('day').notNull(), customerId: uuid('customer_id').notNull(), amount: bigint('amount', { mode: 'bigint' }).notNull(),
}, (t) => [primaryKey({ columns: [t.partnerId, t.customerId, t.day] }), index('expenditure_days_day').on(t.partnerId, t.day)])

/** What a manager has now; the nil id stands for nobody. Kept by triggers, so that a list of managers need not count customers. */
export const managerTotals = pgTable('manager_totals', {
  partnerId, managerId: uuid('manager_id').notNull(), customers: integer('customers').notNull(), monthExpenditure: bigint('month_expenditure', { mode: 'bigint' }).notNull(),
}, (t) => [primaryKey({ columns: [t.partnerId, t.managerId] })])

/** What the customers who counted for a manager on a day spent on it; the nil id stands for nobody. Kept by triggers. */
export const managerDays = pgTable('manager_days', {
  partnerId, managerId: uuid('manager_id').notNull(), day: date('day').notNull(), amount: bigint('amount', { mode: 'bigint' }).notNull(),
}, (t) => [primaryKey({ columns: [t.partnerId, t.day, t.managerId] })])

/** Stretches of time in which a customer was a manager's. The one without end is `customers.manager_id`; a trigger at the commit compares them. */
export const assignments = pgTable('assignments', {
  partnerId, id: uuid('id').notNull(), customerId: uuid('customer_id').notNull(), managerId: uuid('manager_id').notNull(),
  assignedAt: at('assigned_at').notNull(), /** The day after, China time. */ countsFrom: date('counts_from').notNull(),
  endedAt: at('ended_at'), /** The day of the end, China time. */ countsTo: date('counts_to'),
  how: text('how').notNull(), endedHow: text('ended_how'), byId: uuid('by_id'), endedById: uuid('ended_by_id'),
}, (t) => [
  primaryKey({ columns: [t.partnerId, t.id] }),
  foreignKey({ columns: [t.partnerId, t.customerId], foreignColumns: [customers.partnerId, customers.id] }), foreignKey({ columns: [t.partnerId, t.managerId], foreignColumns: [members.partnerId, members.id] }),
  uniqueIndex('assignments_present').on(t.partnerId, t.customerId).where(sql`ended_at is null`),
  index('assignments_manager').on(t.partnerId, t.managerId, t.assignedAt), index('assignments_customer').on(t.partnerId, t.customerId, t.assignedAt), index('assignments_at').on(t.partnerId, t.assignedAt, t.id),
  check('assignments_end', sql`(${t.endedAt} is null) = (${t.countsTo} is null) and (${t.endedAt} is null) = (${t.endedHow} is null)`),
  check('assignments_how', sql`${t.how} in ('assigned','changed','invitation','handed_over','vendor') and ${t.endedHow} in ('changed','reclaimed','handed_over','disassociated','vendor')`),
])

export const handovers = pgTable('handovers', {
  partnerId, id: uuid('id').notNull(), number: text('number').notNull(), fromId: uuid('from_id').notNull(), toId: uuid('to_id').notNull(), day: date('day').notNull(),
  tellsCustomers: boolean('tells_customers').notNull(), state: text('state').notNull(), /** All of them, so what is pending moves, too. */ isWhole: boolean('is_whole').notNull(),
  customers: integer('customers').notNull(), moved: integer('moved').notNull(), kept: integer('kept').notNull(),
  operatorId: uuid('operator_id').notNull(), createdAt: at('created_at').notNull(), doneAt: at('done_at'),
}, (t) => [
  primaryKey({ columns: [t.partnerId, t.id] }), unique('handovers_number').on(t.partnerId, t.number), index('handovers_created').on(t.partnerId, t.createdAt, t.id), index('handovers_due').on(t.state, t.day),
  foreignKey({ columns: [t.partnerId, t.fromId], foreignColumns: [members.partnerId, members.id] }), foreignKey({ columns: [t.partnerId, t.toId], foreignColumns: [members.partnerId, members.id] }),
  check('handovers_state', sql`${t.state} in ('PLANNED','RUNNING','DONE','CANCELLED')`), check('handovers_people', sql`${t.fromId} <> ${t.toId}`),
])

/** Customers of a plan. A customer is in one plan at a time that is not over. */
export const handoverCustomers = pgTable('handover_customers', {
  partnerId, handoverId: uuid('handover_id').notNull(), customerId: uuid('customer_id').notNull(), state: text('state').notNull(),
}, (t) => [
  primaryKey({ columns: [t.partnerId, t.handoverId, t.customerId] }), foreignKey({ columns: [t.partnerId, t.handoverId], foreignColumns: [handovers.partnerId, handovers.id] }),
  uniqueIndex('handover_customers_open').on(t.partnerId, t.customerId).where(sql`state = 'PLANNED'`), check('handover_customers_state', sql`${t.state} in ('PLANNED','MOVED','LEFT','CANCELLED')`),
])

/** A form that a code to a current contact has opened: for one change, one sign-in and ten minutes. */
export const openings = pgTable('openings', {
  partnerId, memberId: uuid('member_id').notNull(), sessionId: uuid('session_id').notNull(), change: text('change').notNull(), openUntil: at('open_until').notNull(),
  /** The new contact that waits for its code, encrypted. */
  sealedValue: bytes('sealed_value'),
}, (t) => [primaryKey({ columns: [t.partnerId, t.memberId, t.sessionId, t.change] }), check('openings_change', sql`${t.change} in ('mobile','email','password','authenticator')`)])
