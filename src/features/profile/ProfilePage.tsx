import { useTranslation } from 'react-i18next'
import { Page } from '#src/components/Page.tsx'
import { PageHead } from '#src/components/PageHead.tsx'

/** The signed-in person. */
export function ProfilePage() {
  const { t } = useTranslation()
  return <Page name="profile"><PageHead title={t('profile.title')} /></Page>
}
