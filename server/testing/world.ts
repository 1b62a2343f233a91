import { randomUUID } from 'node:crypto'
import { getAssignmentChoices, planHandover, previewAssignment, previewHandover, queryAssigned, queryAssignments, queryHandovers, queryManagers } from '#contract/assignments.ts'
import { getQuota, getQuotaChoices, issueCoupons, queryCandidates, queryQuotas } from '#contract/coupons.ts'
import { expectReclaim, getCoupon, getCouponChoices, queryCouponRecords, queryCoupons } from '#contract/coupons-issued.ts'
import { getBusiness } from '#contract/business.ts'
import { getCompany, getCustomerBills, getCustomerContacts, getCustomerNotices, listAgreements, putCustomerContacts, queryCases, queryCompanyChanges, submitCompanyChange } from '#contract/company.ts'
import { getCustomer, getCustomerChoices, listLots, putCustomerTag, queryCustomers } from '#contract/customers.ts'
import { queryWhitelist, queryWhitelistPreview } from '#contract/coupon-whitelist.ts'
import type { Endpoint, Input } from '#contract/endpoint.ts'
import { createExport, queryExports } from '#contract/exports.ts'
import { allocateFunds, getAccounts, getAdjustment, getFundsTargets, queryAdjustments, queryTransactions, reclaimFunds } from '#contract/funds.ts'
import { getHome } from '#contract/home.ts'
import { getInvoice, getInvoiceList, queryInvoices } from '#contract/incentive-invoices.ts'
import { getAutomaticPayment, getPayment, getRequestable, listQuarters, queryPayments } from '#contract/incentive-payments.ts'
import { createFeedback, getIncentiveChoices, getIncentiveOverview, getLine, getStatement, queryFreezes, queryLines, queryStatements } from '#contract/incentives.ts'
import { getInvitation, getInviteChoices, getInviteDesk, queryInvitations, queryLinks } from '#contract/invites.ts'
import { getMember, queryMembers } from '#contract/members.ts'
import { Amount } from '#contract/money.ts'
import { getLogChoices, getLogEntry, queryLog, queryRevealRecords } from '#contract/operation-log.ts'
import type { Role } from '#contract/people.ts'
import { getBudgetQuota, getProfile } from '#contract/profile.ts'
import { getProspect, queryProspects } from '#contract/prospects.ts'
import { expectQuotaReclaim, queryIssuedQuotas, queryResellers } from '#contract/reseller-quotas.ts'
import { revealFields } from '#contract/reveals.ts'
import { createRole, listRoles } from '#contract/roles.ts'
import { findObjects } from '#contract/search.ts'
import { listAuthenticators } from '#contract/security.ts'
import { getPreferences, getSession, getSignInWays, listSignIns } from '#contract/session.ts'
import { getQualifications, querySpecialists } from '#contract/specialists.ts'
import { sql } from '#server/db/query.ts'
import { insertFile } from '#server/operations/documents.ts'
import { freezeUnpaid } from '#server/operations/incentive-freezes.ts'
import { buildExport } from '#server/operations/exports-build.ts'
import type { Client, TestApp, TestPartner } from './app.ts'
import { certifyEntered } from './business.ts'
import { enterCompany } from './company.ts'
import { check, send } from './confirm.ts'
import { dayAhead, grant, issueOf, spend } from './coupons.ts'
import { newStatement, toldOf } from './incentives.ts'
import { decide, request, statement } from './payouts.ts'
import { firstApp } from './soft-authenticators.ts'
import { licenceCode, png } from './files.ts'
import { boundSpecialist } from './specialists.ts'
import { customLink, mailInvite } from './visitor.ts'
import { newSides, type Side, type SideIds, type Sides } from './world-sides.ts'

/** What nobody but the answer to a reveal may ever say: each value is looked for as it stands here. */
export const marks = {
  customer: '云梯孪生数据', account: 'markeraccount', mobile: '3877665', email: 'arkerbox@', administrator: '记号甲', director: '记号乙', manager: '记号丙', operator: '记号丁', own: '3655443', ownEmail: 'ersonmark', bank: '55912345610', address: '科创大厦6层', reseller: '渠湾双生数据',
}
/** A person of each role, one with a custom role, and one with two roles. */
export type Persona = Role | 'custom role' | 'manager and operator'
export const roles: readonly Persona[] = ['administrator', 'director', 'manager', 'operator', 'custom role', 'manager and operator']

export type Ids = { customer: string; number: string; unassigned: string; adjustment: string; lot: string; logEntry: string; exportTask: string; view: string; session: string; proof: string; authenticator: string; manager: string; role: string; prospect: string; invitation: string; link: string; peer: string; handover: string; handoverNumber: string; tomorrow: string; change: string; licence: string; file: string; specialist: string; quota: string; quotaNumber: string; coupon: string; couponNumber: string; statement: string; statementNumber: string; incentiveLine: string; business: string; payment: string; paymentNumber: string; payable: string } & SideIds
export type World = { partner: TestPartner; people: Record<Persona, Client>; /** What only partners of another type have. */ sides: Sides; ids: Ids }

/** A partner with everything in it: a person of each role, customers and prospects with marked data, a link, moved money, lots, reveals, an export, an open proof. */
export async function newWorld(app: TestApp): Promise<World> {
  const partner = await app.newPartner({ topUp: 100_000_00n, credit: 50_000_00n })
  const { admin } = partner
  await app.inTenant(partner.id, (tx) => tx.run(sql`update members set name = ${`郑${marks.administrator}`}, mobile = '+86136554433' || right(mobile, 2), email = 'personmark' || right(mobile, 3) || '@partner.example' where partner_id = ${partner.id}`))
  const director = await partner.addMember({ role: 'director', name: `郑${marks.director}`, mobile: '+8613655443301', email: 'personmark01@partner.example' })
  const manager = await partner.addMember({ role: 'manager', directorId: director.memberId, name: `郑${marks.manager}`, mobile: '+8613655443302', email: 'personmark02@partner.example' })
  const operator = await partner.addMember({ role: 'operator', name: `郑${marks.operator}`, mobile: '+8613655443303', email: 'personmark03@partner.example' })
  const { body: role } = await admin.call(createRole, { body: { name: '区域专员', description: '', permissions: ['customer.view', 'log.view', 'org.view', 'data.export'] } })
  const custom = await partner.addMember({ customRoleIds: [role.id], name: `郑${marks.operator}`, mobile: '+8613655443304', email: 'personmark04@partner.example' })
  const both = await partner.addMember({ roles: ['manager', 'operator'], name: `郑${marks.manager}`, mobile: '+8613655443305', email: 'personmark05@partner.example' })
  const data = { name: `北岸${marks.customer}有限公司`, accountName: `zq${marks.account}01`, mobile: '+8613877665544', email: 'markerbox@clear.example', held: 100n, unsettled: 50n, arrears: 10n }
  const customer = await app.addCustomer(partner.id, { ...data, managerId: manager.memberId })
  const second = await app.addCustomer(partner.id, { ...data, name: `南岸${marks.customer}股份公司`, accountName: `zq${marks.account}02`, managerId: manager.memberId })
  const unassigned = await app.addCustomer(partner.id, { ...data, associationType: 'REFERRAL' })

  const items = [customer, second].map(({ id }) => ({ customerId: id, amount: Amount.parse('200.00') }))
  await move(app, admin, allocateFunds, { body: { from: 'top-up', items } })
  app.travel(61)
  await move(app, admin, allocateFunds, { body: { from: 'credit', items: items.slice(0, 1) } })
  app.travel(61)
  await move(app, admin, reclaimFunds, { body: { items: [{ customerId: customer.id, amount: Amount.parse('20.00') }] } })
  app.travel(61)
  const coupons = await newCoupons(app, partner, [customer.id, second.id])
  await admin.call(putCustomerTag, { params: { id: customer.id }, body: { tag: '重点' } })
  for (const person of [admin, director, manager]) await person.call(revealFields, { body: { subject: 'customer', ids: [customer.id], fields: ['name', 'mobile'], page: '/customers' } })
  const found = await admin.call(queryCustomers, { body: { lookup: { name: marks.customer, mobile: '13877665544', email: 'markerbox@clear.example' } } })
  const task = await admin.call(createExport, { body: { request: { content: 'customers', lookup: { name: marks.customer } }, language: 'zh-CN' } })
  await buildExport(app.database, { partnerId: partner.id, exportId: task.body.id }, (error) => { throw error })
  const invited = await mailInvite(app, partner, { managerId: manager.memberId, name: `东岸${marks.customer}公司`, mobile: `+86138776655${String(worlds += 1).padStart(2, '0')}`, email: 'markerbox@clear.example' })
  const company = await newCompany(app, partner)
  const specialist = await boundSpecialist(app, partner, { name: `郑${marks.manager}`, mobile: `+86138776656${String(worlds).padStart(2, '0')}`, account: `zq${marks.account}s${worlds}` })
  const incentives = await newIncentives(app, partner, manager, customer.id)
  const payouts = await newPayouts(app, partner)
  const { sides, sideIds } = await newSides(app, { company: marks.customer, reseller: marks.reseller, account: `zq${marks.account}w${worlds}` })
  const link = await customLink(manager, 'REFERRAL', '展会')
  const peer = await partner.addMember({ role: 'manager', directorId: director.memberId, name: `郑${marks.manager}` })
  const tomorrow = await app.inTenant(partner.id, async (_tx, now) => new Date(now.getTime() + 32 * 3_600_000).toISOString().slice(0, 10))
  const { body: handover } = await admin.call(planHandover, { body: { fromId: manager.memberId, toId: peer.memberId, day: tomorrow, customers: { which: 'these', ids: [second.id] }, tellCustomers: true } })
  const authenticator = await firstApp(app, admin)
  const { problem } = await admin.call(allocateFunds, { body: { from: 'top-up', items: items.slice(0, 1) } })
  const one = <T>(rows: readonly T[]): T => {
    const [first] = rows
    if (first === undefined) throw new Error('the world lacks something')
    return first
  }
  return {
    partner, people: { administrator: admin, director, manager, operator, 'custom role': custom, 'manager and operator': both }, sides,
    ids: {
      customer: customer.id, number: customer.number, unassigned: unassigned.id, manager: manager.memberId, role: role.id,
      adjustment: one((await admin.call(queryAdjustments, { body: { filter: { customerId: customer.id } } })).body.items).id,
      lot: one((await admin.call(listLots, { params: { id: customer.id }, body: {} })).body.items).id,
      logEntry: one((await admin.call(queryLog, { body: { filter: { operation: 'funds.allocate' } } })).body.items).id,
      exportTask: task.body.id, view: found.body.view ?? '', session: admin.sessionId, proof: problem.proof?.proofId ?? '', authenticator: authenticator.id,
      prospect: invited.prospectId, invitation: invited.id, link: link.id, peer: peer.memberId, handover: handover.id, handoverNumber: handover.number, tomorrow, specialist, ...company, ...coupons, ...incentives, ...payouts, ...sideIds,
    },
  }
}

/** A company with a change under review, a licence that waits, contacts, a case and an agreement with its document. */
async function newCompany(app: TestApp, { id, admin }: TestPartner): Promise<Pick<Ids, 'change' | 'licence' | 'file'>> {
  await enterCompany(app, id)
  const keep = (kind: 'licence' | 'case' | 'agreement', isKept: boolean) => app.inTenant(id, (tx, now) => insertFile(tx, now, { partnerId: id, kind, name: 'paper.png', document: { type: 'image/png', content: png(4, 4) }, byId: admin.memberId, isKept }))
  const [licence, material, file] = [await keep('licence', false), await keep('case', true), await keep('agreement', true)]
  await app.inTenant(id, async (tx, now) => {
    const caseId = randomUUID()
    await tx.run(sql`insert into cases (partner_id, id, name, kind, submitted_at, state, reason) values (${id}::uuid, ${caseId}::uuid, '港口数据平台', 'role', ${now}::timestamptz, 'REJECTED', '材料不全')`)
    await tx.run(sql`insert into case_materials (partner_id, case_id, file_id) values (${id}::uuid, ${caseId}::uuid, ${material}::uuid)`)
    await tx.run(sql`insert into partner_agreements (partner_id, id, name, version, signed_at, signed_by, valid_to, file_id) values (${id}::uuid, ${randomUUID()}::uuid, '合作协议', '3.0', ${now}::timestamptz, '沈若溪', '2027-12-31', ${file}::uuid)`)
  })
  await admin.call(putCustomerContacts, { body: { items: [{ name: '服务台', mobile: '13900000000', email: '', remark: '工作日' }], version: 0 } })
  const { data } = (await admin.call(getCompany, {})).body
  const { body } = await admin.call(submitCompanyChange, { body: { data: { ...data, phone: '0755-26889999' } } })
  return { change: body.id, licence, file }
}

/** A quota with a coupon for each of the customers, of which the first has paid a part. */
async function newCoupons(app: TestApp, { id, admin }: TestPartner, customerIds: string[]): Promise<Pick<Ids, 'quota' | 'quotaNumber' | 'coupon' | 'couponNumber'>> {
  const quota = await grant(app, id)
  await move(app, admin, issueCoupons.VOUCHER, issueOf({ quotaId: quota.id, validUntil: await dayAhead(app, id, 5), customerIds, remark: '展会赠送' }))
  app.travel(61)
  const [coupon] = (await admin.call(queryCoupons, { body: { filter: { customerId: customerIds[0] ?? '' } } })).body.items
  if (!coupon) throw new Error('the world lacks a coupon')
  await spend(app, id, coupon.number, 10_00n)
  return { quota: quota.id, quotaNumber: quota.number, coupon: coupon.id, couponNumber: coupon.number }
}

/** A statement that waits, with a line of the customer that is frozen and has feedback of its account manager. */
async function newIncentives(app: TestApp, partner: TestPartner, manager: Client, customerId: string): Promise<Pick<Ids, 'statement' | 'statementNumber' | 'incentiveLine'>> {
  const { id, number, lineIds: [line = ''] } = await newStatement(app, partner, { lines: [{ customerId, reseller: `西岸${marks.customer}经销公司` }, {}] })
  await app.inTenant(partner.id, (tx, now) => freezeUnpaid(tx, now, toldOf(partner), { customerId, period: '2026-10', explanation: '客户消费未支付' }))
  await manager.call(createFeedback, { params: { id: line }, body: { opinion: '比例不符' } })
  return { statement: id, statementNumber: number, incentiveLine: line }
}

/** Certified business information, a request that awaits its invoice, and two statements that can be requested, one of them by quarter. */
async function newPayouts(app: TestApp, partner: TestPartner): Promise<Pick<Ids, 'business' | 'payment' | 'paymentNumber' | 'payable'>> {
  await certifyEntered(app, partner, undefined, { company: { creditCode: licenceCode, address: `广东省深圳市南山区云港路18号${marks.address}`, contactName: `郑${marks.operator}`, contactMobile: '13877665544' } })
  const { body } = await request(partner, [await statement(app, partner)], 'BANK_TRANSFER', 100_00n)
  await decide(app, partner, 'payment:approve', body)
  await statement(app, partner, { kind: 'project', period: '2026-04' })
  const { id: payable } = await statement(app, partner)
  return { business: (await partner.admin.call(getBusiness, {})).body.id ?? '', payment: body.id, paymentNumber: body.number, payable }
}

let worlds = 0

/** Confirms with a code what moves money. */
async function move<E extends typeof allocateFunds | typeof reclaimFunds | typeof issueCoupons.VOUCHER>(app: TestApp, client: Client, endpoint: E, input: Input<E>): Promise<void> {
  const { problem } = await client.call(endpoint, input)
  const proof = problem.proof?.proofId ?? ''
  await check(client, proof, await send(app, client, proof))
  const { status, text } = await client.call(endpoint, input, { proof })
  if (status !== 200) throw new Error(text)
}

type Call = { endpoint: Endpoint; send(client: Client): Promise<{ status: number; text: string; body: unknown }> }
const call = <E extends Endpoint>(endpoint: E, input: Input<E>): Call => ({ endpoint, send: (client) => client.call(endpoint, input) })

/** @returns who stands on another side for one of the world's people: whoever has its role there; for a custom role or two roles the operator, who has least. */
export function standIn({ people }: World, { people: there }: Side, client: Client): Client {
  const role = roles.find((one) => people[one] === client)
  return role === undefined || role === 'custom role' || role === 'manager and operator' ? there.operator : there[role]
}

/** Every endpoint that only reads, asked so that it finds something. */
export const readsOf = (world: World): Call[] => [...ownReads(world), ...sideReads(world)]

function sideReads(world: World): Call[] {
  const { ids, sides: { subsidy, distributor } } = world
  const at = <E extends Endpoint>(side: Side, endpoint: E, input: Input<E>): Call => ({ endpoint, send: (client) => standIn(world, side, client).call(endpoint, input) })
  return [
    at(subsidy, queryWhitelist, { body: { lookup: { name: marks.customer } } }), at(subsidy, queryWhitelistPreview, { params: { id: ids.preview }, body: {} }),
    at(distributor, queryResellers, { body: { lookup: { name: marks.reseller } } }), at(distributor, queryIssuedQuotas, { body: { lookup: { name: marks.reseller } } }),
    at(distributor, expectQuotaReclaim, { body: { quotaIds: [ids.shared] } }),
  ]
}

const ownReads = ({ ids }: World): Call[] => [
  call(getSession, {}), call(getSignInWays, {}), call(listSignIns, {}), call(getPreferences, {}), call(getProfile, {}), call(getBudgetQuota, {}), call(listAuthenticators, {}), call(getHome, {}), call(getCustomerChoices, {}), call(getAccounts, {}), call(getLogChoices, {}),
  call(queryCustomers, { body: { lookup: { name: marks.customer, mobile: '13877665544', email: 'markerbox@clear.example' }, pageSize: 100 } }),
  call(queryCustomers, { body: { view: ids.view } }), call(getCustomer, { params: { id: ids.customer } }), call(listLots, { params: { id: ids.customer }, body: {} }),
  call(getFundsTargets, { body: { customerIds: [ids.customer] } }), call(queryAdjustments, { body: { counterparty: marks.customer, pageSize: 100 } }), call(getAdjustment, { params: { id: ids.adjustment } }),
  call(queryTransactions, { body: { pageSize: 100 } }), call(queryTransactions, { body: { filter: { account: 'credit' } } }),
  call(queryLog, { body: { pageSize: 100 } }), call(getLogEntry, { params: { id: ids.logEntry } }), call(queryRevealRecords, { body: { pageSize: 100 } }),
  call(queryExports, { body: {} }), call(findObjects, { body: { text: ids.number } }), call(findObjects, { body: { text: ids.adjustment } }),
  call(queryProspects, { body: { lookup: { name: marks.customer, email: 'markerbox@clear.example' }, pageSize: 100 } }), call(getProspect, { params: { id: ids.prospect } }),
  call(queryInvitations, { body: { lookup: { name: marks.customer, email: 'markerbox@clear.example' }, pageSize: 100 } }), call(getInvitation, { params: { id: ids.invitation } }),
  call(queryManagers, { body: {} }), call(getAssignmentChoices, {}), call(queryAssigned, { params: { id: ids.manager }, body: { lookup: { name: marks.customer, email: 'markerbox@clear.example' } } }),
  call(queryAssignments, { body: { pageSize: 100 } }), call(previewAssignment, { body: { customerIds: [ids.customer, ids.unassigned] } }), call(queryHandovers, { body: {} }), call(querySpecialists, { body: { lookup: { name: marks.manager } } }), call(getQualifications, { params: { id: ids.specialist } }), call(findObjects, { body: { text: ids.handoverNumber } }),
  call(previewHandover, { body: { fromId: ids.manager, toId: ids.peer, day: ids.tomorrow, customers: { which: 'all', except: [] }, tellCustomers: false } }),
  call(queryMembers, { body: { lookup: { name: marks.manager, mobile: '3302' }, pageSize: 100 } }), call(getMember, { params: { id: ids.manager } }), call(listRoles, {}),
  call(getCompany, {}), call(queryCompanyChanges, { body: {} }), call(getCustomerContacts, {}), call(queryCases, { body: {} }), call(listAgreements, {}), call(getCustomerNotices, {}), call(getCustomerBills, {}),
  call(queryQuotas, { body: {} }), call(getQuota, { params: { id: ids.quota } }), call(getQuotaChoices, { query: { kind: 'VOUCHER' } }), call(queryCandidates, { body: { quotaId: ids.quota, lookup: { name: marks.customer } } }), call(getCouponChoices, {}),
  call(queryCoupons, { body: { lookup: { name: marks.customer, mobile: '13877665544' }, pageSize: 100 } }), call(getCoupon, { params: { id: ids.coupon } }), call(expectReclaim, { body: { couponIds: [ids.coupon] } }), call(queryCouponRecords, { body: { party: marks.customer } }),
  call(findObjects, { body: { text: ids.couponNumber } }), call(findObjects, { body: { text: ids.quotaNumber } }),
  call(getIncentiveOverview, {}), call(getIncentiveChoices, {}), call(queryStatements, { body: { pageSize: 100 } }), call(getStatement, { params: { id: ids.statement } }), call(queryFreezes, { body: {} }), call(getLine, { params: { id: ids.incentiveLine } }),
  call(queryLines, { body: { lookup: { name: marks.customer, mobile: '13877665544' }, reseller: marks.customer } }), call(findObjects, { body: { text: ids.statementNumber } }),
  call(getBusiness, {}), call(getRequestable, {}), call(queryPayments, { body: {} }), call(getPayment, { params: { id: ids.payment } }), call(getAutomaticPayment, {}), call(listQuarters, {}),
  call(queryInvoices, { body: {} }), call(getInvoice, { params: { id: ids.payment } }), call(getInvoiceList, { params: { id: ids.payment } }), call(findObjects, { body: { text: ids.paymentNumber } }),
  call(queryLinks, { body: {} }), call(getInviteDesk, {}), call(getInviteChoices, {}),
]
