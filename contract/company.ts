import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { Masked } from './masked.ts'
import { Day, Id, Instant, listOf, pageFields } from './page.ts'
import { PartnerType } from './people.ts'
import { plainLine } from './text.ts'

/** What the partner itself may change, by review. The unified credit code stays. */
export const companyFields = {
  name: plainLine(2, 64), address: plainLine(1, 200), representative: plainLine(1, 64), industry: plainLine(0, 64),
  phone: z.string().check(z.trim(), z.regex(/^[0-9+() -]{0,32}$/, 'phone')), website: z.string().check(z.trim(), z.maxLength(200), z.regex(/^(https?:\/\/[^\s]+)?$/, 'website')),
}
export const CompanyData = z.strictObject(companyFields)
export type CompanyData = z.infer<typeof CompanyData>
/** As it is kept: what was right once is still shown when the rules above have become stricter. */
const keptFields = { name: z.string(), address: z.string(), representative: z.string(), industry: z.string(), phone: z.string(), website: z.string() }
export const CompanyState = z.enum(['CURRENT', 'UNDER_REVIEW', 'REJECTED'])
export const ChangeResult = z.enum(['UNDER_REVIEW', 'APPROVED', 'REJECTED', 'WITHDRAWN'])
export type ChangeResult = z.infer<typeof ChangeResult>
export const CompanyChange = z.object({
  id: Id, before: z.object(keptFields), after: z.object(keptFields), /** A new licence came with it. */ licence: z.nullable(Id),
  at: Instant, byMasked: Masked, result: ChangeResult, reason: z.nullable(z.string()), decidedAt: z.nullable(Instant),
})
export type CompanyChange = z.infer<typeof CompanyChange>
export const getCompany = endpoint({
  method: 'GET', path: '/api/company',
  response: z.object({
    data: z.object(keptFields), /** Empty where the vendor has not entered the company yet; then nothing can be changed. */ creditCode: z.string(), contractingEntity: z.string(), type: PartnerType,
    ecosystemManager: z.nullable(z.object({ name: z.string(), mobile: z.nullable(z.string()), email: z.nullable(z.string()) })),
    /** File id of the licence that counts; null: none was uploaded yet. */
    licence: z.nullable(Id),
    state: CompanyState, /** The newest change, while it is under review or rejected. */ change: z.nullable(CompanyChange), mayEdit: z.boolean(),
  }),
})
/** Of a licence that was read: what could be, and the words it could not. */
export const LicenceRead = z.object({
  fileId: Id,
  read: z.object({ name: z.nullable(z.string()), creditCode: z.nullable(z.string()), address: z.nullable(z.string()), representative: z.nullable(z.string()) }),
})
/** The upload itself: multipart form, one part `file`; PNG, JPEG or PDF told by content, at most 5 MB. Answers a `LicenceRead`. */
export const licenceUploadPath = '/api/company/licences'
/** A stored file of this partner: licence, case material, agreement. Authorised again each time. */
export const documentPath = (id: string): string => `/api/documents/${id}/file`
/** Hands the change in for review. Refused while another is under review, for another credit code on the licence, and when nothing changed. */
export const submitCompanyChange = endpoint({
  method: 'POST', path: '/api/company/changes', idempotent: true, body: z.strictObject({ data: CompanyData, fileId: z.optional(Id) }), response: CompanyChange,
})
export const withdrawCompanyChange = endpoint({ method: 'POST', path: '/api/company/changes/:id/withdraw', params: z.strictObject({ id: Id }), body: z.strictObject({}), response: CompanyChange })
export const queryCompanyChanges = endpoint({ method: 'POST', path: '/api/company/changes/query', reads: true, body: z.strictObject({ ...pageFields }), response: listOf(CompanyChange) })

/** People whom customers may reach, in the order they are shown. They are business contacts and meant to be seen: not masked. */
const ContactField = z.strictObject({ name: plainLine(1, 64), mobile: z._default(z.string().check(z.trim(), z.maxLength(32)), ''), email: z._default(z.string().check(z.trim(), z.maxLength(64)), ''), remark: z._default(plainLine(0, 100), '') })
export const CustomerContact = z.object({ name: z.string(), mobile: z.string(), email: z.string(), remark: z.string() })
export const getCustomerContacts = endpoint({ method: 'GET', path: '/api/customer-contacts', response: z.object({ items: z.array(CustomerContact), max: z.int(), version: z.int() }) })
/** Replaces all of them; `version` is that of the reading, so that nobody overwrites what another has just saved. Without any, the administrator's data are shown. */
export const putCustomerContacts = endpoint({
  method: 'PUT', path: '/api/customer-contacts', body: z.strictObject({ items: z.array(ContactField).check(z.maxLength(5)), version: z.int() }), response: getCustomerContacts.response,
})

export const CaseState = z.enum(['UNDER_REVIEW', 'APPROVED', 'REJECTED'])
export type CaseState = z.infer<typeof CaseState>
export const Case = z.object({ id: Id, name: z.string(), kind: z.enum(['role', 'capability']), submittedAt: Instant, state: CaseState, reason: z.nullable(z.string()), materials: z.array(z.object({ id: Id, name: z.string(), bytes: z.int() })) })
export type Case = z.infer<typeof Case>
export const queryCases = endpoint({ method: 'POST', path: '/api/cases/query', reads: true, body: z.strictObject({ ...pageFields, state: z.optional(CaseState) }), response: listOf(Case) })
export const Agreement = z.object({ id: Id, name: z.string(), version: z.string(), signedAt: Instant, signedBy: z.string(), validTo: z.nullable(Day), document: Id })
export const listAgreements = endpoint({ method: 'GET', path: '/api/agreements', response: z.object({ items: z.array(Agreement) }) })

/** Messages to customers: per kind which channels. */
export const NoticeTopic = z.enum(['balance', 'expiry', 'security', 'product'])
export type NoticeTopic = z.infer<typeof NoticeTopic>
const Channels = z.strictObject({ sms: z.boolean(), email: z.boolean(), inApp: z.boolean() })
export const NoticeTemplate = z.strictObject({ balance: Channels, expiry: Channels, security: Channels, product: Channels })
export type NoticeTemplate = z.infer<typeof NoticeTemplate>
export const getCustomerNotices = endpoint({ method: 'GET', path: '/api/customer-notices', response: z.object({ isTakenOver: z.boolean(), template: NoticeTemplate, /** Resale customers it applies to. */ customers: z.int(), version: z.int() }) })
/** While taken over, the template applies to all resale customers, who cannot change theirs; turned off, theirs are as they were. */
export const putCustomerNotices = endpoint({
  method: 'PUT', path: '/api/customer-notices', proof: 'notice.takeover', idempotent: true, body: z.strictObject({ isTakenOver: z.boolean(), template: NoticeTemplate, version: z.int() }), response: getCustomerNotices.response,
})
export const BillAmounts = z.enum(['list', 'none'])
export const getCustomerBills = endpoint({ method: 'GET', path: '/api/customer-bills', response: z.object({ areShown: z.boolean(), amounts: BillAmounts, customers: z.int(), version: z.int() }) })
export const putCustomerBills = endpoint({
  method: 'PUT', path: '/api/customer-bills', proof: 'notice.bill', idempotent: true, body: z.strictObject({ areShown: z.boolean(), amounts: BillAmounts, version: z.int() }), response: getCustomerBills.response,
})
