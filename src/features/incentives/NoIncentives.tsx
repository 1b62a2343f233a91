import { useTranslation } from '#src/i18n/use-translation.ts'
import { EmptyState } from '#src/components/EmptyState.tsx'
import { Page } from '#src/components/Page.tsx'
import { PageHead } from '#src/components/PageHead.tsx'

/** For members who may not see incentives: says so, and whom to ask. */
export function NoIncentives() {
  const { t } = useTranslation()
  return <Page name="no-right"><PageHead title={t('incentives.title')} /><EmptyState kind="no-right" title={t('incentives.no_right_title')} text={t('incentives.no_right_text')} /></Page>
}
