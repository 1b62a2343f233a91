import type { RouteObject } from 'react-router'
import { ErrorPage } from '#src/components/ErrorPage.tsx'
import { NotFound } from '#src/components/NotFound.tsx'
import { loadFrame, loadRest, loadTextsOf } from '#src/i18n/i18n.ts'
import { requireSession } from '#src/session/require-session.ts'

/** What waits for all texts. Only the customer list opens without: it is what most people wait for first. */
const withTexts = { loader: async () => { await loadRest(); return null }, shouldRevalidate: () => false }
/** The pages of members, roles and specialists, whose texts the others do not load. */
const withPeople = { loader: async () => { await loadTextsOf('people'); return null }, shouldRevalidate: () => false }

/** The pages of the company and of what it settles for its customers. */
const withPartner = { loader: async () => { await loadTextsOf('partner'); return null }, shouldRevalidate: () => false }
/** The profile besides has the words for how the person confirms. */
const withProfile = { loader: async () => { await loadTextsOf('partner', 'confirming'); return null }, shouldRevalidate: () => false }

/** The pages of coupons and what opens with their words over other pages. */
const withCoupons = { loader: async () => { await loadTextsOf('couponPages'); return null }, shouldRevalidate: () => false }
const issueCoupons = (): RouteObject => ({ path: 'issue-coupons', ...withCoupons, lazy: { Component: async () => (await import('#src/features/coupons/IssueModal.tsx')).IssueModal } })
const reclaimCoupons = (): RouteObject => ({ path: 'reclaim-coupons', ...withCoupons, lazy: { Component: async () => (await import('#src/features/coupons/ReclaimModal.tsx')).ReclaimModal } })

/** The pages of incentives. */
const withIncentives = { loader: async () => { await loadTextsOf('incentivePages'); return null }, shouldRevalidate: () => false }
/** The pages about how incentives are paid. */
const withPayouts = { loader: async () => { await loadTextsOf('payouts'); return null }, shouldRevalidate: () => false }

/** The forms over a list or a customer's page. They are routes, so that they can be linked and Back closes them. Made anew for each parent:
 *  the router empties a route's `lazy` once it has loaded, which would leave the other parent's route without its component. */
const customerForms = (): RouteObject[] => [
  { path: 'allocate', ...withTexts, lazy: { Component: async () => (await import('#src/features/funds/AllocateModal.tsx')).AllocateModal } },
  { path: 'reclaim', ...withTexts, lazy: { Component: async () => (await import('#src/features/funds/ReclaimModal.tsx')).ReclaimModal } },
  { path: 'assign', ...withTexts, lazy: { Component: async () => (await import('#src/features/assignments/AssignModal.tsx')).AssignModal } },
  issueCoupons(),
]

/** Every screen of the console. Each page is loaded when it is opened; an id that begins with `page:` marks what moves the focus. */
export const routes: RouteObject[] = [
  // The pages before the router; Back to one of them loads it anew.
  ...['/sign-in', '/set-up', '/forgotten', '/invite', '/my/sign-in', '/my/partner', '/my/specialist'].map((path) => ({ path, loader: () => { location.reload(); return new Promise<null>(() => undefined) } })),
  {
    ErrorBoundary: ErrorPage,
    loader: requireSession,
    shouldRevalidate: () => false,
    lazy: {
      Component: async () => {
        const [{ AppLayout }] = await Promise.all([import('#src/layout/AppLayout.tsx'), loadFrame()])
        return AppLayout
      },
    },
    children: [{
      ErrorBoundary: ErrorPage,
      children: [
        { id: 'page:customers', path: '/customers', shouldRevalidate: () => false, lazy: { Component: async () => (await import('#src/features/customers/CustomersPage.tsx')).CustomersPage, loader: async () => (await import('#src/features/customers/first-view.ts')).awaitFirstView }, children: customerForms() },
        { ...withTexts, children: [
          { id: 'page:home', path: '/', lazy: { Component: async () => (await import('#src/features/home/HomePage.tsx')).HomePage } },
          { id: 'page:development', path: '/customers/development', lazy: { Component: async () => (await import('#src/features/development/DevelopmentPage.tsx')).DevelopmentPage } },
          { id: 'page:customer', path: '/customers/:id', lazy: { Component: async () => (await import('#src/features/customers/CustomerPage.tsx')).CustomerPage }, children: [...customerForms(), reclaimCoupons()] },
          { id: 'page:invites', path: '/invites', lazy: { Component: async () => (await import('#src/features/invites/InvitesPage.tsx')).InvitesPage } },
          { id: 'page:assignments', path: '/organization/assignments', lazy: { Component: async () => (await import('#src/features/assignments/AssignmentsPage.tsx')).AssignmentsPage } },
          { id: 'page:managed', path: '/organization/assignments/:id', lazy: { Component: async () => (await import('#src/features/assignments/ManagedPage.tsx')).ManagedPage } },
          { id: 'page:funds', path: '/funds', lazy: { Component: async () => (await import('#src/features/funds/FundsPage.tsx')).FundsPage } },
          { id: 'page:adjustments', path: '/funds/adjustments', lazy: { Component: async () => (await import('#src/features/funds/AdjustmentsPage.tsx')).AdjustmentsPage } },
          { id: 'page:transactions', path: '/funds/transactions', lazy: { Component: async () => (await import('#src/features/funds/TransactionsPage.tsx')).TransactionsPage } },
          { id: 'page:coupons', path: '/coupons', ...withCoupons, lazy: { Component: async () => (await import('#src/features/coupons/QuotasPage.tsx')).QuotasPage }, children: [issueCoupons(), { path: 'issue-quota', ...withCoupons, lazy: { Component: async () => (await import('#src/features/reseller-quotas/IssueQuotaModal.tsx')).IssueQuotaModal } }] },
          { id: 'page:coupons-issued', path: '/coupons/issued', ...withCoupons, lazy: { Component: async () => (await import('#src/features/coupons/IssuedPage.tsx')).IssuedPage }, children: [issueCoupons(), reclaimCoupons()] },
          { id: 'page:coupon-records', path: '/coupons/records', ...withCoupons, lazy: { Component: async () => (await import('#src/features/coupons/RecordsPage.tsx')).RecordsPage } },
          { id: 'page:incentives', path: '/incentives', ...withIncentives, lazy: { Component: async () => (await import('#src/features/incentives/IncentivesPage.tsx')).IncentivesPage } },
          { id: 'page:incentive-projects', path: '/incentives/projects', ...withIncentives, lazy: { Component: async () => (await import('#src/features/incentives/ProjectsPage.tsx')).ProjectsPage }, children: [
            { index: true, ...withIncentives, lazy: { Component: async () => (await import('#src/features/incentives/ProjectStatements.tsx')).ProjectStatements } },
            { path: 'requests', ...withPayouts, lazy: { Component: async () => (await import('#src/features/payments/QuartersTab.tsx')).QuartersTab } },
          ] },
          { id: 'page:incentive', path: '/incentives/:id', ...withIncentives, lazy: { Component: async () => (await import('#src/features/incentives/StatementPage.tsx')).StatementPage } },
          { id: 'page:issued-quotas', path: '/coupons/issued-quotas', ...withCoupons, lazy: { Component: async () => (await import('#src/features/reseller-quotas/IssuedQuotasPage.tsx')).IssuedQuotasPage }, children: [{ path: 'reclaim-quota', ...withCoupons, lazy: { Component: async () => (await import('#src/features/reseller-quotas/ReclaimQuotaModal.tsx')).ReclaimQuotaModal } }] },
          { id: 'page:whitelist', path: '/coupons/whitelist', ...withCoupons, lazy: { Component: async () => (await import('#src/features/coupon-whitelist/WhitelistPage.tsx')).WhitelistPage } },
          { id: 'page:exports', path: '/exports', lazy: { Component: async () => (await import('#src/features/exports/ExportsPage.tsx')).ExportsPage } },
          { id: 'page:members', path: '/organization/members', ...withPeople, lazy: { Component: async () => (await import('#src/features/members/MembersPage.tsx')).MembersPage } },
          { id: 'page:roles', path: '/organization/roles', ...withPeople, lazy: { Component: async () => (await import('#src/features/roles/RolesPage.tsx')).RolesPage } },
          { id: 'page:specialists', path: '/organization/specialists', ...withPeople, lazy: { Component: async () => (await import('#src/features/specialists/SpecialistsPage.tsx')).SpecialistsPage } },
          { id: 'page:operation-log', path: '/operation-log', lazy: { Component: async () => (await import('#src/features/operation-log/OperationLogPage.tsx')).OperationLogPage } },
          { id: 'page:profile', path: '/profile', ...withProfile, lazy: { Component: async () => (await import('#src/features/profile/ProfilePage.tsx')).ProfilePage } },
          { id: 'page:cases', path: '/profile/cases', ...withPartner, lazy: { Component: async () => (await import('#src/features/cases/CasesPage.tsx')).CasesPage } },
          { id: 'page:business', path: '/profile/business', ...withPayouts, lazy: { Component: async () => (await import('#src/features/business/BusinessPage.tsx')).BusinessPage } },
          { id: 'page:payments', path: '/incentives/payments', ...withPayouts, lazy: { Component: async () => (await import('#src/features/payments/PaymentsPage.tsx')).PaymentsPage } },
          { id: 'page:incentive-invoices', path: '/incentives/invoices', ...withPayouts, lazy: { Component: async () => (await import('#src/features/incentive-invoices/InvoicesPage.tsx')).InvoicesPage } },
          { id: 'page:invoice-list', path: '/incentives/invoices/:id/list', ...withPayouts, lazy: { Component: async () => (await import('#src/features/incentive-invoices/InvoiceListPage.tsx')).InvoiceListPage } },
          { id: 'page:agreements', path: '/profile/agreements', ...withPartner, lazy: { Component: async () => (await import('#src/features/agreements/AgreementsPage.tsx')).AgreementsPage } },
        ] },
        { id: 'page:not-found', path: '*', Component: NotFound },
      ],
    }],
  },
]
