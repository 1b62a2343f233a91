import * as z from 'zod/mini'
import { AssociationType } from './customers.ts'
import { endpoint } from './endpoint.ts'
import { lookupAnswer, lookupFields } from './invites.ts'
import { Masked } from './masked.ts'
import { Figure } from './money.ts'
import { assignmentBatchMax, Day, Id, Instant, listOf, pageFields } from './page.ts'


const Person = z.object({ id: Id, nameMasked: Masked })
const customers = z.array(Id).check(z.minLength(1, 'rows_min'), z.maxLength(assignmentBatchMax, 'rows_max'))

/** Figures of one account manager. Expenditure is that of the customers assigned now; performance counts by day, from the day after assignment up to and
 *  including the day of reclaim. */
export const ManagerFigures = z.object({ customers: z.int(), monthExpenditure: Figure, monthPerformance: Figure })
export const ManagerRow = z.object({
  ...ManagerFigures.shape, manager: Person, login: z.string(), director: z.nullable(Person), isActive: z.boolean(),
})
export type ManagerRow = z.infer<typeof ManagerRow>
export const ManagerSort = z.enum(['-customers', 'customers', '-monthExpenditure', 'monthExpenditure'])
export type ManagerSort = z.infer<typeof ManagerSort>
export const ManagerFilter = z.strictObject({ managerId: z.optional(Id), directorId: z.optional(z.union([Id, z.literal('none')])), customerNumber: z.optional(z.string().check(z.trim(), z.regex(/^[0-9 ]{1,20}$/, 'number'))) })
export type ManagerFilter = z.infer<typeof ManagerFilter>
export const queryManagers = endpoint({
  method: 'POST', path: '/api/assignments/managers/query', reads: true,
  body: z.strictObject({ ...pageFields, sort: z._default(ManagerSort, '-customers'), filter: z._default(ManagerFilter, {}) }),
  response: z.object({
    ...listOf(ManagerRow).shape,
    /** Whatever belongs to nobody; with the managers it is exactly the partner's total of the same days. Null for a director, who sees the own managers only. */
    unassigned: z.nullable(ManagerFigures), all: ManagerFigures, asOf: Instant,
  }),
})
/** Active managers and the directors, for filters and choices. */
export const getAssignmentChoices = endpoint({ method: 'GET', path: '/api/assignments/choices', response: z.object({ managers: z.array(Person), directors: z.array(Person) }) })

/** One customer of a manager. */
export const AssignedCustomer = z.object({
  id: Id, number: z.string(), nameMasked: Masked, accountNameMasked: Masked, associationType: AssociationType,
  assignedAt: Instant, /** The first day whose figures count for the manager. */ countsFrom: Day, monthExpenditure: Figure,
  /** In a handover of a later day, which is not done yet. */
  planned: z.nullable(z.object({ handoverId: Id, number: z.string(), to: Person, day: Day })),
})
export type AssignedCustomer = z.infer<typeof AssignedCustomer>
export const AssignedSort = z.enum(['-assignedAt', 'assignedAt', '-monthExpenditure', 'monthExpenditure'])
export type AssignedSort = z.infer<typeof AssignedSort>
export const AssignedFilter = z.strictObject({ associationType: z.optional(AssociationType), from: z.optional(Day), to: z.optional(Day) })
export type AssignedFilter = z.infer<typeof AssignedFilter>
const idParams = z.strictObject({ id: Id })
export const queryAssigned = endpoint({
  method: 'POST', path: '/api/assignments/managers/:id/customers/query', reads: true, params: idParams,
  body: z.strictObject({ ...pageFields, sort: z._default(AssignedSort, '-assignedAt'), filter: z._default(AssignedFilter, {}), ...lookupFields }),
  response: z.object({ ...listOf(AssignedCustomer).shape, ...lookupAnswer, manager: ManagerRow }),
})

/** How an assignment came or ended. */
export const AssignmentHow = z.enum(['assigned', 'changed', 'invitation', 'reclaimed', 'handed_over', 'disassociated', 'vendor'])
export type AssignmentHow = z.infer<typeof AssignmentHow>
/** One stretch of time in which a customer was a manager's. */
export const Assignment = z.object({
  id: Id, customer: z.object({ id: Id, number: z.string(), nameMasked: Masked }), manager: Person,
  assignedAt: Instant, countsFrom: Day, /** Null: to this day. */ endedAt: z.nullable(Instant), /** The last day that counts. */ countsTo: z.nullable(Day),
  how: AssignmentHow, endedHow: z.nullable(AssignmentHow), byMasked: z.nullable(Masked), endedByMasked: z.nullable(Masked),
})
export type Assignment = z.infer<typeof Assignment>
/** Historical account managers: newest first. */
export const queryAssignments = endpoint({
  method: 'POST', path: '/api/assignments/history/query', reads: true,
  body: z.strictObject({ ...pageFields, managerId: z.optional(Id), customerId: z.optional(Id), state: z.optional(z.enum(['present', 'ended'])) }), response: listOf(Assignment),
})

/** Gives customers to a manager: all or none. Those of another manager are refused unless `change` says that they are to change. */
export const assignCustomers = endpoint({
  method: 'POST', path: '/api/assignments', idempotent: true,
  body: z.strictObject({ managerId: Id, customerIds: customers, change: z._default(z.boolean(), false) }),
  response: z.object({ count: z.int(), manager: Person, countsFrom: Day }),
})
/** What an assignment would do, for its dialog: who has which customer now. */
export const previewAssignment = endpoint({
  method: 'POST', path: '/api/assignments/preview', reads: true, body: z.strictObject({ customerIds: customers }),
  response: z.object({
    items: z.array(z.object({ id: Id, number: z.string(), nameMasked: Masked, manager: z.nullable(Person) })),
    countsFrom: Day, countsTo: Day,
  }),
})
/** Ends the assignment of customers of one manager: all or none. They become unassigned. */
export const reclaimCustomers = endpoint({
  method: 'POST', path: '/api/assignments/reclaims', idempotent: true,
  body: z.strictObject({ managerId: Id, customerIds: customers }), response: z.object({ count: z.int(), manager: Person, /** The last day that counts. */ countsTo: Day }),
})

export const HandoverState = z.enum(['PLANNED', 'RUNNING', 'DONE', 'CANCELLED'])
export type HandoverState = z.infer<typeof HandoverState>
export const Handover = z.object({
  id: Id, number: z.string(), from: Person, to: Person, /** At 00:00 of this day, China time; today: at once. */ day: Day, customers: z.int(), moved: z.int(), kept: z.int(), tellsCustomers: z.boolean(),
  state: HandoverState, createdAt: Instant, doneAt: z.nullable(Instant), operatorMasked: Masked,
})
export type Handover = z.infer<typeof Handover>
const HandoverWish = z.strictObject({
  fromId: Id, toId: Id, /** Today to 90 days ahead. */ day: Day,
  /** All of them, or the ticked ones. */
  customers: z.discriminatedUnion('which', [z.strictObject({ which: z.literal('all'), /** Protected ones, which stay. */ except: z.array(Id).check(z.maxLength(assignmentBatchMax)) }), z.strictObject({ which: z.literal('these'), ids: customers })]),
  tellCustomers: z.boolean(),
})
export const previewHandover = endpoint({
  method: 'POST', path: '/api/handovers/preview', reads: true, body: HandoverWish,
  response: z.object({
    from: Person, to: Person, customers: z.int(), kept: z.int(), /** In another plan already; they are refused. */ planned: z.int(),
    prospects: z.int(), invitations: z.int(), monthExpenditure: Figure, /** The last day of the one, the first of the other. */ countsTo: Day, countsFrom: Day,
  }),
})
export const planHandover = endpoint({ method: 'POST', path: '/api/handovers', idempotent: true, body: HandoverWish, response: Handover })
/** Before its day: who gets the customers, the day, and whether they are told. The customers of the plan stay. */
export const changeHandover = endpoint({
  method: 'PUT', path: '/api/handovers/:id', idempotent: true, params: idParams, body: z.strictObject({ toId: Id, day: Day, tellCustomers: z.boolean() }), response: Handover,
})
export const cancelHandover = endpoint({ method: 'POST', path: '/api/handovers/:id/cancel', idempotent: true, params: idParams, body: z.strictObject({}), response: Handover })
export const queryHandovers = endpoint({ method: 'POST', path: '/api/handovers/query', reads: true, body: z.strictObject({ ...pageFields, state: z.optional(HandoverState), managerId: z.optional(Id) }), response: listOf(Handover) })
