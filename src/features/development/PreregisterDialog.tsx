import { useState } from 'react'
import { flushSync } from 'react-dom'
import { useForm, useWatch } from 'react-hook-form'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { getInviteDesk, queryInvitations } from '#contract/invites.ts'
import { queryProspects, reportProspect } from '#contract/prospects.ts'
import { ApiError } from '#src/api/api-error.ts'
import { useApiMutation } from '#src/api/use-api-mutation.ts'
import { checkWith } from '#src/components/check-with.ts'
import { Button } from '#src/components/Button.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { useSession } from '#src/session/use-session.ts'
import { fieldOf, ReportForm, toReport } from './report-form.ts'
import { ReportFields } from './ReportFields.tsx'
import { type Finding, ReportResult } from './ReportResult.tsx'
import { firstType } from './TypeChoice.tsx'
import type { Desk } from './use-desk.ts'
import type { ProspectList } from './use-prospect-list.ts'

type Props = { desk: Desk; managers: ProspectList['managers']; /** Looks the mobile up in the list. */ onFind: (mobile: string) => void; onClose: () => void }

/** Preregisters a customer: the form, what the check found in its place, and the reason for a manual review where one is offered. */
export function PreregisterDialog({ desk, managers, onFind, onClose }: Props) {
  const { t } = useTranslation()
  const { member } = useSession()
  const canSend = desk.maySend && desk.mailBlocked === null
  const empty: ReportForm = { send: canSend ? 'yes' : 'no', type: firstType(desk.types, undefined) ?? '', name: '', mobile: '', email: '', managerId: member.reach === 'partner' && member.roles.includes('manager') ? member.id : '' }
  const form = useForm({ resolver: checkWith(ReportForm), defaultValues: empty })
  const isSending = useWatch({ control: form.control, name: 'send' }) === 'yes'
  const [finding, setFinding] = useState<Finding>()
  // Until the answer is there; the list below the dialog may take longer to become new.
  const [isAsking, setAsking] = useState(false)
  const report = useApiMutation(reportProspect, {
    invalidates: [queryProspects, queryInvitations, getInviteDesk],
    onSuccess: (answer) => {
      setAsking(false)
      setFinding(answer)
    },
    onError: (error) => {
      setAsking(false)
      for (const { path, code } of error instanceof ApiError ? (error.failure.fields ?? []) : []) {
        const field = fieldOf(path)
        if (field) form.setError(field, { message: code }, { shouldFocus: true })
      }
      setFinding(undefined)
    },
  })
  const send = (values: ReportForm, reason?: string) => {
    if (report.outcome !== 'known') return
    setAsking(true)
    report.submit(toReport(values, reason))
  }
  // The pressed button leaves with its step, so the focus goes on in the form.
  const toForm = (field: 'name' | 'mobile') => {
    flushSync(() => setFinding(undefined))
    form.setFocus(field)
  }
  const again = () => {
    form.reset(empty)
    toForm('name')
  }
  const isDone = finding?.result === 'reported' || finding?.result === 'under_review'
  return (
    <ModalShell
      title={t('development.preregister')} onClose={onClose} isLocked={isAsking && report.isBusy} isDirty={form.formState.isDirty && !isDone && !report.isBusy}
      footer={(close) => (
        <Footer
          finding={finding} isBusy={report.isBusy} isKnown={report.outcome === 'known'} isSending={isSending} close={close} onBack={() => toForm('mobile')} onAgain={again}
          onFind={() => { onFind(form.getValues('mobile')); onClose() }}
        />
      )}
    >
      {/* The form stays in the page, so that Back to it finds everything as it was typed. */}
      <form id="report-form" className="form" noValidate hidden={finding !== undefined} onSubmit={(event) => void form.handleSubmit((values) => send(values))(event)}>
        <ReportFields form={form} desk={desk} canSend={canSend} managers={member.reach === 'own' ? undefined : managers} report={report} />
      </form>
      {finding && <ReportResult finding={finding} desk={desk} report={report} onReview={(reason) => void form.handleSubmit((values) => send(values, reason))()} />}
    </ModalShell>
  )
}

type FooterProps = {
  finding: Finding | undefined; isBusy: boolean; isKnown: boolean; isSending: boolean; close: () => void; onBack: () => void; onAgain: () => void; onFind: () => void
}

/** The buttons of the step in view, the way on as the primary. Each has its key: a button that turned into the form's submit button under the press
 *  would hand the form in. */
function Footer({ finding, isBusy, isKnown, isSending, close, onBack, onAgain, onFind }: FooterProps) {
  const { t } = useTranslation()
  const cancel = <Button key="cancel" onPress={close}>{t('common.cancel')}</Button>
  const back = (isPrimary: boolean) => <Button key="back" variant={isPrimary ? 'primary' : 'secondary'} onPress={onBack}>{t('development.result.back')}</Button>
  if (!isKnown) return cancel
  switch (finding?.result) {
    case undefined: return [cancel, <Button key="submit" variant="primary" type="submit" form="report-form" isBusy={isBusy}>{t(isSending ? 'development.form.submit_send' : 'development.form.submit')}</Button>]
    case 'reported': case 'under_review': return [<Button key="again" onPress={onAgain}>{t('development.result.again')}</Button>, <Button key="done" variant="primary" onPress={close}>{t('development.result.done')}</Button>]
    case 'review_offered': return [back(false), <Button key="review" variant="primary" type="submit" form="review-form" isBusy={isBusy}>{t('development.result.submit_review')}</Button>]
    case 'refused': return finding.cause === 'OWN_DUPLICATE'
      ? [back(false), <Button key="find" variant="primary" onPress={onFind}>{t('development.result.find')}</Button>]
      : [<Button key="close" onPress={close}>{t('common.close')}</Button>, back(true)]
  }
}
