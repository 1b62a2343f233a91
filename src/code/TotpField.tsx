import { type RefObject, useId } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { CodeInput } from './CodeInput.tsx'
import type { Trouble } from './trouble.ts'
import { useTrouble, useWait } from './use-trouble.ts'

type Props = {
  code: string
  onCode: (code: string) => void
  codeField: RefObject<HTMLInputElement | null>
  trouble: Trouble | undefined
  /** Attempts left, where the server tells. */
  attemptsLeft?: number | undefined
  isLocked?: boolean
  /** Other words than those for an app that is in use already. */
  label?: string
  hint?: string
}

/** One field for the six digits that an authenticator app shows now. Nothing is sent for it. */
export function TotpField({ code, onCode, codeField, trouble, attemptsLeft, isLocked = false, label, hint }: Props) {
  const { t } = useTranslation()
  const id = useId()
  const wait = useWait(null, trouble)
  const said = useTrouble({ sent: null, trouble, attemptsLeft }, wait)
  const isTooMany = trouble?.kind === 'wrong_last'
  const message = isTooMany ? t('authenticators.totp.too_many') : trouble?.kind === 'wrong' ? `${said ?? ''} ${t('authenticators.totp.wrong_hint')}` : said
  return (
    <>
      <label className="label" htmlFor={id}>{label ?? t('authenticators.totp.label')}</label>
      <div className="code-row"><CodeInput ref={codeField} id={id} code={code} onCode={onCode} isWrong={message !== undefined} describedBy={`${id}-trouble ${id}-hint`} isLocked={isLocked} /></div>
      <p className="field-error" id={`${id}-trouble`} role="alert">{message}</p>
      <p className="sent" id={`${id}-hint`}>{hint ?? t('authenticators.totp.hint')}</p>
    </>
  )
}
