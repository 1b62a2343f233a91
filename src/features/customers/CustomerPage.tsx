import { useTranslation } from 'react-i18next'
import { Page } from '#src/components/Page.tsx'
import { PageHead } from '#src/components/PageHead.tsx'

/** One customer. */
export function CustomerPage() {
  const { t } = useTranslation()
  return <Page name="customer"><PageHead title={t('customers.title')} /></Page>
}
