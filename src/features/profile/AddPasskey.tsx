import { useTranslation } from '#src/i18n/use-translation.ts'
import { PasskeyNote } from '#src/code/PasskeyNote.tsx'
import { NameField } from './NameField.tsx'
import type { AuthenticatorChange } from './use-authenticator.ts'

/** A name for a new passkey, and what its button does. */
export function AddPasskey({ flow }: { flow: AuthenticatorChange }) {
  const { t } = useTranslation()
  const { isOpen, trouble, isKnown } = flow.passkey
  return (
    <>
      <NameField {...flow.name.field} isLocked={flow.isBusy || isOpen} />
      <div>
        <PasskeyNote
          trouble={trouble} isOpen={isOpen}
          words={{ hint: t('authenticators.add.passkey_text'), stopped: t('authenticators.add.passkey_stopped'), failed: t(isKnown ? 'authenticators.add.passkey_known' : 'authenticators.add.passkey_failed') }}
        />
      </div>
    </>
  )
}
