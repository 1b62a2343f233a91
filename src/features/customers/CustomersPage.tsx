import { useTranslation } from 'react-i18next'
import { Page } from '#src/components/Page.tsx'
import { PageHead } from '#src/components/PageHead.tsx'

/** The associated customers. */
export function CustomersPage() {
  const { t } = useTranslation()
  return <Page name="customers"><PageHead title={t('customers.title')} /></Page>
}
