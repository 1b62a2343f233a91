import { useTranslation } from 'react-i18next'
import { Page } from '#src/components/Page.tsx'
import { PageHead } from '#src/components/PageHead.tsx'

/** Who did what. */
export function OperationLogPage() {
  const { t } = useTranslation()
  return <Page name="operation-log"><PageHead title={t('log.title')} /></Page>
}
