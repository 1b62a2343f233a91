import { useTranslation } from 'react-i18next'
import { Page } from '#src/components/Page.tsx'
import { PageHead } from '#src/components/PageHead.tsx'

/** Balances, work that waits, deadlines, latest movements. */
export function HomePage() {
  const { t } = useTranslation()
  return <Page name="home"><PageHead title={t('home.title')} /></Page>
}
