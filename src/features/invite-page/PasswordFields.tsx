import { useTranslation } from '#src/i18n/use-translation.ts'
import { Labelled } from '#src/components/Labelled.tsx'
import { TextInput } from '#src/components/TextInput.tsx'
import type { Acceptance } from './use-acceptance.ts'
import { useProblemText } from './use-problem-text.ts'

/** The password of the new account, twice. */
export function PasswordFields({ flow }: { flow: Acceptance }) {
  const { t } = useTranslation()
  const tell = useProblemText()
  const { draft, problems } = flow.state
  return (
    <>
      <Labelled label={t('invite_page.register.password')} isRequired hint={t('session.password_rule')} error={tell(problems.password)}>
        {(wiring) => <TextInput {...wiring} isLarge name="password" type="password" autoComplete="new-password" maxLength={128} value={draft.password} onChange={(password) => flow.type({ password })} />}
      </Labelled>
      <Labelled label={t('invite_page.register.password_again')} isRequired error={tell(problems.again)}>
        {(wiring) => <TextInput {...wiring} isLarge name="again" type="password" autoComplete="new-password" maxLength={128} value={draft.again} onChange={(again) => flow.type({ again })} />}
      </Labelled>
    </>
  )
}
