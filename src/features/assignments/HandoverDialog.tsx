import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { type AssignedCustomer, type ManagerRow, planHandover, previewHandover } from '#contract/assignments.ts'
import { query } from '#src/api/query.ts'
import { useApiMutation } from '#src/api/use-api-mutation.ts'
import { Button } from '#src/components/Button.tsx'
import { ErrorState } from '#src/components/ErrorState.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { Skeleton } from '#src/components/Skeleton.tsx'
import { showToast } from '#src/components/toast.ts'
import { serverNow } from '#src/lib/clock.ts'
import { formatCount } from '#src/lib/format.ts'
import { paths } from '#src/paths.ts'
import { HandoverForm } from './HandoverForm.tsx'
import { HandoverPreview } from './HandoverPreview.tsx'
import { chinaDay, whyNotHandOver } from './rules.ts'
import { staleAfter } from './stale.ts'
import { Step } from './Step.tsx'
import { useHandoverWish } from './use-handover-wish.ts'

type Props = { from: ManagerRow['manager'] | undefined; ticked?: readonly AssignedCustomer[]; /** It was saved. */ onDone?: () => void; onClose: () => void }

/** Moves a manager's customers to another one, at once or on a later day: what, then a look at what it means, then the confirmation. */
export function HandoverDialog({ from, ticked, onDone, onClose }: Props) {
  const { t } = useTranslation()
  const form = useHandoverWish(from?.id, ticked)
  const [step, setStep] = useState<1 | 2>(1)
  const [hasMoved, setMoved] = useState(false)
  const { wish, problem } = form
  const preview = useQuery({ ...query(previewHandover, { body: wish }), enabled: step === 2, staleTime: 0, gcTime: 0, refetchOnWindowFocus: false })
  const plan = useApiMutation(planHandover, {
    invalidates: staleAfter,
    onSuccess: ({ state, customers: count, day, number }) => {
      const title = state === 'PLANNED' ? t('assignments.handover.planned', { day }) : t(state === 'DONE' ? 'assignments.handover.done' : 'assignments.handover.running', { count, replace: { count: formatCount(count) } })
      showToast({ tone: 'success', title, text: t('assignments.handover.done_text', { number }), link: { to: paths.assignments({ tab: 'handovers' }), label: t('assignments.handover.done_link') } })
      onDone?.()
      onClose()
    },
  })
  const go = (next: 1 | 2) => {
    setMoved(true)
    setStep(next)
    plan.reset()
  }
  const why = preview.data && whyNotHandOver(preview.data)
  const reason = preview.data === undefined ? t('common.loading') : why === 'nothing' ? t('assignments.handover.nothing') : why && t('assignments.handover.in_plan', { count: preview.data.planned })
  return (
    <ModalShell
      title={t('assignments.handover.title')} size="wide" onClose={onClose} isLocked={plan.isBusy} isDirty={form.isDirty && !plan.isBusy}
      footer={(close) => (step === 1
        ? <><Button onPress={close}>{t('common.cancel')}</Button><Button key="next" variant="primary" disabledReason={problem} onPress={() => go(2)}>{t('assignments.assigning.next')}</Button></>
        : plan.outcome === 'known' && <>
          {!plan.isBusy && <Button onPress={() => go(1)}>{t('assignments.assigning.back')}</Button>}
          <Button key="confirm" variant="primary" isBusy={plan.isBusy} disabledReason={reason} onPress={() => plan.submit({ body: wish })}>{t(wish.day > chinaDay(serverNow()) ? 'assignments.handover.confirm_plan' : 'assignments.handover.confirm')}</Button>
        </>)}
    >
      <div className="assign-dialog">
        <Step step={step} name={step === 1 ? 'form' : 'preview'} hasMoved={hasMoved} />
        {step === 1 && <HandoverForm form={form} from={from} />}
        {step === 2 && preview.error && <ErrorState isInline error={preview.error} onRetry={() => void preview.refetch()} />}
        {step === 2 && !preview.error && !preview.data && <Skeleton lines={6} />}
        {step === 2 && preview.data && <HandoverPreview preview={preview.data} wish={wish} plan={plan} sent={form.selection.rows} />}
      </div>
    </ModalShell>
  )
}
