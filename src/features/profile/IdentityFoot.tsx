import { useTranslation } from '#src/i18n/use-translation.ts'
import { Button } from '#src/components/Button.tsx'
import type { IdentityStep } from './change.ts'
import type { Identity } from './use-identity.ts'

type Props = { step: IdentityStep; identity: Identity; onBack: () => void; onClose: () => void; /** The id of the form that the button hands in. */ form: string }

/** The buttons under the identity check. */
export function IdentityFoot({ step, identity, onBack, onClose, form }: Props) {
  const { t } = useTranslation()
  if (step.at === 'locked') return <Button variant="primary" onPress={onClose}>{t('common.close')}</Button>
  if (step.at === 'choose') return <Button onPress={onClose}>{t('common.cancel')}</Button>
  const mustGet = step.way !== 'totp' && !identity.message.field.sent
  return (
    <>
      <Button onPress={onBack} {...(identity.isBusy && { disabledReason: t('code.checking') })}>{t('profile.change.back')}</Button>
      <Button variant="primary" type="submit" form={form} isBusy={identity.isBusy} disabledReason={!identity.isBusy && mustGet ? t('code.get_first') : undefined}>{t('profile.change.next')}</Button>
    </>
  )
}
