import { useTranslation } from 'react-i18next'
import type { Trouble } from './trouble.ts'
import { useTrouble, useWait } from './use-trouble.ts'

type Props = { trouble: Trouble | undefined; attemptsLeft?: number | undefined; /** The browser's dialog is open. */ isOpen: boolean }

/** What happens with a passkey: the button opens the browser's dialog. A closed dialog is no error; a failure says what to do. */
export function PasskeyNote({ trouble, attemptsLeft, isOpen }: Props) {
  const { t } = useTranslation()
  const wait = useWait(null, trouble)
  const said = useTrouble({ sent: null, trouble, attemptsLeft }, wait)
  const words = trouble?.kind === 'passkey_failed' ? t('authenticators.passkey.failed') : trouble?.kind === 'wrong' || trouble?.kind === 'wrong_last' ? t('authenticators.passkey.wrong') : said
  return (
    <>
      <p className="field-error" role="alert">{words}</p>
      <p className="sent" role="status">{isOpen ? t('authenticators.passkey.open') : trouble?.kind === 'passkey_stopped' ? t('authenticators.passkey.stopped') : t('authenticators.passkey.hint')}</p>
    </>
  )
}
