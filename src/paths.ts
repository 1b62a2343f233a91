const withQuery = (path: string, query: Record<string, string | undefined>): string => {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value) search.set(name, value)
  return search.size > 0 ? `${path}?${search}` : path
}

type CouponForm = { kind?: string; quota?: string; ids?: readonly string[]; over?: 'quotas' | 'issued' | 'customers' | 'customer'; keep?: string }
const couponFormBase = { quotas: '/coupons', issued: '/coupons/issued', customers: '/customers' } as const

/** Path of a form about coupons over a list or a customer's page. `ids` are of customers, or of the coupons to take back; `customer` is the page's own. */
function couponForm(form: 'issue-coupons' | 'reclaim-coupons', { kind, quota, ids = [], over = 'quotas', keep = '' }: CouponForm, customer = ids[0] ?? ''): string {
  const search = new URLSearchParams(keep)
  if (kind) search.set('kind', kind)
  if (quota) search.set('quota', quota)
  if (ids.length > 0) search.set('ids', ids.join('.'))
  return `${over === 'customer' ? `/customers/${customer}` : couponFormBase[over]}/${form}?${search}`
}

type FundsForm = { ids: readonly string[]; lot?: string; over?: 'customers' | 'customer'; keep?: string }

/** Path of a form about ticked customers: over the list, or over one customer's page. `keep` is the address query of the page below. */
function fundsForm(kind: 'allocate' | 'reclaim' | 'assign', { ids, lot, over = 'customers', keep = '' }: FundsForm): string {
  const base = over === 'customer' ? `/customers/${ids[0] ?? ''}/${kind}` : `/customers/${kind}`
  const search = new URLSearchParams(keep)
  search.set('ids', ids.join('.'))
  if (lot) search.set('lot', lot)
  return `${base}?${search}`
}

function keepWith(keep: string, name: string, value: string): string {
  const search = new URLSearchParams(keep)
  search.set(name, value)
  return String(search)
}

/** Every address the console builds. Nothing personal ever stands in one. */
export const paths = {
  home: () => '/',
  signIn: (next?: string) => withQuery('/sign-in', { next: next === '/' ? undefined : next }),
  /** Says in a tab of its own that somebody is signed in again. */
  signedInHere: () => withQuery('/sign-in', { unified: 'here' }),
  /** @param query filters of the list, as useListState reads them. */
  customers: (query: Record<string, string | undefined> = {}) => withQuery('/customers', query),
  customer: (id: string, tab?: 'overview' | 'funds' | 'coupons' | 'log') => withQuery(`/customers/${id}`, { tab }),
  /** The page behind a set-up link; the token stands after its `#`. */
  setUp: () => '/set-up',
  development: (query: Record<string, string | undefined> = {}) => withQuery('/customers/development', query),
  invites: (query: Record<string, string | undefined> = {}) => withQuery('/invites', query),
  /** The page behind an invitation link, once it has taken the token out of its address; not part of the console. */
  invite: () => '/invite',
  mySignIn: () => '/my/sign-in',
  assignments: (query: Record<string, string | undefined> = {}) => withQuery('/organization/assignments', query),
  /** One manager's customers. */
  managed: (id: string, query: Record<string, string | undefined> = {}) => withQuery(`/organization/assignments/${id}`, query),
  /** Overview, statements, lines and freezing reasons, by `tab`. */
  incentives: (query: Record<string, string | undefined> = {}) => withQuery('/incentives', query),
  /** One statement with its lines. */
  incentive: (id: string, query: Record<string, string | undefined> = {}) => withQuery(`/incentives/${id}`, query),
  incentiveProjects: (query: Record<string, string | undefined> = {}) => withQuery('/incentives/projects', query),
  /** @param query filters of the list; `do: 'request'` opens the form, with the statements of `ids` ticked. */
  incentivePayments: (query: Record<string, string | undefined> = {}) => withQuery('/incentives/payments', query),
  incentiveInvoices: (query: Record<string, string | undefined> = {}) => withQuery('/incentives/invoices', query),
  /** The list that is printed and sent along with an invoice. */
  invoiceList: (id: string) => `/incentives/invoices/${id}/list`,
  /** Project incentives by calendar quarter. */
  incentiveQuarters: (query: Record<string, string | undefined> = {}) => withQuery('/incentives/projects/requests', query),
  business: () => '/profile/business',
  members: (query: Record<string, string | undefined> = {}) => withQuery('/organization/members', query),
  roles: (query: Record<string, string | undefined> = {}) => withQuery('/organization/roles', query),
  specialists: (query: Record<string, string | undefined> = {}) => withQuery('/organization/specialists', query),
  cases: (query: Record<string, string | undefined> = {}) => withQuery('/profile/cases', query),
  agreements: () => '/profile/agreements',
  forgotten: () => '/forgotten',
  /** The customer's own page; not part of the console. */
  myPartner: () => '/my/partner',
  /** The page of a project specialist, also behind an invitation's link; not part of the console. */
  mySpecialist: () => '/my/specialist',
  allocate: (form: FundsForm) => fundsForm('allocate', form),
  reclaim: (form: FundsForm) => fundsForm('reclaim', form),
  /** Gives the customers to an account manager. */
  assign: (form: FundsForm) => fundsForm('assign', form),
  funds: () => '/funds',
  adjustments: (query: Record<string, string | undefined> = {}) => withQuery('/funds/adjustments', query),
  adjustment: (id: string) => withQuery('/funds/adjustments', { open: id }),
  transactions: (query: Record<string, string | undefined> = {}) => withQuery('/funds/transactions', query),
  /** Quotas of coupons; `kind` chooses among the kinds that the partner sees. */
  coupons: (query: Record<string, string | undefined> = {}) => withQuery('/coupons', query),
  couponsIssued: (query: Record<string, string | undefined> = {}) => withQuery('/coupons/issued', query),
  couponRecords: (query: Record<string, string | undefined> = {}) => withQuery('/coupons/records', query),
  issueCoupons: (form: CouponForm) => couponForm('issue-coupons', form),
  /** @param customer whose page is below, with `over: 'customer'`. */
  reclaimCoupons: (form: CouponForm, customer?: string) => couponForm('reclaim-coupons', form, customer),
  couponWhitelist: (query: Record<string, string | undefined> = {}) => withQuery('/coupons/whitelist', query),
  /** What a distributor gave to resellers. */
  issuedQuotas: (query: Record<string, string | undefined> = {}) => withQuery('/coupons/issued-quotas', query),
  /** Gives quota to resellers, over the quotas. `keep` is the address query of the page below. */
  issueQuota: ({ quota, keep = '' }: { quota: string; keep?: string }) => `/coupons/issue-quota?${keepWith(keep, 'quota', quota)}`,
  /** Takes it back, over what was given. */
  reclaimQuota: ({ ids, keep = '' }: { ids: readonly string[]; keep?: string }) => `/coupons/issued-quotas/reclaim-quota?${keepWith(keep, 'ids', ids.join('.'))}`,
  exports: (query: Record<string, string | undefined> = {}) => withQuery('/exports', query),
  operationLog: (query: Record<string, string | undefined> = {}) => withQuery('/operation-log', query),
  revealRecords: () => '/operation-log?tab=reveals',
  profile: (tab?: string) => withQuery('/profile', { tab }),
  /** Where people add authenticator apps and passkeys. */
  authenticators: () => `${withQuery('/profile', { tab: 'account' })}#authenticators`,
}

/** @param search the address query of a form. @returns the ids of customers or coupons that it is about, at most 100. */
export const fundsFormIds = (search: URLSearchParams): string[] => (search.get('ids') ?? '').split(/[.,]/).filter((id) => id !== '').slice(0, 100)
