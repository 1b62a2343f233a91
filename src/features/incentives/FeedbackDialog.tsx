import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { createFeedback, type Deadline, getLine, getStatement, type IncentiveLine, queryLines, queryStatements, takesFeedback } from '#contract/incentives.ts'
import { query } from '#src/api/query.ts'
import { useApiMutation } from '#src/api/use-api-mutation.ts'
import { Button } from '#src/components/Button.tsx'
import { FormError } from '#src/components/FormError.tsx'
import { Labelled } from '#src/components/Labelled.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { OutcomeNotice } from '#src/components/OutcomeNotice.tsx'
import { showToast } from '#src/components/toast.ts'

const opinionMax = 500

/** An objection to a line. It says that the deadline goes on, and when it ends. */
export function FeedbackDialog({ line, onClose }: { line: Pick<IncentiveLine, 'id' | 'number' | 'statement'>; onClose: () => void }) {
  const { t } = useTranslation()
  const [opinion, setOpinion] = useState('')
  const [isTried, setTried] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const statement = useQuery(query(getStatement, { params: { id: line.statement.id } })).data
  const send = useApiMutation(createFeedback, {
    invalidates: [queryLines, getLine, queryStatements, getStatement],
    onSuccess: () => {
      showToast({ tone: 'success', title: t('incentives.feedback.done'), text: t('incentives.feedback.done_text') })
      onClose()
    },
  })
  const isOver = statement !== undefined && !takesFeedback(statement.state)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (opinion.trim() === '') return field.current?.focus()
    if (send.outcome === 'known') send.submit({ params: { id: line.id }, body: { opinion: opinion.trim() } })
  }
  return (
    <ModalShell
      title={t('incentives.feedback.title', { number: line.number })} onClose={onClose} isDirty={opinion.trim() !== '' && !send.isBusy} isLocked={send.isBusy} initialFocus={field}
      footer={(close) => (
        <>
          <Button onPress={close}>{t('common.cancel')}</Button>
          {send.outcome === 'known' && <Button variant="primary" type="submit" form="feedback-form" isBusy={send.isBusy} disabledReason={isOver ? t('incentives.feedback.closed') : undefined}>{t('incentives.feedback.send')}</Button>}
        </>
      )}
    >
      <form id="feedback-form" className="form" noValidate onSubmit={submit}>
        {isOver ? <Notice tone="warning">{t('incentives.feedback.closed')}</Notice> : <NotStopped deadline={statement?.deadline ?? null} />}
        <Labelled label={t('incentives.feedback.opinion')} isRequired hint={t('incentives.feedback.hint', { left: opinionMax - opinion.length })} error={isTried && opinion.trim() === '' ? t('incentives.feedback.empty') : undefined}>
          {(wiring) => <span className="field area"><textarea {...wiring} ref={field} rows={5} maxLength={opinionMax} value={opinion} onChange={(event) => setOpinion(event.target.value)} /></span>}
        </Labelled>
        <OutcomeNotice outcome={send.outcome} onAskAgain={send.askAgain} />
        <FormError error={send.error} />
      </form>
    </ModalShell>
  )
}

/** An estimated statement has no deadline yet. */
function NotStopped({ deadline }: { deadline: Deadline | null }) {
  const { t } = useTranslation()
  return (
    <Notice tone="warning">
      {deadline ? t('incentives.feedback.not_stopped_until', { until: t('incentives.until_day', { day: deadline.day }), consequence: t(`incentives.on_deadline_long.${deadline.onDeadline}`) }) : t('incentives.feedback.not_stopped')}
    </Notice>
  )
}
