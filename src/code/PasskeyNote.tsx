import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Trouble } from './trouble.ts'
import { useTrouble, useWait } from './use-trouble.ts'

type Props = { trouble: Trouble | undefined; attemptsLeft?: number | undefined; /** The browser's dialog is open. */ isOpen: boolean; /** Other words than those for a passkey that confirms something. */ words?: { hint: string; stopped: string; failed: string } }

/** What happens with a passkey: the button opens the browser's dialog. A closed dialog is no error; a failure says what to do. */
export function PasskeyNote({ trouble, attemptsLeft, isOpen, words: given }: Props) {
  const { t } = useTranslation()
  const wait = useWait(null, trouble)
  const said = useTrouble({ sent: null, trouble, attemptsLeft }, wait)
  const words = (): string | undefined => {
    switch (trouble?.kind) {
      case 'passkey_failed': return given?.failed ?? t('authenticators.passkey.failed')
      case 'wrong': case 'wrong_last': return t('authenticators.passkey.wrong')
      case 'code_expired': return t('authenticators.passkey.expired')
      default: return said
    }
  }
  return (
    <>
      <p className="field-error" role="alert">{words()}</p>
      <p className="sent" role="status">{isOpen ? t('authenticators.passkey.open') : trouble?.kind === 'passkey_stopped' ? (given?.stopped ?? t('authenticators.passkey.stopped')) : (given?.hint ?? t('authenticators.passkey.hint'))}</p>
    </>
  )
}
