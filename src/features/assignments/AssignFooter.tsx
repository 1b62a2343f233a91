import { useTranslation } from '#src/i18n/use-translation.ts'
import { Button } from '#src/components/Button.tsx'
import type { useAssign } from './use-assign.ts'

type Props = {
  step: 1 | 2
  /** Why the next step, or the confirmation, must wait. */
  reason: string | undefined
  assign: ReturnType<typeof useAssign>
  onNext: () => void
  onBack: () => void
  onConfirm: () => void
  onDrop: () => void
  onCancel: () => void
}

/** The buttons of assigning. Refused customers leave with one press, and the others are assigned. */
export function AssignFooter({ step, reason, assign: { act, refused, rest }, onNext, onBack, onConfirm, onDrop, onCancel }: Props) {
  const { t } = useTranslation()
  if (step === 1) {
    return <><Button onPress={onCancel}>{t('common.cancel')}</Button><Button key="next" variant="primary" disabledReason={reason} onPress={onNext}>{t('assignments.assigning.next')}</Button></>
  }
  const isKnown = act.outcome === 'known'
  return (
    <>
      {isKnown && !act.isBusy && <Button onPress={onBack}>{t('assignments.assigning.back')}</Button>}
      {isKnown && refused.length === 0 && <Button key="confirm" variant="primary" isBusy={act.isBusy} disabledReason={reason} onPress={onConfirm}>{t('assignments.assigning.confirm')}</Button>}
      {isKnown && refused.length > 0 && rest.length > 0 && <Button key="drop" variant="primary" isBusy={act.isBusy} onPress={onDrop}>{t('assignments.assigning.drop', { count: refused.length })}</Button>}
    </>
  )
}
