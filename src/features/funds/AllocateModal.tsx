import { useTranslation } from 'react-i18next'
import { Page } from '#src/components/Page.tsx'
import { PageHead } from '#src/components/PageHead.tsx'

/** The form that allocates. */
export function AllocateModal() {
  const { t } = useTranslation()
  return <Page name="allocate"><PageHead title={t('funds.title')} /></Page>
}
