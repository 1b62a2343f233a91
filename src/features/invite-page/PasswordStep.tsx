import { useTranslation } from '#src/i18n/use-translation.ts'
import { PasswordFields } from './PasswordFields.tsx'
import { StepForm } from './StepForm.tsx'
import type { Acceptance } from './use-acceptance.ts'

/** On a phone: the password on a step of its own. */
export function PasswordStep({ flow }: { flow: Acceptance }) {
  const { t } = useTranslation()
  return (
    <StepForm flow={flow} title={t('invite_page.register.password_title')} button={t('invite_page.done_button')} onSubmit={flow.next}>
      {/* A password manager keeps the password for the number, which signs in as well as the name that is made later. */}
      <input hidden readOnly type="text" name="username" autoComplete="username" value={flow.state.draft.mobile} />
      <PasswordFields flow={flow} />
    </StepForm>
  )
}
