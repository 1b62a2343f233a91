import { useTranslation } from '#src/i18n/use-translation.ts'
import type { BusinessCheck } from '#contract/business.ts'
import { BusinessChecks } from '#src/components/BusinessChecks.tsx'
import { Button } from '#src/components/Button.tsx'
import { ButtonLink } from '#src/components/ButtonLink.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'

/** Nothing is paid without certification: what is missing, and the way there. */
export function UncertifiedDialog({ checks, opener, onClose }: { checks: readonly BusinessCheck[]; opener?: Element | null; onClose: () => void }) {
  const { t } = useTranslation()
  const mayGo = useCan('profile.business')
  return (
    <ModalShell
      title={t('payments.uncertified.title')} size="question" onClose={onClose} {...(opener !== undefined && { opener })}
      footer={(close) => <><Button onPress={close}>{t('common.cancel')}</Button><ButtonLink variant="primary" to={paths.business()} disabledReason={mayGo ? undefined : t('business.no_right_text')}>{t('payments.uncertified.go')}</ButtonLink></>}
    >
      <div className="form">
        <p className="second">{t('payments.uncertified.text')}</p>
        <BusinessChecks checks={checks} isMissingOnly />
      </div>
    </ModalShell>
  )
}
