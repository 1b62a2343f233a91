import { useTranslation } from '#src/i18n/use-translation.ts'
import { cancelHandover, type Handover } from '#contract/assignments.ts'
import { useApiMutation } from '#src/api/use-api-mutation.ts'
import { Question } from '#src/components/Question.tsx'
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
    <Question
      isDanger title={t('assignments.handover.cancel_title')} verb={t('assignments.handover.cancel')} back={t('common.back')} act={act}
      onConfirm={() => act.submit({ params: { id: handover.id }, body: {} })} onClose={onClose}
    >
      {t('assignments.handover.cancel_text', { day, from: from.nameMasked, customers: formatCount(customers) })}
    </Question>
  )
}
