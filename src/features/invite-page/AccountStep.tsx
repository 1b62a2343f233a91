import { useTranslation } from 'react-i18next'
import { Labelled } from '#src/components/Labelled.tsx'
import { TextInput } from '#src/components/TextInput.tsx'
import { CodeField } from './CodeField.tsx'
import { MobileField } from './MobileField.tsx'
import { PasswordFields } from './PasswordFields.tsx'
import { StepForm } from './StepForm.tsx'
import type { OpenInvite } from './steps.ts'
import type { Acceptance } from './use-acceptance.ts'
import { useProblemText } from './use-problem-text.ts'

/** A new account, in one form where there is room for it. */
export function AccountStep({ flow, token, view }: { flow: Acceptance; token: string; view: OpenInvite }) {
  const { t } = useTranslation()
  const tell = useProblemText()
  const { draft, problems } = flow.state
  // The server's sentence: the name is taken, perhaps by the very account that was opened when an answer got lost.
  const isTaken = problems.accountName && 'text' in problems.accountName
  return (
    <StepForm flow={flow} title={t('invite_page.register.title')} button={t('invite_page.go_on')} onSubmit={flow.next}>
      <Labelled label={t('invite_page.register.account')} isRequired hint={t('invite_page.register.account_hint')} error={tell(problems.accountName)}>
        {(wiring) => <TextInput {...wiring} isLarge name="accountName" autoComplete="username" autoCapitalize="none" spellCheck={false} maxLength={32} value={draft.accountName} onChange={(accountName) => flow.type({ accountName })} />}
      </Labelled>
      {isTaken && <p className="caption">{t('invite_page.register.account_sign_in')} <button type="button" className="text-link" onClick={flow.haveAccount}>{t('invite_page.register.have_account')}</button></p>}
      <MobileField flow={flow} view={view} />
      <CodeField flow={flow} token={token} mobile={draft.mobile} />
      <PasswordFields flow={flow} />
    </StepForm>
  )
}
