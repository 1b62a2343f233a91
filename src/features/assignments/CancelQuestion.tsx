import { useTranslation } from 'react-i18next'
import { cancelHandover, type Handover } from '#contract/assignments.ts'
import { useApiMutation } from '#src/api/use-api-mutation.ts'
import { Button } from '#src/components/Button.tsx'
import { FormError } from '#src/components/FormError.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { OutcomeNotice } from '#src/components/OutcomeNotice.tsx'
import { showToast } from '#src/components/toast.ts'
import { formatCount } from '#src/lib/format.ts'
import { staleAfter } from './stale.ts'

/** Asks before a planned handover is given up. */
export function CancelQuestion({ handover, onClose }: { handover: Handover; onClose: () => void }) {
  const { t } = useTranslation()
  const act = useApiMutation(cancelHandover, {
    invalidates: staleAfter,
    onSuccess: () => {
      showToast({ tone: 'success', title: t('assignments.handover.cancelled'), isBrief: true })
      onClose()
    },
  })
  const { day, customers, from } = handover
  return (
    <ModalShell
      title={t('assignments.handover.cancel_title')} onClose={onClose} size="question" isLocked={act.isBusy}
      footer={(close) => <><Button onPress={close}>{t('common.back')}</Button>{act.outcome === 'known' && <Button variant="danger" isBusy={act.isBusy} onPress={() => act.submit({ params: { id: handover.id }, body: {} })}>{t('assignments.handover.cancel')}</Button>}</>}
    >
      <div className="form">
        <p className="second">{t('assignments.handover.cancel_text', { day, from: from.nameMasked, customers: formatCount(customers) })}</p>
        <OutcomeNotice outcome={act.outcome} onAskAgain={act.askAgain} />
        <FormError error={act.error} />
      </div>
    </ModalShell>
  )
}
