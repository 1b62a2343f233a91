import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import { Notice } from '#src/components/Notice.tsx'
import { serverNow } from '#src/lib/clock.ts'
import { formatFull } from '#src/lib/format.ts'
import { paths } from '#src/paths.ts'
import type { Step } from './steps.ts'

/** Why this check is over, and that nothing was carried out. */
export function EndedText({ step }: { step: Extract<Step, { at: 'void' | 'locked' }> }) {
  const { t } = useTranslation()
  return <div className="proof-ended"><Notice tone={step.at === 'void' && step.why === 'used' ? 'info' : 'danger'} isAlert>{sentence()}</Notice></div>

  function sentence(): string {
    if (step.at === 'locked') return step.seconds > 0 ? t('proof.locked', { time: formatFull(new Date(serverNow() + step.seconds * 1000).toISOString()) }) : step.text
    switch (step.why) {
      case 'attempts': return t('proof.void_attempts')
      case 'expired': return t('proof.void_expired')
      case 'used': return t('proof.void_used')
      case 'other': return step.text
    }
  }
}

/** Nobody can be sent a code: what to do about it. */
export function NoContact({ onLeave }: { onLeave: () => void }) {
  const { t } = useTranslation()
  return (
    <div className="proof-ended">
      <Notice tone="warning">{t('proof.no_contact')} <Link to={paths.profile('account')} onClick={onLeave}>{t('proof.no_contact_link')}</Link> {t('proof.no_contact_ask')}</Notice>
    </div>
  )
}

/** Only an authenticator will do, and the person has none: where to add one, while the form waits here. */
export function NoAuthenticator() {
  const { t } = useTranslation()
  return (
    <div className="proof-ended">
      <Notice tone="warning">{t('authenticators.check.none')} <Link to={paths.authenticators()} target="_blank">{t('authenticators.check.none_link')}</Link></Notice>
    </div>
  )
}
