import { useTranslation } from '#src/i18n/use-translation.ts'
import { Labelled } from '#src/components/Labelled.tsx'
import { TextInput } from '#src/components/TextInput.tsx'
import { CodeField } from './CodeField.tsx'
import { MobileField } from './MobileField.tsx'
import { PasswordFields } from './PasswordFields.tsx'
import { PerhapsYours } from './PerhapsYours.tsx'
import { StepForm } from './StepForm.tsx'
import type { OpenInvite } from './steps.ts'
import type { Acceptance } from './use-acceptance.ts'
import { useProblemText } from './use-problem-text.ts'

/** A new account, in one form where there is room for it. */
export function AccountStep({ flow, token, view }: { flow: Acceptance; token: string; view: OpenInvite }) {
  const { t } = useTranslation()
  const tell = useProblemText()
  const { draft, problems } = flow.state
  return (
    <StepForm flow={flow} title={t('invite_page.register.title')} button={t('invite_page.go_on')} onSubmit={flow.next}>
      <Labelled label={t('invite_page.register.account')} isRequired hint={t('invite_page.register.account_hint')} error={tell(problems.accountName)}>
        {(wiring) => <TextInput {...wiring} isLarge name="accountName" autoComplete="username" autoCapitalize="none" spellCheck={false} maxLength={32} value={draft.accountName} onChange={(accountName) => flow.type({ accountName })} />}
      </Labelled>
      <PerhapsYours flow={flow} />
      <MobileField flow={flow} view={view} />
      <CodeField flow={flow} token={token} mobile={draft.mobile} />
      <PasswordFields flow={flow} />
    </StepForm>
  )
}
