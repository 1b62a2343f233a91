import { useTranslation } from '#src/i18n/use-translation.ts'
import { Button } from './Button.tsx'
import { Notice } from './Notice.tsx'

/** Stands in a form while the result of its operation is not known. The form shows it instead of its submit button. */
export function OutcomeNotice({ outcome, onAskAgain }: { outcome: 'known' | 'checking' | 'lost'; onAskAgain: () => void }) {
  const { t } = useTranslation()
  if (outcome === 'known') return null
  return (
    <Notice tone="warning" isAlert action={outcome === 'lost' ? <Button isSmall onPress={onAskAgain}>{t('common.ask_again')}</Button> : undefined}>
      {outcome === 'checking' ? t('common.unknown_checking') : t('common.unknown_lost')}
    </Notice>
  )
}
