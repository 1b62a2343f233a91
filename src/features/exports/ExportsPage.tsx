import { useTranslation } from 'react-i18next'
import { Page } from '#src/components/Page.tsx'
import { PageHead } from '#src/components/PageHead.tsx'

/** Export tasks. */
export function ExportsPage() {
  const { t } = useTranslation()
  return <Page name="exports"><PageHead title={t('exports.title')} /></Page>
}
