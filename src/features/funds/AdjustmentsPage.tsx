import { useTranslation } from 'react-i18next'
import { Page } from '#src/components/Page.tsx'
import { PageHead } from '#src/components/PageHead.tsx'

/** Allocations and reclaims. */
export function AdjustmentsPage() {
  const { t } = useTranslation()
  return <Page name="adjustments"><PageHead title={t('shell.adjustments')} /></Page>
}
