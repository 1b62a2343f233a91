import { useEffect, useRef } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { getProfile, turnVerificationOff, turnVerificationOn } from '#contract/profile.ts'
import { getSession } from '#contract/session.ts'
import { useApiMutation } from '#src/api/use-api-mutation.ts'
import { FormError } from '#src/components/FormError.tsx'
import { OutcomeNotice } from '#src/components/OutcomeNotice.tsx'
import { Section } from '#src/components/Section.tsx'
import { StatusTag } from '#src/components/StatusTag.tsx'
import { showToast } from '#src/components/toast.ts'
import type { AuthenticatorList } from './Authenticators.tsx'
import { RequiredOperations } from './RequiredOperations.tsx'
import { Switch } from './Switch.tsx'

/** Whether sensitive operations of the company need a code, and which need more. Turning it off is itself confirmed by one; turning it on is not.
 *  @param mayChange administrators; others see the state. @param required which operations need an authenticator, once that is known. */
export function Verification({ isOn, mayChange, required }: { isOn: boolean; mayChange: boolean; required: AuthenticatorList | undefined }) {
  const { t } = useTranslation()
  return (
    <Section title={t('profile.verification')} note={t('profile.verification_note')}>
      <div className="panel">
        <div className="panel-body verification">
          <div className="stack">
            <span>{isOn ? <StatusTag tone="success" isPlain>{t('profile.on')}</StatusTag> : <StatusTag tone="warning">{t('profile.off')}</StatusTag>}</span>
            <p className="verification-text">{t(isOn ? 'profile.on_text' : 'profile.off_text')}</p>
          </div>
          {mayChange && <Turn isOn={isOn} />}
        </div>
      </div>
      <p className="caption">{t('profile.advice')}</p>
      {!mayChange && <p className="caption">{t('profile.who_may')}</p>}
      {required && <RequiredOperations list={required} />}
    </Section>
  )
}

function Turn({ isOn }: { isOn: boolean }) {
  const { t } = useTranslation()
  const invalidates = [getProfile, getSession]
  const off = useApiMutation(turnVerificationOff, {
    invalidates, onSuccess: () => showToast({ tone: 'success', title: t('profile.turned_off'), text: t('profile.administrators_told') }),
  })
  const on = useApiMutation(turnVerificationOn, {
    invalidates, onSuccess: () => showToast({ tone: 'success', title: t('profile.turned_on'), text: t('profile.administrators_told') }),
  })
  // A reload in the middle of the security check: the same attempt goes on.
  const isResumed = useRef(false)
  useEffect(() => {
    if (isResumed.current || !off.unfinished) return
    isResumed.current = true
    off.submit(off.unfinished)
  }, [off])
  const turn = () => {
    off.reset()
    on.reset()
    if (isOn) off.submit({ body: {} })
    else on.submit({ body: {} })
  }
  return (
    <>
      {off.outcome === 'known' && <Switch label={t('profile.verification')} isOn={isOn} isBusy={off.isBusy || on.isBusy} onTurn={turn} />}
      <div className="verification-problem"><OutcomeNotice outcome={off.outcome} onAskAgain={off.askAgain} /><FormError error={off.error ?? on.error} /></div>
    </>
  )
}
