import { useTranslation } from '#src/i18n/use-translation.ts'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'
import { Tabs } from './Tabs.tsx'

/** The pages about project incentives, as far as the person may open them. */
export function ProjectTabs({ current }: { current: 'incentives' | 'payments' }) {
  const { t } = useTranslation()
  const may = { incentives: useCan('incentive.view'), payments: useCan('incentive.request') }
  const addresses = { incentives: paths.projects(), payments: paths.projectPayments() }
  return <Tabs label={t('shell.project_tabs')} tabs={(['incentives', 'payments'] as const).filter((key) => may[key]).map((key) => ({ key, to: addresses[key], label: t(`shell.project_tab.${key}`), isCurrent: key === current }))} />
}
