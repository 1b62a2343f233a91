import { useTranslation } from '#src/i18n/use-translation.ts'
import { EmptyState } from '#src/components/EmptyState.tsx'
import { Page } from '#src/components/Page.tsx'
import { PageHead } from '#src/components/PageHead.tsx'

/** For members who may not see whose customers are whose. */
export function NoAssignments() {
  const { t } = useTranslation()
  return (
    <Page name="no-right">
      <PageHead title={t('assignments.title')} />
      <EmptyState kind="no-right" title={t('assignments.no_right_title')} text={t('assignments.no_right_text')} />
    </Page>
  )
}
