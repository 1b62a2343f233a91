import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { assignCustomers, cancelHandover, changeHandover, planHandover, previewAssignment, previewHandover, queryAssigned, queryAssignments, queryHandovers, queryManagers, reclaimCustomers } from '#contract/assignments.ts'
import { documentPath, withdrawCompanyChange } from '#contract/company.ts'
import { getCustomer, listLots, putCustomerTag, queryCustomers } from '#contract/customers.ts'
import type { Endpoint, Input } from '#contract/endpoint.ts'
import { importWhitelist, queryWhitelistPreview, removeFromWhitelist } from '#contract/coupon-whitelist.ts'
import { createExport, deleteExport, exportFilePath, retryExport } from '#contract/exports.ts'
import { allocateFunds, getAdjustment, getFundsTargets, queryAdjustments, reclaimFunds } from '#contract/funds.ts'
import { getInvoice, getInvoiceList, submitInvoice } from '#contract/incentive-invoices.ts'
import { createPayment, getPayment, resendPayment, withdrawPayment } from '#contract/incentive-payments.ts'
import { confirmStatements, createFeedback, getLine, getStatement, previewConfirmation, queryFreezes, queryLines } from '#contract/incentives.ts'
import { getInvitation, previewInvitation, queryInvitations, queryLinks, replaceLink, resendInvitations, revokeInvitation, revokeLink, sendInvitations, showLink } from '#contract/invites.ts'
import { deleteMember, endMemberSignIns, getMember, putMember, putMemberRights, queryMembers, removeMemberAuthenticators, resetMemberPassword, setMemberState, unlockMember } from '#contract/members.ts'
import { Amount } from '#contract/money.ts'
import { getLogEntry, queryLog } from '#contract/operation-log.ts'
import { askPasskey, checkCode, checkPasskey, checkTotp, sendCode } from '#contract/proofs.ts'
import { getProspect, putProspectEmail } from '#contract/prospects.ts'
import { expectQuotaReclaim, issueQuotas, queryIssuedQuotas, queryResellers, reclaimQuotas } from '#contract/reseller-quotas.ts'
import { revealFields } from '#contract/reveals.ts'
import { deleteRole, putRole } from '#contract/roles.ts'
import { findObjects } from '#contract/search.ts'
import { removeAuthenticator, renameAuthenticator } from '#contract/security.ts'
import { endSignIns } from '#contract/session.ts'
import { getQuota, issueCoupons, queryCandidates, queryQuotas } from '#contract/coupons.ts'
import { expectReclaim, getCoupon, queryCouponRecords, queryCoupons, reclaimCoupons } from '#contract/coupons-issued.ts'
import { cancelSpecialist, getQualifications, querySpecialists, resendSpecialist, unbindSpecialist } from '#contract/specialists.ts'
import { features } from '#server/app.ts'
import { createApi } from '#server/http/app.ts'
import { createTestApp, type Client, type TestApp } from '#server/testing/app.ts'
import { issueOf } from '#server/testing/coupons.ts'
import { paperInvoice } from '#server/testing/payouts.ts'
import { shareOf } from '#server/testing/resellers.ts'
import { softPasskey } from '#server/testing/soft-authenticators.ts'
import { timeApart } from '#server/testing/timing.ts'
import { newWorld, readsOf, roles, standIn, type Ids, type World } from '#server/testing/world.ts'

let app: TestApp
let mine: World
let foreign: World
beforeAll(async () => {
  app = await createTestApp(features)
  mine = await newWorld(app)
  foreign = await newWorld(app)
})
afterAll(() => app.close())

const amount = Amount.parse('1.00')
type Answer = { status: number; text: string }
type Probe = { name: string; endpoint?: Endpoint; ask(client: Client, ids: Ids): Promise<Answer> }
const probe = <E extends Endpoint>(endpoint: E, input: (ids: Ids) => Input<E>, name = ''): Probe =>
  ({ name: `${endpoint.method} ${endpoint.path}${name}`, endpoint, ask: (client, ids) => client.call(endpoint, input(ids)) })

/** Every place that takes the id of an object, in the path or in the body. */
const probes = (own: Ids): Probe[] => [
  probe(getCustomer, ({ customer: id }) => ({ params: { id } })), probe(putCustomerTag, ({ customer: id }) => ({ params: { id }, body: { tag: 'taken' } })), probe(listLots, ({ customer: id }) => ({ params: { id }, body: {} })),
  probe(getAdjustment, ({ adjustment: id }) => ({ params: { id } })), probe(getLogEntry, ({ logEntry: id }) => ({ params: { id } })),
  probe(deleteExport, ({ exportTask: id }) => ({ params: { id } })), probe(retryExport, ({ exportTask: id }) => ({ params: { id }, body: {} })),
  { name: 'GET /api/exports/:id/file', ask: async (client, { exportTask }) => {
    const response = await app.request(exportFilePath(exportTask), { headers: { cookie: `session=${client.token}`, 'accept-language': 'en-US' } })
    return { status: response.status, text: await response.text() }
  } },
  { name: 'GET /api/documents/:id/file', ask: async (client, { file }) => {
    const response = await app.request(documentPath(file), { headers: { cookie: `session=${client.token}`, 'accept-language': 'en-US' } })
    return { status: response.status, text: await response.text() }
  } },
  probe(withdrawCompanyChange, ({ change: id }) => ({ params: { id }, body: {} })),
  probe(sendCode, ({ proof: id }) => ({ params: { id }, body: { channel: 'sms' as const } })), probe(checkCode, ({ proof: id }) => ({ params: { id }, body: { code: '123456' } })),
  probe(checkTotp, ({ proof: id }) => ({ params: { id }, body: { code: '123456' } })), probe(askPasskey, ({ proof: id }) => ({ params: { id }, body: {} })),
  probe(checkPasskey, ({ proof: id }) => ({ params: { id }, body: { assertion: softPasskey().answer({ challenge: 'AAAA', rpId: 'console.test', timeout: 1, userVerification: 'required', allowCredentials: [] }) } })),
  probe(renameAuthenticator, ({ authenticator: id }) => ({ params: { id }, body: { name: 'taken' } })), probe(removeAuthenticator, ({ authenticator: id }) => ({ params: { id } })),
  probe(endSignIns, ({ session: which }) => ({ body: { which } })),
  probe(allocateFunds, ({ customer: customerId }) => ({ body: { from: 'top-up' as const, items: [{ customerId, amount }] } })),
  probe(allocateFunds, ({ customer }) => ({ body: { from: 'top-up' as const, items: [own.customer, customer].map((customerId) => ({ customerId, amount })) } }), ', batch'),
  probe(reclaimFunds, ({ customer: customerId }) => ({ body: { items: [{ customerId, amount }] } })),
  probe(reclaimFunds, ({ lot: lotId }) => ({ body: { items: [{ customerId: own.customer, amount, lotId }] } }), ' from a lot'),
  probe(getFundsTargets, ({ customer }) => ({ body: { customerIds: [own.customer, customer] } })),
  probe(revealFields, ({ customer }) => ({ body: { subject: 'customer' as const, ids: [own.customer, customer], fields: ['name' as const], page: '/customers' } })),
  probe(queryCustomers, ({ view }) => ({ body: { view } }), ' by view'), probe(queryCustomers, ({ manager }) => ({ body: { filter: { manager } } }), ' of a manager'),
  probe(queryAdjustments, ({ customer: customerId }) => ({ body: { filter: { customerId } } }), ' of a customer'), probe(queryAdjustments, ({ manager: operatorId }) => ({ body: { filter: { operatorId } } }), ' of an operator'),
  probe(queryLog, ({ customer: customerId }) => ({ body: { filter: { customerId } } }), ' of a customer'), probe(queryLog, ({ manager: operatorId }) => ({ body: { filter: { operatorId } } }), ' of an operator'),
  probe(findObjects, ({ adjustment: text }) => ({ body: { text } }), ' an adjustment'), probe(findObjects, ({ customer: text }) => ({ body: { text } }), ' a customer'),
  probe(createExport, ({ view }) => ({ body: { request: { content: 'customers' as const, view }, language: 'en-US' as const } }), ' by view'),
  ...[resetMemberPassword, unlockMember, endMemberSignIns, removeMemberAuthenticators].map((endpoint) => probe(endpoint, ({ manager: id }) => ({ params: { id }, body: {} }))), probe(getMember, ({ manager: id }) => ({ params: { id } })),
  probe(putMember, ({ manager: id }) => ({ params: { id }, body: { name: '新名字' } })), probe(setMemberState, ({ manager: id }) => ({ params: { id }, body: { state: 'DISABLED' as const } })),
  probe(putMemberRights, ({ manager: id }) => ({ params: { id }, body: { roles: ['operator' as const], customRoleIds: [], extraPermissions: [], removedPermissions: [], directorId: null } })),
  probe(deleteMember, ({ manager: id }) => ({ params: { id } })), probe(deleteRole, ({ role: id }) => ({ params: { id } })), probe(putRole, ({ role: id }) => ({ params: { id }, body: { name: '新名字', description: '', permissions: [] } })),
  probe(queryMembers, ({ role: customRoleId }) => ({ body: { filter: { customRoleId } } }), ' of a role'),
  probe(queryMembers, ({ view }) => ({ body: { view } }), ', view'), probe(revealFields, ({ manager }) => ({ body: { subject: 'member' as const, ids: [own.manager, manager], fields: ['name' as const], page: '/organization/members' } }), ', members'),
  probe(getProspect, ({ prospect: id }) => ({ params: { id } })), probe(putProspectEmail, ({ prospect: id }) => ({ params: { id }, body: { email: 'new@prospect.example' } })),
  probe(getInvitation, ({ invitation: id }) => ({ params: { id } })), probe(revokeInvitation, ({ invitation: id }) => ({ params: { id }, body: {} })),
  probe(sendInvitations, ({ prospect }) => ({ body: { associationType: 'RESALE' as const, prospectIds: [own.prospect, prospect] } })), probe(resendInvitations, ({ invitation }) => ({ body: { invitationIds: [own.invitation, invitation] } })),
  probe(previewInvitation, ({ prospect: prospectId }) => ({ body: { associationType: 'RESALE' as const, prospectId } })),
  probe(queryInvitations, ({ prospect: prospectId }) => ({ body: { filter: { prospectId } } }), ' of a prospect'), probe(queryInvitations, ({ link: linkId }) => ({ body: { filter: { linkId } } }), ' of a link'),
  probe(queryLinks, ({ manager: creatorId }) => ({ body: { filter: { creatorId } } }), ' of a creator'),
  probe(showLink, ({ link: id }) => ({ params: { id }, body: {} })), probe(replaceLink, ({ link: id }) => ({ params: { id }, body: {} })), probe(revokeLink, ({ link: id }) => ({ params: { id }, body: {} })),
  probe(assignCustomers, ({ customer }) => ({ body: { managerId: own.manager, customerIds: [own.unassigned, customer] } }), ', batch'), probe(assignCustomers, ({ manager: managerId }) => ({ body: { managerId, customerIds: [own.unassigned] } })),
  probe(previewAssignment, ({ customer }) => ({ body: { customerIds: [own.customer, customer] } })), probe(reclaimCustomers, ({ customer }) => ({ body: { managerId: own.manager, customerIds: [own.customer, customer] } }), ', batch'),
  probe(reclaimCustomers, ({ manager: managerId }) => ({ body: { managerId, customerIds: [own.customer] } })), probe(queryAssigned, ({ manager: id }) => ({ params: { id }, body: {} })),
  probe(queryAssigned, ({ view }) => ({ params: { id: own.manager }, body: { view } }), ', view'),
  probe(queryManagers, ({ manager: managerId }) => ({ body: { filter: { managerId } } }), ' of a manager'), probe(queryManagers, ({ number: customerNumber }) => ({ body: { filter: { customerNumber } } }), ' of a customer'),
  probe(queryAssignments, ({ manager: managerId }) => ({ body: { managerId } }), ' of a manager'), probe(queryAssignments, ({ customer: customerId }) => ({ body: { customerId } }), ' of a customer'),
  probe(queryHandovers, ({ manager: managerId }) => ({ body: { managerId } }), ' of a manager'), probe(cancelHandover, ({ handover: id }) => ({ params: { id }, body: {} })),
  probe(changeHandover, ({ handover: id }) => ({ params: { id }, body: { toId: own.peer, day: own.tomorrow, tellCustomers: false } })), probe(changeHandover, ({ peer: toId }) => ({ params: { id: own.handover }, body: { toId, day: own.tomorrow, tellCustomers: false } }), ', to'),
  ...[previewHandover, planHandover].flatMap((endpoint) => [
    probe(endpoint, ({ manager: fromId }) => ({ body: { fromId, toId: own.peer, day: own.tomorrow, customers: { which: 'all' as const, except: [] }, tellCustomers: false } }), ', from'),
    probe(endpoint, ({ peer: toId }) => ({ body: { fromId: own.manager, toId, day: own.tomorrow, customers: { which: 'all' as const, except: [] }, tellCustomers: false } }), ', to'),
    probe(endpoint, ({ customer }) => ({ body: { fromId: own.manager, toId: own.peer, day: own.tomorrow, customers: { which: 'these' as const, ids: [own.customer, customer] }, tellCustomers: false } }), ', customers'),
  ]),
  ...[cancelSpecialist, resendSpecialist, unbindSpecialist].map((endpoint) => probe(endpoint, ({ specialist: id }) => ({ params: { id }, body: {} }))), probe(getQualifications, ({ specialist: id }) => ({ params: { id } })),
  probe(querySpecialists, ({ view }) => ({ body: { view } }), ', view'), probe(revealFields, ({ specialist }) => ({ body: { subject: 'specialist' as const, ids: [own.specialist, specialist], fields: ['name' as const], page: '/organization/specialists' } }), ', specialists'),
  probe(getStatement, ({ statement: id }) => ({ params: { id } })), probe(getLine, ({ incentiveLine: id }) => ({ params: { id } })), probe(createFeedback, ({ incentiveLine: id }) => ({ params: { id }, body: { opinion: '不符' } })),
  ...[confirmStatements, previewConfirmation].map((endpoint) => probe(endpoint, ({ statement }) => ({ body: { statementIds: [own.statement, statement] } }), ', batch')),
  probe(queryLines, ({ statement: statementId }) => ({ body: { filter: { statementId } } }), ' of a statement'), probe(queryLines, ({ customer: customerId }) => ({ body: { filter: { customerId } } }), ' of a customer'),
  probe(queryLines, ({ view }) => ({ body: { view } }), ', view'), probe(queryFreezes, ({ statement: statementId }) => ({ body: { statementId } }), ' of a statement'), probe(findObjects, ({ statementNumber: text }) => ({ body: { text } }), ' a statement'),
  ...[getPayment, getInvoice, getInvoiceList].map((endpoint) => probe(endpoint, ({ payment: id }) => ({ params: { id } }))), probe(submitInvoice, ({ payment: id }) => ({ params: { id }, body: paperInvoice(Amount.parse('100.00')) })),
  probe(createPayment, ({ payable }) => ({ body: { statementIds: [own.payable, payable], option: 'TOP_UP' as const, total: Amount.parse('200.00') } }), ', batch'),
  probe(resendPayment, ({ payment: id }) => ({ params: { id }, body: { statementIds: [own.payable], option: 'TOP_UP' as const, total: Amount.parse('100.00') } })), probe(withdrawPayment, ({ payment: id }) => ({ params: { id }, body: {} })),
  probe(revealFields, ({ business }) => ({ body: { subject: 'business' as const, ids: [business], fields: ['bankAccount' as const], page: '/profile/business' } }), ', business'), probe(findObjects, ({ paymentNumber: text }) => ({ body: { text } }), ' a payment'),
  probe(findObjects, ({ handoverNumber: text }) => ({ body: { text } }), ' a handover'),
  probe(getQuota, ({ quota: id }) => ({ params: { id } })), probe(getCoupon, ({ coupon: id }) => ({ params: { id } })), probe(queryCandidates, ({ quota: quotaId }) => ({ body: { quotaId } })),
  probe(issueCoupons.VOUCHER, ({ quota: quotaId }) => issueOf({ quotaId, validUntil: own.tomorrow, customerIds: [own.customer] })), probe(issueCoupons.VOUCHER, ({ customer }) => issueOf({ quotaId: own.quota, validUntil: own.tomorrow, customerIds: [own.customer, customer] }), ', batch'),
  probe(reclaimCoupons.VOUCHER, ({ coupon }) => ({ body: { couponIds: [own.coupon, coupon], remark: '' } }), ', batch'), probe(expectReclaim, ({ coupon }) => ({ body: { couponIds: [own.coupon, coupon] } })),
  probe(queryCoupons, ({ customer: customerId }) => ({ body: { filter: { customerId } } }), ' of a customer'), probe(queryCoupons, ({ quota: quotaId }) => ({ body: { filter: { quotaId } } }), ' of a quota'), probe(queryCoupons, ({ view }) => ({ body: { view } }), ' by view'),
  probe(queryCandidates, ({ customer }) => ({ body: { quotaId: own.quota, customerIds: [customer] } }), ' of a customer'),
  probe(queryCouponRecords, ({ customer: customerId }) => ({ body: { filter: { customerId } } }), ' of a customer'), probe(queryCouponRecords, ({ manager: operatorId }) => ({ body: { filter: { operatorId } } }), ' of an operator'),
  probe(queryQuotas, ({ quotaNumber: number }) => ({ body: { filter: { number } } }), ' of a number'), probe(findObjects, ({ couponNumber: text }) => ({ body: { text } }), ' a coupon'), probe(findObjects, ({ quotaNumber: text }) => ({ body: { text } }), ' a quota'),
  probe(createExport, ({ view }) => ({ body: { request: { content: 'coupons' as const, view }, language: 'en-US' as const } }), ' of coupons, by view'),
  ...sideProbes(own),
]
/** What partners of another type are asked, by whoever stands there for the person. */
function sideProbes(own: Ids): Probe[] {
  const at = (side: keyof World['sides'], { ask, ...rest }: Probe): Probe => ({ ...rest, ask: (client, ids) => ask(standIn(mine, mine.sides[side], client), ids) })
  return [
    ...[
      probe(removeFromWhitelist, ({ entry: id }) => ({ params: { id } })), probe(queryWhitelistPreview, ({ preview: id }) => ({ params: { id }, body: {} })), probe(importWhitelist, ({ preview: previewId }) => ({ body: { previewId } })),
      probe(revealFields, ({ entry }) => ({ body: { subject: 'whitelist' as const, ids: [own.entry, entry], fields: ['name' as const], page: '/coupons/whitelist' } }), ', whitelist'),
    ].map((one) => at('subsidy', one)),
    ...[
      probe(issueQuotas, ({ share }) => shareOf(share, [[own.reseller, '1.00']])), probe(issueQuotas, ({ reseller }) => shareOf(own.share, [[own.reseller, '1.00'], [reseller, '1.00']]), ', batch'),
      probe(reclaimQuotas, ({ shared }) => ({ body: { quotaIds: [own.shared, shared] } }), ', batch'), probe(expectQuotaReclaim, ({ shared }) => ({ body: { quotaIds: [own.shared, shared] } })),
      probe(queryResellers, ({ reseller }) => ({ body: { resellerIds: [reseller] } }), ' of a reseller'), probe(queryIssuedQuotas, ({ reseller: resellerId }) => ({ body: { filter: { resellerId } } }), ' of a reseller'),
      probe(queryIssuedQuotas, ({ sharedNumber: number }) => ({ body: { filter: { number } } }), ' of a number'), probe(queryIssuedQuotas, ({ shareNumber: quotaNumber }) => ({ body: { filter: { quotaNumber } } }), ' of a quota'),
      probe(revealFields, ({ reseller }) => ({ body: { subject: 'reseller' as const, ids: [own.reseller, reseller], fields: ['name' as const], page: '/coupons/issued-quotas' } }), ', resellers'),
    ].map((one) => at('distributor', one)),
  ]
}
const unknown = (): Ids => ({ customer: randomUUID(), number: '1', unassigned: randomUUID(), adjustment: randomUUID(), lot: randomUUID(), logEntry: randomUUID(), exportTask: randomUUID(), view: randomUUID(), session: randomUUID(), proof: randomUUID(), authenticator: randomUUID(), manager: randomUUID(), role: randomUUID(), prospect: randomUUID(), invitation: randomUUID(), link: randomUUID(), peer: randomUUID(), handover: randomUUID(), handoverNumber: 'HO000000999999', tomorrow: '2026-01-01', change: randomUUID(), licence: randomUUID(), file: randomUUID(), specialist: randomUUID(), quota: randomUUID(), quotaNumber: 'CQ000000999999', coupon: randomUUID(), couponNumber: 'CP000000999999', statement: randomUUID(), statementNumber: 'IS000000999999', incentiveLine: randomUUID(), business: randomUUID(), payment: randomUUID(), paymentNumber: 'PR000000999999', payable: randomUUID(), entry: randomUUID(), preview: randomUUID(), share: randomUUID(), shareNumber: 'CQ000000999998', shared: randomUUID(), sharedNumber: 'CQ000000999997', reseller: randomUUID() })
/** What may differ between two answers to the same question: the request's id and the time. */
const same = ({ status, text }: Answer) => `${status} ${text.replace(/"requestId":"[^"]*"/, '').replace(/"asOf":"[^"]*"/, '')}`

/** Everything of a partner, so that any effect on it shows. */
const stateOf = async ({ partner, sides: { subsidy, distributor } }: World) => await app.database.inTenant([partner.id, subsidy.partner.id, distributor.partner.id], async (tx) => {
  const { rows } = await tx.raw(`select md5(string_agg(t::text, '|' order by t::text)) as hash from (
    select c::text as t from customers c union all select a::text from accounts a union all select p::text from proofs p union all select x::text from export_tasks x union all select l::text from log_entries l union all select r::text from request_keys r
    union all select o::text from prospects o union all select i::text from invitations i union all select k::text from invite_links k union all select m::text from members m union all select u::text from set_ups u union all select s::text from assignments s union all select h::text from handovers h union all select w::text from handover_customers w union all select g::text from company_changes g union all select y::text from files y union all select z::text from customer_contacts z union all select e::text from authenticators e union all select v::text from specialists v union all select q::text from coupon_quotas q union all select k::text from coupons k union all select d::text from coupon_records d union all select w::text from coupon_whitelists w union all select e::text from coupon_whitelist e union all select w::text from whitelist_previews w union all select n::text from incentive_statements n union all select q::text from incentive_lines q union all select b::text from incentive_feedbacks b union all select f::text from incentive_freezes f union all select b::text from businesses b union all select b::text from business_submissions b union all select r::text from payment_requests r union all select i::text from payment_items i
    union all select s::text from payment_steps s union all select v::text from incentive_invoices v union all select n::text from invoice_numbers n) all_rows`)
  return JSON.stringify(rows)
})

test('an id of another partner answers like one that nobody has, wherever an id is taken, and has no effect there', async () => {
  const before = await stateOf(foreign)
  for (const { name, ask } of probes(mine.ids)) {
    const [theirs, nobodys] = [await ask(mine.people.administrator, foreign.ids), await ask(mine.people.administrator, unknown())]
    expect([name, same(theirs)]).toEqual([name, same(nobodys)])
    // Filters and searches find nothing; a lot is refused beside the other rows; whatever is named directly does not exist.
    expect([name, theirs.status]).toEqual([name, / (of|an|a) \w+$/.test(name) ? (name.endsWith(' from a lot') ? 409 : 200) : 404])
    expect([name, theirs.text.includes(foreign.ids.customer)]).toEqual([name, false])
  }
  expect(await stateOf(foreign)).toBe(before)
})

test('every endpoint that takes an id in its path was asked', () => {
  const asked = new Set(probes(mine.ids).map(({ endpoint }) => endpoint?.path))
  const withId = createApi(app.deps, features).mounted.map(({ endpoint }) => endpoint.path).filter((path) => path.includes(':id'))
  expect(withId.filter((path) => !asked.has(path))).toEqual([])
})

test('a customer outside the manager’s own answers like one that nobody has', async () => {
  const outside = { ...mine.ids, customer: mine.ids.unassigned }
  for (const { name, ask } of probes(mine.ids).filter(({ name: asked }) => /customers\/:id|targets|reveals/.test(asked))) {
    const [theirs, nobodys] = [await ask(mine.people.manager, outside), await ask(mine.people.manager, unknown())]
    expect([name, same(theirs)]).toEqual([name, same(nobodys)])
  }
})

test('nobody learns from the time an answer takes whether an id belongs to somebody else', async () => {
  const reads = probes(mine.ids).filter(({ name }) => /^GET|lots\/query|\/check|\/send/.test(name))
  for (const { name, ask } of reads) {
    const apart = await timeApart(60, () => ask(mine.people.administrator, foreign.ids), () => ask(mine.people.administrator, unknown()))
    expect([name, apart < 10]).toEqual([name, true])
  }
})

test('whatever only reads changes nothing of what it reads', async () => {
  const before = await stateOf(mine)
  for (const { endpoint, send } of readsOf(mine)) {
    expect([endpoint.path, (await send(mine.people.administrator)).status, await stateOf(mine)]).toEqual([endpoint.path, 200, before])
    const path = endpoint.path.replace(':id', mine.ids.customer)
    for (const method of ['HEAD', 'OPTIONS']) await app.request(path, { method, headers: { cookie: `session=${mine.people.administrator.token}` } })
    expect([endpoint.path, await stateOf(mine)]).toEqual([endpoint.path, before])
  }
})

/** Every field of an answer, without its value: `items[].manager.id`. */
function fieldsIn(value: unknown, at = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => fieldsIn(item, `${at}[]`))
  if (typeof value === 'object' && value !== null) return Object.entries(value).flatMap(([key, field]) => fieldsIn(field, at === '' ? key : `${at}.${key}`))
  return [at]
}

test('each role gets exactly the fields that are written down', async () => {
  const sections = new Map<string, Map<string, string[]>>()
  for (const { endpoint, send } of readsOf(mine)) {
    const name = `${endpoint.method} ${endpoint.path}`
    const byFields = sections.get(name) ?? new Map<string, string[]>()
    sections.set(name, byFields)
    for (const role of roles) {
      const { status, body } = await send(mine.people[role])
      const fields = status === 200 ? [...new Set(fieldsIn(body))].toSorted().join('\n  ') : `refused with ${status}`
      byFields.set(fields, [...new Set([...(byFields.get(fields) ?? []), role])])
    }
  }
  const text = [...sections].map(([name, byFields]) => `${name}\n${[...byFields].map(([fields, who]) => ` ${who.join(', ')}\n  ${fields}\n`).join('')}`).join('\n')
  await expect(text).toMatchFileSnapshot('./answers-by-role.txt')
})
