import './customers.css'
import './customer.css'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Outlet, useParams, useSearchParams } from 'react-router'
import { type Customer, type CustomerRow, getCustomerChoices, queryCustomers } from '#contract/customers.ts'
import type { Answer } from '#contract/endpoint.ts'
import { query } from '#src/api/query.ts'
import { ErrorState } from '#src/components/ErrorState.tsx'
import { Page } from '#src/components/Page.tsx'
import { PageHead } from '#src/components/PageHead.tsx'
import { RevealProvider } from '#src/components/RevealProvider.tsx'
import { Skeleton } from '#src/components/Skeleton.tsx'
import { Tabs } from '#src/components/Tabs.tsx'
import { useCouponRights } from '#src/coupons/use-coupon-rights.ts'
import { loadTextsOf } from '#src/i18n/i18n.ts'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'
import { customerQuery, lastList } from './customer-query.ts'
import { CustomerHead } from './CustomerHead.tsx'
import { NoCustomers } from './NoCustomers.tsx'
import { OverviewTab } from './OverviewTab.tsx'

const FundsTab = lazy(async () => ({ default: (await import('./FundsTab.tsx')).FundsTab }))
const CouponsTab = lazy(async () => {
  const [{ CouponsTab: Tab }] = await Promise.all([import('./CouponsTab.tsx'), loadTextsOf('couponPages')])
  return { default: Tab }
})
const LogTab = lazy(async () => ({ default: (await import('./LogTab.tsx')).LogTab }))
const TagDialog = lazy(async () => ({ default: (await import('./TagDialog.tsx')).TagDialog }))

const tabs = ['overview', 'funds', 'coupons', 'log'] as const
type Tab = (typeof tabs)[number]

/** One customer: who it is, what it has, and what was done. */
export const CustomerPage = () => (useCan('customer.view') ? <OneCustomer /> : <NoCustomers />)

function OneCustomer() {
  const { t } = useTranslation()
  const { id = '' } = useParams()
  const result = useQuery(customerQuery(id))
  const seen = useSeenRow(id)
  const tab = useTab()
  const customer = result.data
  if (!customer && result.error) {
    return (
      <Page name="customer">
        <PageHead title={t('customers.one')} crumb={{ to: paths.customers(lastList()), label: t('customers.title') }} />
        <ErrorState error={result.error} onRetry={() => void result.refetch()} />
      </Page>
    )
  }
  return (
    <RevealProvider key={id} page={`/customers/${id}`}>
      <Page name="customer">
        {customer || seen
          ? <CustomerHead customer={customer ?? seen} reclaimable={customer?.reclaimable?.reclaimable} />
          : <PageHead title={t('customers.one')} crumb={{ to: paths.customers(lastList()), label: t('customers.title') }} />}
        <CustomerTabs id={id} tab={tab} />
        {result.error && <ErrorState isInline error={result.error} onRetry={() => void result.refetch()} />}
        {customer ? <Content customer={customer} tab={tab} /> : <Skeleton lines={8} />}
        <Outlet />
      </Page>
    </RevealProvider>
  )
}

function Content({ customer, tab }: { customer: Customer; tab: Tab }) {
  const [isEditing, setEditing] = useState(false)
  const choices = useQuery({ ...query(getCustomerChoices, {}), staleTime: 60_000, enabled: isEditing })
  return (
    <>
      {tab === 'overview' && <OverviewTab customer={customer} onEditTag={() => setEditing(true)} />}
      <Suspense fallback={<Skeleton lines={8} />}>
        {tab === 'funds' && <FundsTab customer={customer} />}
        {tab === 'coupons' && <CouponsTab customer={customer} />}
        {tab === 'log' && <LogTab customer={customer} />}
      </Suspense>
      {isEditing && <Suspense><TagDialog customer={customer} suggestions={choices.data?.tags ?? []} onClose={() => setEditing(false)} /></Suspense>}
    </>
  )
}

function CustomerTabs({ id, tab }: { id: string; tab: Tab }) {
  const { t } = useTranslation()
  const maySeeLog = useCan('log.view')
  const maySeeCoupons = useCouponRights().kinds.length > 0
  const shown = tabs.filter((one) => (one !== 'log' || maySeeLog) && (one !== 'coupons' || maySeeCoupons))
  return <Tabs label={t('customer_page.tabs')} tabs={shown.map((one) => ({ key: one, to: paths.customer(id, one === 'overview' ? undefined : one), label: t(`customer_page.tab.${one}`), isCurrent: one === tab }))} />
}

function useTab(): Tab {
  const [search] = useSearchParams()
  return tabs.find((one) => one === search.get('tab')) ?? 'overview'
}

/** The row of the list that the person came from: its head is shown while the rest is on its way. */
function useSeenRow(id: string): CustomerRow | undefined {
  const client = useQueryClient()
  const [row] = useState(() => client.getQueriesData<Answer<typeof queryCustomers>>({ queryKey: [queryCustomers.path] }).flatMap(([, data]) => data?.items ?? []).find((one) => one.id === id))
  return row?.id === id ? row : undefined
}
