import './incentives.css'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Outlet, useLocation } from 'react-router'
import { Page } from '#src/components/Page.tsx'
import { PageHead } from '#src/components/PageHead.tsx'
import { Tabs } from '#src/components/Tabs.tsx'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'
import { NoIncentives } from './NoIncentives.tsx'

/** Incentives of projects and deliveries: what has to be confirmed lest it lapses, and its payment by calendar quarter. Each tab is a route below. */
export const ProjectsPage = () => (useCan('incentive.view') ? <Projects /> : <NoIncentives />)

function Projects() {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  const mayRequest = useCan('incentive.request')
  const tabs = [
    { key: 'statements', to: paths.incentiveProjects(), label: t('incentives.projects_tab.statements') },
    ...(mayRequest ? [{ key: 'requests', to: paths.incentiveQuarters(), label: t('incentives.projects_tab.requests') }] : []),
  ]
  return (
    <Page name="incentive-projects">
      <PageHead title={t('incentives.projects')} />
      <Tabs label={t('incentives.projects_tabs')} tabs={tabs.map((tab) => ({ ...tab, isCurrent: tab.to === pathname }))} />
      <p className="caption projects-note">{t('incentives.projects_note')}</p>
      <Outlet />
    </Page>
  )
}
