import { useTranslation } from '#src/i18n/use-translation.ts'
import { FormError } from '#src/components/FormError.tsx'
import { CodeField } from './CodeField.tsx'
import { StepForm } from './StepForm.tsx'
import type { Acceptance } from './use-acceptance.ts'

/** A mail may have been passed on, so the code to the account's own number tells that it is the invited person. */
export function OwnCodeStep({ flow, token }: { flow: Acceptance; token: string }) {
  const { t } = useTranslation()
  const account = flow.state.customer?.accountName ?? ''
  const mobile = flow.state.customer?.mobile
  return (
    <StepForm
      flow={flow} title={t('invite_page.own_code.title')} button={t('invite_page.go_on')} onSubmit={flow.next}
      aside={<p className="step-aside"><button type="button" className="text-link" onClick={() => void flow.otherAccount()}>{t('invite_page.own_code.other_account')}</button></p>}
    >
      <p className="second">{mobile ? t('invite_page.own_code.text', { account, mobile }) : t('invite_page.own_code.text_short', { account })}</p>
      <CodeField flow={flow} token={token} />
      <FormError error={flow.attempt.error} />
    </StepForm>
  )
}
