import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Answer } from '#contract/endpoint.ts'
import type { reportProspect } from '#contract/prospects.ts'
import type { ApiMutation } from '#src/api/use-api-mutation.ts'
import { Facts } from '#src/components/Facts.tsx'
import { FormError } from '#src/components/FormError.tsx'
import { Icon, type IconName } from '#src/components/Icon.tsx'
import { Labelled } from '#src/components/Labelled.tsx'
import { ManagerContact } from '#src/components/ManagerContact.tsx'
import { OutcomeNotice } from '#src/components/OutcomeNotice.tsx'
import { formatFull } from '#src/lib/format.ts'
import type { Desk } from './use-desk.ts'

export type Finding = Answer<typeof reportProspect>

type Props = { finding: Finding; desk: Desk; report: ApiMutation<typeof reportProspect>; onReview: (reason: string) => void }

/** What the check found, in the form's place. */
export function ReportResult({ finding, desk, report, onReview }: Props) {
  const { t } = useTranslation()
  switch (finding.result) {
    case 'reported': {
      const { prospect, invitationNumber } = finding
      return (
        <Result tone="success" title={t('development.result.reported')}>
          {prospect.expiresAt && <p>{t('development.result.reported_text', { until: formatFull(prospect.expiresAt) })}</p>}
          <Facts facts={[
            { key: 'name', label: t('development.field.name'), value: prospect.nameMasked },
            { key: 'mobile', label: t('development.field.mobile'), value: prospect.mobileMasked },
            { key: 'email', label: t('development.field.email'), value: prospect.emailMasked ?? t('common.none') },
          ]} />
          <p className="second">{invitationNumber === null ? t('development.result.not_sent') : t('development.result.sent_text', { number: invitationNumber })}</p>
          <p className="second">{t('development.result.manager_reminder', { mobile: prospect.mobileMasked })}</p>
        </Result>
      )
    }
    case 'under_review': return <Result tone="info" title={t('development.result.under_review')}><p>{t('development.result.under_review_text')}</p></Result>
    case 'refused': return (
      <Result tone="danger" title={t('development.result.refused')}>
        <p>{t(`development.refused.${finding.cause}`)}</p>
        <p className="second"><b>{t('development.result.next')}{t('common.colon')}</b>{t(`development.refused_next.${finding.cause}`)}</p>
        {finding.cause !== 'OWN_DUPLICATE' && finding.cause !== 'LIMIT_REACHED' && <p className="second"><ManagerContact manager={desk.manager} /></p>}
      </Result>
    )
    case 'review_offered': return (
      <Result tone="warning" title={t('development.result.review')}>
        <p>{t(`development.review_cause.${finding.cause}`)}</p>
        <p className="second">{t('development.result.review_text')}</p>
        <ReviewForm report={report} onReview={onReview} />
      </Result>
    )
  }
}

const icons = { success: 'success', info: 'info', warning: 'warning', danger: 'danger' } as const satisfies Record<string, IconName>

/** The finding as a heading that takes the focus, so that it is read out and the keyboard goes on from there. */
function Result({ tone, title, children }: { tone: keyof typeof icons; title: string; children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <section className={`report-result ${tone}`}>
      <h3 ref={heading} tabIndex={-1}><Icon name={icons[tone]} />{title}</h3>
      {children}
    </section>
  )
}

const reasonMax = 500

function ReviewForm({ report, onReview }: Pick<Props, 'report' | 'onReview'>) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const [isTried, setTried] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const isWrong = reason.trim() === ''
  return (
    <form
      id="review-form" className="form" noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (isWrong) field.current?.focus()
        else onReview(reason.trim())
      }}
    >
      <Labelled
        label={t('development.result.review_reason')} isRequired hint={t('development.result.review_hint')} error={isTried && isWrong ? t('errors.field.missing', { field: t('development.result.review_reason') }) : undefined}
        aside={<span className="caption">{[...reason].length}/{reasonMax}</span>}
      >
        {(wiring) => <span className="field area"><textarea {...wiring} ref={field} rows={4} maxLength={reasonMax} value={reason} onChange={(event) => setReason(event.target.value)} /></span>}
      </Labelled>
      <OutcomeNotice outcome={report.outcome} onAskAgain={report.askAgain} />
      <FormError error={report.error} />
    </form>
  )
}
