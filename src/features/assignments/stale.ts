import { getAssignmentChoices, queryAssigned, queryAssignments, queryHandovers, queryManagers } from '#contract/assignments.ts'
import { getCustomer, getCustomerChoices, queryCustomers } from '#contract/customers.ts'
import { getHome } from '#contract/home.ts'
import { queryLog } from '#contract/operation-log.ts'

/** What shows whose customer is whose, and is old once that has changed. */
export const staleAfter = [queryManagers, queryAssigned, queryAssignments, queryHandovers, getAssignmentChoices, queryCustomers, getCustomer, getCustomerChoices, queryLog, getHome] as const
