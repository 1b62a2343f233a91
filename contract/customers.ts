import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { Masked } from './masked.ts'
import { Amount, Figure } from './money.ts'
import { Day, Id, Instant, listOf, pageFields } from './page.ts'

export const AssociationType = z.enum(['RESALE', 'REFERRAL'])
export type AssociationType = z.infer<typeof AssociationType>
export const AccountState = z.enum(['NORMAL', 'ACCOUNT_FROZEN', 'RESOURCES_FROZEN'])
export type AccountState = z.infer<typeof AccountState>
export const FreezeCause = z.enum(['NEW_ASSOCIATION', 'MANUAL', 'BUDGET', 'PARTNER_STATE'])
export type FreezeCause = z.infer<typeof FreezeCause>
/** Filter values of the account state; `frozen` is either kind, `frozen_automatically` is frozen by the system, not by hand. */
export const AccountStateFilter = z.enum(['NORMAL', 'frozen', 'ACCOUNT_FROZEN', 'RESOURCES_FROZEN', 'frozen_automatically'])
export type AccountStateFilter = z.infer<typeof AccountStateFilter>

/** Work that waits at a customer, counted on Home. Each is a filter of the list, so that the list shows exactly the rows that were counted. */
export const CustomerTodo = z.enum(['unassigned', 'frozen_new', 'no_balance', 'arrears', 'budget_used_up'])
export type CustomerTodo = z.infer<typeof CustomerTodo>

/** Sorting by a masked field is not offered. A leading minus means largest or newest first. */
export const CustomerSort = z.enum([
  '-associatedAt', 'associatedAt', '-monthExpenditure', 'monthExpenditure', '-balance', 'balance', '-budgetUsed', 'budgetUsed',
  'nextExpiry', '-nextExpiry',
])
export type CustomerSort = z.infer<typeof CustomerSort>

/** Any part of a name has at least two characters; wildcards are plain characters. */
const NamePart = z.string().check(z.trim(), z.minLength(2, 'name_part'), z.maxLength(64, 'name_part'))
/** A full value or its last four characters; blanks, `+86`, `0086` and full-width digits are cleaned by the server. */
const ContactLookup = z.string().check(z.trim(), z.minLength(4, 'last4_or_full'), z.maxLength(64, 'last4_or_full'))

/** Filters that are no personal data: these may stand in an address. */
export const CustomerFilter = z.strictObject({
  number: z.optional(z.string().check(z.trim(), z.regex(/^[0-9 ]{1,20}$/, 'number'))),
  associationType: z.optional(AssociationType),
  /** Id of an account manager, or `unassigned`. */
  manager: z.optional(z.union([Id, z.literal('unassigned')])),
  /** Any part of the tag; upper and lower case differ. */
  tag: z.optional(z.string().check(z.minLength(1), z.maxLength(64))),
  state: z.optional(AccountStateFilter),
  todo: z.optional(CustomerTodo),
  associatedFrom: z.optional(Day), associatedTo: z.optional(Day),
  expiryFrom: z.optional(Day), expiryTo: z.optional(Day),
  balanceMin: z.optional(Amount), balanceMax: z.optional(Amount),
  monthExpenditureMin: z.optional(Amount), monthExpenditureMax: z.optional(Amount),
  /** Percent of the budget, 0 to 1000. */
  budgetUsedMin: z.optional(z.int().check(z.minimum(0), z.maximum(1000))), budgetUsedMax: z.optional(z.int().check(z.minimum(0), z.maximum(1000))),
})
export type CustomerFilter = z.infer<typeof CustomerFilter>

/** Filters that are personal data: they travel in a body only. */
export const CustomerLookup = z.strictObject({
  /** Any part of the customer or account name, the full customer ID, or the exact tag. */
  name: z.optional(NamePart), mobile: z.optional(ContactLookup), email: z.optional(ContactLookup),
})
export type CustomerLookup = z.infer<typeof CustomerLookup>

export const CustomerRow = z.object({
  id: Id,
  /** The customer ID that people quote, ten digits. */
  number: z.string(),
  nameMasked: Masked, accountNameMasked: Masked,
  associationType: AssociationType,
  associatedAt: Instant,
  mobileMasked: z.nullable(Masked), emailMasked: z.nullable(Masked),
  tag: z.string(),
  manager: z.nullable(z.object({ id: Id, nameMasked: Masked })),
  monthExpenditure: Figure,
  /** What is left of the allocations; null for referral customers. */
  balance: z.nullable(Amount),
  budget: z.nullable(z.object({ type: z.enum(['MONTHLY', 'ONE_TIME']), amount: Amount, usedPercent: z.int() })),
  state: AccountState,
  freezeCause: z.nullable(FreezeCause),
  nextExpiry: z.nullable(Instant),
})
export type CustomerRow = z.infer<typeof CustomerRow>

/** Fields whose value the look-up matched; the console shows a tick there. */
export const MatchedField = z.enum(['name', 'accountName', 'number', 'tag', 'mobile', 'email'])
export type MatchedField = z.infer<typeof MatchedField>

export const queryCustomers = endpoint({
  method: 'POST', path: '/api/customers/query', reads: true,
  body: z.strictObject({
    ...pageFields,
    sort: z._default(CustomerSort, '-associatedAt'),
    filter: z._default(CustomerFilter, {}),
    lookup: z.optional(CustomerLookup),
    /** Opaque id of an earlier look-up of the same person, for reload and Back. Used only without `lookup`. */
    view: z.optional(Id),
  }),
  response: z.object({
    ...listOf(z.object({ ...CustomerRow.shape, matched: z.array(MatchedField) })).shape,
    /** Opaque id of the look-up; stands in the address instead of what was typed. */
    view: z.nullable(Id),
    /** What the view's look-up asked for, to fill the field again after a reload: kinds only, never the values. */
    lookupKinds: z.array(z.enum(['name', 'mobile', 'email'])),
    /** When the estimated figures were taken. */
    asOf: Instant,
  }),
})

/** Choices of the filters, within the person's scope. */
export const getCustomerChoices = endpoint({
  method: 'GET', path: '/api/customers/choices',
  response: z.object({ managers: z.array(z.object({ id: Id, nameMasked: Masked })), tags: z.array(z.string()) }),
})

/** How much may be reclaimed, line by line: balance − own − held − unsettled − arrears = reclaimable, never below zero. */
export const Reclaimable = z.object({
  balance: Figure, own: Figure, held: Figure, unsettled: Figure, arrears: Figure, reclaimable: Amount, asOf: Instant,
})
export type Reclaimable = z.infer<typeof Reclaimable>

export const Customer = z.object({
  ...CustomerRow.shape,
  reclaimable: z.nullable(Reclaimable),
  allocations: z.int(),
  openLots: z.int(),
  /** Expenditure of the last twelve months, oldest first; `month` is YYYY-MM. */
  expenditureTrend: z.array(z.object({ month: z.string(), amount: Figure })),
  budgetWhenUsedUp: z.nullable(z.enum(['NOTHING', 'FREEZE_ACCOUNT', 'FREEZE_RESOURCES'])),
  asOf: Instant,
})
export type Customer = z.infer<typeof Customer>

const customerParams = z.strictObject({ id: Id })

export const getCustomer = endpoint({ method: 'GET', path: '/api/customers/:id', params: customerParams, response: Customer })

/** Replaces the customer's tag; an empty text removes it. The earlier one is in the log. */
export const putCustomerTag = endpoint({
  method: 'PUT', path: '/api/customers/:id/tag', params: customerParams,
  body: z.strictObject({ tag: z.string().check(z.trim(), z.maxLength(64, 'tag')) }), response: z.object({ tag: z.string() }),
})

export const FundsSource = z.enum(['top-up', 'credit'])
export type FundsSource = z.infer<typeof FundsSource>
export const LotState = z.enum(['OPEN', 'EMPTY'])
export const Lot = z.object({
  id: Id, number: z.string(), source: FundsSource, granted: Amount, spent: Amount, reclaimed: Amount, remaining: Amount,
  at: Instant, operatorMasked: Masked, state: LotState,
})
export type Lot = z.infer<typeof Lot>
export const LotSort = z.enum(['-at', 'at', '-remaining', 'remaining'])
export const listLots = endpoint({
  method: 'POST', path: '/api/customers/:id/lots/query', params: customerParams, reads: true,
  body: z.strictObject({
    ...pageFields, sort: z._default(LotSort, '-at'), source: z.optional(FundsSource), state: z.optional(LotState),
    from: z.optional(Day), to: z.optional(Day),
  }),
  response: z.object({ ...listOf(Lot).shape, remaining: Figure }),
})
