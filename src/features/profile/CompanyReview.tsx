import { useTranslation } from '#src/i18n/use-translation.ts'
import { Button } from '#src/components/Button.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { formatTime } from '#src/lib/format.ts'
import { ChangeLines } from './ChangeLines.tsx'
import { changedLines } from './company-form.ts'
import type { Company } from './CompanyTab.tsx'

/** The newest change while it waits or was rejected; otherwise nothing. @param onWithdraw for who may take it back. */
export function CompanyReview({ company: { state, change }, onWithdraw }: { company: Company; onWithdraw: (() => void) | undefined }) {
  const { t } = useTranslation()
  if (state === 'CURRENT' || change === null) return null
  const lines = changedLines(change.before, change.after)
  return (
    <div className="review">
      {state === 'UNDER_REVIEW' ? (
        <Notice tone="info" action={onWithdraw && <Button isSmall aria-haspopup="dialog" onPress={onWithdraw}>{t('company.withdraw')}</Button>}>
          <span className="strong">{t('company.under_review')}</span>
          <span>{t('company.under_review_by', { by: change.byMasked, time: formatTime(change.at) })}</span>
        </Notice>
      ) : (
        <Notice tone="danger">
          <span className="strong">{t('company.rejected')}</span>
          <span>{change.reason ? t('company.rejected_reason', { reason: change.reason }) : t('company.rejected_no_reason')}</span>
        </Notice>
      )}
      <ChangeLines lines={lines} hasLicence={change.licence !== null} label={t('company.comparison')} />
    </div>
  )
}
