import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Business, BusinessState } from '#contract/business.ts'
import { paths } from '#src/paths.ts'
import { ButtonLink } from './ButtonLink.tsx'
import { Notice } from './Notice.tsx'
import { StatusTag, type Tone } from './StatusTag.tsx'

const tone = { NOT_SUBMITTED: 'warning', UNDER_REVIEW: 'info', TEST_PAYMENT: 'warning', CERTIFIED: 'success', FAILED: 'danger', LOCKED: 'danger' } as const satisfies Record<BusinessState, Tone>

/** Whether payments can be requested as far as the business information goes, and the next step while they cannot. Quiet once nothing is missing.
 *  Its texts are those of `certification`, which the page loads. @param hasLink on pages other than that of the business information. */
export function CertificationLine({ business: { state, checks, isSettlementPossible }, hasLink = true }: { business: Pick<Business, 'state' | 'checks' | 'isSettlementPossible'>; hasLink?: boolean }) {
  const { t } = useTranslation()
  if (isSettlementPossible) {
    return <p className="certification"><StatusTag tone="success" isPlain>{t('certification.is_done')}</StatusTag></p>
  }
  // What failed is not begun anew, and what is locked waits for the vendor.
  const next = state === 'FAILED' || state === 'LOCKED' ? state : checks.find((check) => !check.isDone)?.step
  return (
    <div className="blocked-banner">
      <Notice tone="warning" action={hasLink && <ButtonLink isSmall to={paths.business()}>{t('certification.go')}</ButtonLink>}>
        <span><StatusTag tone={tone[state]}>{t(`certification.state.${state}`)}</StatusTag> {next && t('certification.missing', { step: t(`certification.step.${next}`) })}</span>
      </Notice>
    </div>
  )
}
