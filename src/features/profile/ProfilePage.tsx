import './profile.css'
import { type ComponentType, lazy, Suspense, useEffect } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { useSearchParams } from 'react-router'
import { EmptyState } from '#src/components/EmptyState.tsx'
import { Page } from '#src/components/Page.tsx'
import { PageHead } from '#src/components/PageHead.tsx'
import { Skeleton } from '#src/components/Skeleton.tsx'
import { Tabs } from '#src/components/Tabs.tsx'
import { paths } from '#src/paths.ts'
import { useSession } from '#src/session/use-session.ts'
import { mayOpen, profileTabs, type ProfileTab } from './tabs.ts'

const content: Record<ProfileTab, ComponentType> = {
  company: lazy(async () => ({ default: (await import('./CompanyTab.tsx')).CompanyTab })),
  account: lazy(async () => ({ default: (await import('./AccountTab.tsx')).AccountTab })),
  messages: lazy(async () => ({ default: (await import('./MessagesTab.tsx')).MessagesTab })),
  'customer-notices': lazy(async () => ({ default: (await import('./NoticesTab.tsx')).NoticesTab })),
  'customer-bills': lazy(async () => ({ default: (await import('./BillsTab.tsx')).BillsTab })),
  contacts: lazy(async () => ({ default: (await import('./ContactsTab.tsx')).ContactsTab })),
  'budget-quota': lazy(async () => ({ default: (await import('./BudgetQuotaTab.tsx')).BudgetQuotaTab })),
  'sign-ins': lazy(async () => ({ default: (await import('./SignInsTab.tsx')).SignInsTab })),
}

/** The company, the signed-in person, and what is settled for customers. A tab that somebody may not use is not offered; its address says so. */
export function ProfilePage() {
  const { t } = useTranslation()
  const [search] = useSearchParams()
  const { permissions, partner } = useSession()
  const who = { permissions, type: partner.type }
  const shown = profileTabs.find((tab) => tab === search.get('tab')) ?? 'account'
  const Content = content[shown]
  // On a phone the line of tabs is wider than the window.
  useEffect(() => { void document.querySelector('.tabs [aria-current]')?.scrollIntoView?.({ block: 'nearest', inline: 'nearest' }) }, [shown])
  return (
    <Page name="profile">
      <PageHead title={t('profile.title')} />
      <Tabs label={t('profile.tabs')} tabs={profileTabs.filter((tab) => mayOpen(tab, who)).map((tab) => ({ key: tab, to: paths.profile(tab), label: t(`company.tab.${tab}`), isCurrent: tab === shown }))} />
      {mayOpen(shown, who)
        ? <div className={`profile ${shown === 'contacts' ? 'is-wide' : ''}`}><Suspense fallback={<Skeleton lines={8} />}><Content /></Suspense></div>
        : <EmptyState kind="no-right" title={t('company.no_right', { tab: t(`company.tab.${shown}`) })} text={t(`company.no_right_text.${shown}`)} />}
    </Page>
  )
}
