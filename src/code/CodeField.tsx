import { type RefObject, useId } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Button } from '#src/components/Button.tsx'
import { formatClock } from '#src/lib/format.ts'
import { CodeInput } from './CodeInput.tsx'
import type { Trouble } from './trouble.ts'
import { type Sent, useTrouble, useWait } from './use-trouble.ts'

export type CodeFieldProps = {
  sent: Sent | null
  trouble: Trouble | undefined
  /** Attempts left with this code, where the server tells. */
  attemptsLeft?: number | undefined
  isSending: boolean
  /** Whether a code was asked for before, so that the button asks for another. */
  isRepeated: boolean
  /** Nothing more can be sent. */
  isUsedUp?: boolean
  code: string
  onCode: (code: string) => void
  onSend: () => void
  codeField: RefObject<HTMLInputElement | null>
  sendButton: RefObject<HTMLButtonElement | null>
  isLocked?: boolean
}

/** One field for a code of six digits, the button that asks for one, what is wrong, and what was sent. */
export function CodeField({ code, onCode, codeField, isLocked = false, ...props }: CodeFieldProps) {
  const { t } = useTranslation()
  const id = useId()
  const { sent } = props
  const wait = useWait(sent, props.trouble)
  const message = useTrouble(props, wait)
  return (
    <>
      <label className="label" htmlFor={id}>{t('code.label')}</label>
      <div className="code-row">
        <CodeInput ref={codeField} id={id} code={code} onCode={onCode} isWrong={message !== undefined} describedBy={`${id}-trouble ${id}-sent`} isLocked={isLocked} />
        <SendButton {...props} seconds={wait.seconds} isLocked={isLocked} />
      </div>
      <p className="field-error" id={`${id}-trouble`} role="alert">{message}</p>
      <p className="sent" id={`${id}-sent`}>{sent && <SentText sent={sent} />}</p>
      <span className="hidden-text" role="status">{sent && (sent.sentTo === null ? t('code.sent_perhaps_announce', { reference: sent.reference }) : t('code.sent_announce', { to: sent.sentTo, reference: sent.reference }))}</span>
    </>
  )
}

function SentText({ sent }: { sent: Sent }) {
  const { t } = useTranslation()
  const time = formatClock(sent.sentAt)
  return sent.sentTo === null
    ? <>{t('code.sent_perhaps_before', { time })} <b className="ref">{sent.reference}</b>{t('code.sent_perhaps_after')}</>
    : <>{t('code.sent_before', { time, to: sent.sentTo })} <b className="ref">{sent.reference}</b>{t('code.sent_after')}</>
}

type SendProps = Pick<CodeFieldProps, 'isSending' | 'isRepeated' | 'isUsedUp' | 'onSend' | 'sendButton'> & { seconds: number; isLocked: boolean }

/** Get code, then the countdown by the server's clock. The button's name changes every second, but nothing reads it out. */
function SendButton({ isSending, isRepeated, isUsedUp = false, onSend, sendButton, seconds, isLocked }: SendProps) {
  const { t } = useTranslation()
  const words = isSending ? t('code.getting') : seconds > 0 ? t('code.resend_in', { seconds }) : isRepeated ? t('code.resend') : t('code.get')
  const reason = isUsedUp ? t('code.sends_used_up') : seconds > 0 ? t('code.too_soon', { seconds }) : isLocked ? t('code.checking') : undefined
  return <Button ref={sendButton} className="send" isBusy={isSending} disabledReason={isSending ? undefined : reason} onPress={onSend}>{words}</Button>
}
