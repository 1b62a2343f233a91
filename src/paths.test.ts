import { matchRoutes } from 'react-router'
import { expect, test } from 'vitest'
import { fundsFormIds, paths } from './paths.ts'
import { routes } from './routes.tsx'

const id = '7f3a1c52-8d0e-4f6b-9a77-2f1de0c4b511'
const built = {
  home: paths.home(), signIn: paths.signIn('/customers?page=2'), setUp: paths.setUp(), customers: paths.customers({ state: 'NORMAL' }), customer: paths.customer(id, 'funds'),
  allocate: paths.allocate({ ids: [id] }), allocateOverCustomer: paths.allocate({ ids: [id], over: 'customer', keep: 'tab=funds' }),
  reclaim: paths.reclaim({ ids: [id], lot: id }), reclaimOverCustomer: paths.reclaim({ ids: [id], over: 'customer' }),
  funds: paths.funds(), adjustments: paths.adjustments({ kind: 'allocate' }), adjustment: paths.adjustment(id), transactions: paths.transactions(),
  coupons: paths.coupons({ kind: 'CASH' }), couponsIssued: paths.couponsIssued({ open: id }), couponRecords: paths.couponRecords(),
  issueCoupons: paths.issueCoupons({ kind: 'VOUCHER', quota: id }), issueToCustomers: paths.issueCoupons({ ids: [id], over: 'customers' }), issueToCustomer: paths.issueCoupons({ ids: [id], over: 'customer' }), issueOverIssued: paths.issueCoupons({ over: 'issued' }),
  reclaimCoupons: paths.reclaimCoupons({ kind: 'VOUCHER', ids: [id], over: 'issued' }), reclaimCouponsOverCustomer: paths.reclaimCoupons({ ids: [id], over: 'customer' }, id),
  couponWhitelist: paths.couponWhitelist(), issuedQuotas: paths.issuedQuotas(), issueQuota: paths.issueQuota({ quota: id }), reclaimQuota: paths.reclaimQuota({ ids: [id] }),
  exports: paths.exports(), operationLog: paths.operationLog(), revealRecords: paths.revealRecords(), profile: paths.profile('account'), authenticators: paths.authenticators(),
  development: paths.development({ state: 'REPORTED' }), invites: paths.invites({ tab: 'links' }), invite: paths.invite(), mySignIn: paths.mySignIn(),
  assignments: paths.assignments({ tab: 'history', managerId: id }), managed: paths.managed(id), assign: paths.assign({ ids: [id] }), assignOverCustomer: paths.assign({ ids: [id], over: 'customer' }),
  incentives: paths.incentives({ tab: 'lines' }), incentive: paths.incentive(id, { bar: 'tax' }), incentiveProjects: paths.incentiveProjects(), incentiveQuarters: paths.incentiveQuarters(),
  incentivePayments: paths.incentivePayments({ do: 'request', ids: id }), incentiveInvoices: paths.incentiveInvoices(), business: paths.business(), invoiceList: paths.invoiceList('00000000-0000-4000-8000-000000000000'),
  members: paths.members({ open: id }), roles: paths.roles({ open: id }), forgotten: paths.forgotten(), myPartner: paths.myPartner(), mySpecialist: paths.mySpecialist(), specialists: paths.specialists({ state: 'BOUND' }), signedInHere: paths.signedInHere(), cases: paths.cases({ state: 'APPROVED' }), agreements: paths.agreements(), contacts: paths.profile('contacts'),
}

test.each(Object.entries(built))('the address of %s opens a page, not the page for unknown addresses', (_, address) => {
  const leaf = matchRoutes(routes, address)?.at(-1)
  expect(leaf).toBeDefined()
  expect(leaf?.route.path).not.toBe('*')
})

test('every kind of address is tested here', () => {
  for (const name of Object.keys(paths)) expect(Object.keys(built)).toContain(name)
})

test('the customers of a batch come out of the address as they went in, and the list below keeps its filters', () => {
  const ids = [id, '00000000-0000-4000-8000-000000000001']
  const search = new URL(paths.allocate({ ids, keep: 'state=NORMAL&page=2' }), 'https://console.test').searchParams
  expect(fundsFormIds(search)).toEqual(ids)
  expect(search.get('state')).toBe('NORMAL')
  expect(search.get('page')).toBe('2')
})
