import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Business } from '#contract/business.ts'
import { Notice } from '#src/components/Notice.tsx'

/** What the state means and what comes next; nothing while all is well. */
export function BusinessState({ business: { state, reason, checks, companyName, submitted } }: { business: Business }) {
  const { t } = useTranslation()
  const isOpen = (wanted: 'company_data' | 'name') => checks.some(({ step, isDone }) => step === wanted && !isDone)
  if (isOpen('company_data')) return <Notice tone="warning">{t('business.no_company')}</Notice>
  switch (state) {
    case 'NOT_SUBMITTED': return <Notice>{t('business.note.NOT_SUBMITTED')}</Notice>
    case 'UNDER_REVIEW': return <Notice tone="warning"><span className="strong">{t('business.no_settlement')}</span><span>{t('business.note.UNDER_REVIEW')}</span></Notice>
    case 'TEST_PAYMENT': return <Notice>{t('business.note.TEST_PAYMENT')}</Notice>
    case 'FAILED': return (
      <Notice tone="danger">
        <span className="strong">{t('business.note.FAILED')}</span>
        {reason !== null && <span>{t('business.reason', { reason })}</span>}
        <span>{t('business.note.FAILED_supplier')}</span>
      </Notice>
    )
    case 'LOCKED': return <Notice tone="danger">{t('business.note.LOCKED')}</Notice>
    case 'CERTIFIED': return isOpen('name') && submitted ? <Notice tone="warning"><span className="strong">{t('business.no_settlement')}</span><span>{t('business.renamed', { old: submitted.company.name, name: companyName })}</span></Notice> : null
  }
}
