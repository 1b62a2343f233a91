import * as z from 'zod/mini'
import { WhitelistLookup, WhitelistSort } from './coupon-whitelist.ts'
import { CustomerFilter, CustomerLookup, CustomerSort } from './customers.ts'
import { QuotaFilter, QuotaSort } from './coupons.ts'
import { CouponFilter, CouponLookup, CouponParty, CouponRecordFilter, CouponRecordSort, CouponSort } from './coupons-issued.ts'
import { endpoint } from './endpoint.ts'
import { AdjustmentFilter, AdjustmentSort, Counterparty, TransactionFilter } from './funds.ts'
import { LineFilter, LineSort, ResellerPart, StatementFilter, StatementSort } from './incentives.ts'
import { InvitationFilter, InvitationSort, LinkFilter, LinkSort, lookupFields } from './invites.ts'
import { LogFilter, RevealFilter } from './operation-log.ts'
import { MemberFilter, MemberSort } from './members.ts'
import { Masked } from './masked.ts'
import { Id, Instant, listOf, pageFields } from './page.ts'
import { Locale } from './people.ts'
import { ProspectFilter, ProspectSort } from './prospects.ts'

export const ExportContent = z.enum(['customers', 'adjustments', 'transactions', 'operation-log', 'reveal-records', 'prospects', 'invitations', 'invite-links', 'members', 'coupon-quotas', 'coupons', 'coupon-records', 'incentive-statements', 'incentive-lines', 'coupon-whitelist'])
export type ExportContent = z.infer<typeof ExportContent>
export const ExportState = z.enum(['QUEUED', 'RUNNING', 'COMPLETED', 'FAILED', 'EXPIRED'])
export type ExportState = z.infer<typeof ExportState>

const selected = z.optional(z.array(Id).check(z.minLength(1), z.maxLength(1000)))
/** What is exported: the same filters as the list shows, or the chosen rows. Always masked. */
export const ExportRequest = z.discriminatedUnion('content', [
  z.strictObject({
    content: z.literal('customers'), filter: z._default(CustomerFilter, {}), lookup: z.optional(CustomerLookup), sort: z._default(CustomerSort, '-associatedAt'), selected,
    /** As in the list: an earlier look-up of the same person, used only without `lookup`. */
    view: z.optional(Id),
  }),
  z.strictObject({ content: z.literal('adjustments'), filter: z._default(AdjustmentFilter, {}), counterparty: z.optional(Counterparty), sort: z._default(AdjustmentSort, '-at'), selected }),
  z.strictObject({ content: z.literal('transactions'), filter: z._default(TransactionFilter, { account: 'top-up' }), selected }),
  z.strictObject({ content: z.literal('operation-log'), filter: z._default(LogFilter, {}), selected }),
  z.strictObject({ content: z.literal('reveal-records'), filter: z._default(RevealFilter, {}), selected }),
  z.strictObject({ content: z.literal('prospects'), filter: z._default(ProspectFilter, {}), ...lookupFields, sort: z._default(ProspectSort, '-reportedAt'), selected }),
  z.strictObject({ content: z.literal('invitations'), filter: z._default(InvitationFilter, {}), ...lookupFields, sort: z._default(InvitationSort, '-sentAt'), selected }),
  z.strictObject({ content: z.literal('invite-links'), filter: z._default(LinkFilter, {}), sort: z._default(LinkSort, '-createdAt'), selected }),
  z.strictObject({ content: z.literal('members'), filter: z._default(MemberFilter, {}), ...lookupFields, sort: z._default(MemberSort, '-createdAt'), selected }),
  z.strictObject({ content: z.literal('coupon-quotas'), filter: z._default(QuotaFilter, {}), sort: z._default(QuotaSort, 'validTo'), selected }),
  z.strictObject({ content: z.literal('coupons'), filter: z._default(CouponFilter, {}), lookup: z.optional(CouponLookup), view: z.optional(Id), sort: z._default(CouponSort, '-issuedAt'), selected }),
  z.strictObject({ content: z.literal('coupon-records'), filter: z._default(CouponRecordFilter, {}), party: z.optional(CouponParty), sort: z._default(CouponRecordSort, '-at'), selected }),
  z.strictObject({ content: z.literal('incentive-statements'), filter: z._default(StatementFilter, {}), sort: z._default(StatementSort, '-period'), selected }),
  z.strictObject({ content: z.literal('incentive-lines'), filter: z._default(LineFilter, {}), ...lookupFields, reseller: z.optional(ResellerPart), sort: z._default(LineSort, '-incentive'), selected }),
  z.strictObject({ content: z.literal('coupon-whitelist'), filter: z._default(z.strictObject({}), {}), lookup: z.optional(WhitelistLookup), view: z.optional(Id), sort: z._default(WhitelistSort, '-addedAt'), selected }),
])
export type ExportRequest = z.infer<typeof ExportRequest>

export const ExportTask = z.object({
  id: Id, number: z.string(), content: ExportContent, filterText: z.string(), format: z.literal('CSV'), rows: z.nullable(z.int()),
  createdAt: Instant, createdByMasked: Masked, state: ExportState, reason: z.nullable(z.string()), expiresAt: z.nullable(Instant),
})
export type ExportTask = z.infer<typeof ExportTask>

export const createExport = endpoint({
  method: 'POST', path: '/api/exports',
  body: z.strictObject({ request: ExportRequest, language: Locale }), response: ExportTask,
})
export const queryExports = endpoint({
  method: 'POST', path: '/api/exports/query', reads: true, background: true,
  body: z.strictObject({ ...pageFields, content: z.optional(ExportContent), state: z.optional(ExportState) }),
  response: listOf(ExportTask),
})
export const retryExport = endpoint({ method: 'POST', path: '/api/exports/:id/retry', params: z.strictObject({ id: Id }), body: z.strictObject({}), response: ExportTask })
export const deleteExport = endpoint({ method: 'DELETE', path: '/api/exports/:id', params: z.strictObject({ id: Id }), response: z.object({}) })
/** The file itself, text/csv as an attachment; authorised again each time. The address the console links to. */
export const exportFilePath = (id: string): string => `/api/exports/${id}/file`
