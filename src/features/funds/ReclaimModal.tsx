import { useTranslation } from 'react-i18next'
import { Page } from '#src/components/Page.tsx'
import { PageHead } from '#src/components/PageHead.tsx'

/** The form that reclaims. */
export function ReclaimModal() {
  const { t } = useTranslation()
  return <Page name="reclaim"><PageHead title={t('funds.title')} /></Page>
}
