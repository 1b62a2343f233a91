import './profile.css'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { Page } from '#src/components/Page.tsx'
import { PageHead } from '#src/components/PageHead.tsx'
import { Tabs } from '#src/components/Tabs.tsx'
import { paths } from '#src/paths.ts'
import { AccountTab } from './AccountTab.tsx'
import { SignInsTab } from './SignInsTab.tsx'

const tabs = ['account', 'sign-ins'] as const

/** The signed-in person: own data, message language, the verification switch, and where they are signed in. */
export function ProfilePage() {
  const { t } = useTranslation()
  const [search] = useSearchParams()
  const shown = tabs.find((tab) => tab === search.get('tab')) ?? 'account'
  return (
    <Page name="profile">
      <PageHead title={t('profile.title')} />
      <Tabs label={t('profile.tabs')} tabs={tabs.map((tab) => ({ key: tab, to: paths.profile(tab), label: t(`profile.tab.${tab}`), isCurrent: tab === shown }))} />
      <div className="profile">{shown === 'account' ? <AccountTab /> : <SignInsTab />}</div>
    </Page>
  )
}
