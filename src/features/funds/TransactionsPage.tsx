import { useTranslation } from 'react-i18next'
import { Page } from '#src/components/Page.tsx'
import { PageHead } from '#src/components/PageHead.tsx'

/** Movements of the partner's accounts. */
export function TransactionsPage() {
  const { t } = useTranslation()
  return <Page name="transactions"><PageHead title={t('shell.transactions')} /></Page>
}
