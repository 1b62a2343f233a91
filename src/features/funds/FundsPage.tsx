import { useTranslation } from 'react-i18next'
import { Page } from '#src/components/Page.tsx'
import { PageHead } from '#src/components/PageHead.tsx'

/** The partner's accounts. */
export function FundsPage() {
  const { t } = useTranslation()
  return <Page name="funds"><PageHead title={t('funds.title')} /></Page>
}
