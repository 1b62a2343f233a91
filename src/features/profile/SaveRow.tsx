import { useTranslation } from '#src/i18n/use-translation.ts'
import { Button } from '#src/components/Button.tsx'
import { LeaveQuestion } from './LeaveQuestion.tsx'

type Props = { words: string; isDirty: boolean; isBusy: boolean; /** While the result of the last attempt is not known there is nothing to press. */ isHidden?: boolean; onSave?: () => void; onUndo: () => void }

/** The end of a form on a page. Without `onSave` the button submits the form it stands in. */
export function SaveRow({ words, isDirty, isBusy, isHidden = false, onSave, onUndo }: Props) {
  const { t } = useTranslation()
  return (
    <div className="save-row">
      {!isHidden && <Button variant="primary" type={onSave ? 'button' : 'submit'} isBusy={isBusy} disabledReason={isDirty || isBusy ? undefined : t('customer_settings.unchanged')} onPress={onSave}>{words}</Button>}
      {isDirty && !isBusy && !isHidden && <Button onPress={onUndo}>{t('customer_settings.undo')}</Button>}
      {isDirty && <LeaveQuestion />}
    </div>
  )
}
