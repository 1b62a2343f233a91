import { useEffect, useRef } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Button } from '#src/components/Button.tsx'
import { CustomerSignInForm } from '#src/public/CustomerSignInForm.tsx'
import { stepsOf } from './steps.ts'
import type { Acceptance } from './use-acceptance.ts'

/** Signing in with the account to associate. */
export function SignInStep({ flow }: { flow: Acceptance }) {
  const { t } = useTranslation()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const steps = stepsOf(flow.situation, flow.state.place.way)
  return (
    <div data-step="sign-in">
      <div className="step-head">
        <p className="caption">{t('invite_page.step', { n: steps.indexOf('sign-in') + 1, total: steps.length })}</p>
        <h1 ref={heading} tabIndex={-1}>{t('invite_page.sign_in.title')}</h1>
      </div>
      <CustomerSignInForm
        onDone={(session) => flow.signedIn({ accountName: session.accountName, mobile: session.mobileMasked })}
        aside={flow.back && <Button onPress={flow.back}>{t('invite_page.back')}</Button>}
      />
    </div>
  )
}
