import { useTranslation } from '#src/i18n/use-translation.ts'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'
import { Tabs } from './Tabs.tsx'

/** The pages about incentives, as far as the person may open them. */
export function IncentiveTabs({ current }: { current: 'statements' | 'payments' | 'invoices' }) {
  const { t } = useTranslation()
  const may = { statements: useCan('incentive.view'), payments: useCan('incentive.request'), invoices: useCan('incentive.invoice') }
  const addresses = { statements: paths.incentives(), payments: paths.payments(), invoices: paths.incentiveInvoices() }
  return <Tabs label={t('shell.incentive_tabs')} tabs={(['statements', 'payments', 'invoices'] as const).filter((key) => may[key]).map((key) => ({ key, to: addresses[key], label: t(`shell.incentive_tab.${key}`), isCurrent: key === current }))} />
}
