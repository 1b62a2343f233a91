import { useTranslation } from '#src/i18n/use-translation.ts'
import { CodeField } from '#src/code/CodeField.tsx'
import { CodeHelp } from '#src/code/CodeHelp.tsx'
import { FormError } from '#src/components/FormError.tsx'
import { Labelled } from '#src/components/Labelled.tsx'
import { NewPassword } from '#src/components/NewPassword.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { TextInput } from '#src/components/TextInput.tsx'
import type { ContactChange, Profile } from './change.ts'
import { OpenFor } from './OpenFor.tsx'
import type { Change } from './use-change.ts'

type Props = { change: ContactChange; flow: Change; openUntil: string; profile: Profile }

/** The new contact with a code to it, or the new password twice, while the form is open. */
export function NewValue({ change, flow, openUntil, profile }: Props) {
  const { t } = useTranslation()
  return (
    <div className="form">
      <OpenFor openUntil={openUntil} isHeld={flow.isBusy} onClosed={() => flow.startOver(true)} />
      {change === 'password' ? (
        <>
          {/* A password manager keeps the new password for the name that signs in with it. */}
          <input hidden readOnly type="text" name="username" autoComplete="username" value={profile.login ?? profile.account} />
          <NewPassword value={flow.password.text} onChange={flow.password.put} problem={flow.password.problem} />
        </>
      ) : <NewContact change={change} flow={flow} />}
      <FormError error={flow.error} />
      {flow.isUnknown && <Notice tone="warning" isAlert>{t('profile.change.unknown')}</Notice>}
    </div>
  )
}

function NewContact({ change, flow }: { change: 'mobile' | 'email'; flow: Change }) {
  const { t } = useTranslation()
  const { text, problem, put, code } = flow.value
  return (
    <>
      <Labelled label={t(`profile.change.new.${change}`)} hint={t(`profile.change.new_hint.${change}`)} error={problem}>
        {(wiring) => (
          <TextInput
            {...wiring} isLarge name="value" value={text} onChange={put} maxLength={64} readOnly={flow.isBusy} autoCapitalize="none" spellCheck={false}
            {...(change === 'mobile' ? { type: 'tel', inputMode: 'tel', autoComplete: 'tel' } : { type: 'email', inputMode: 'email', autoComplete: 'email' })}
          />
        )}
      </Labelled>
      <div>
        <CodeField {...code.field} isLocked={flow.isBusy} />
        <CodeHelp items={[t('code.tip.typed'), t('code.tip.spam'), t('code.tip.wait')]} />
      </div>
    </>
  )
}
