import { type RefObject, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Masked } from '#contract/masked.ts'
import { Button } from '#src/components/Button.tsx'
import { secondsUntil, serverNow } from '#src/lib/clock.ts'
import { cleanCode } from '#src/lib/clean.ts'
import { formatClock, formatFull } from '#src/lib/format.ts'
import { useNow } from '#src/lib/use-now.ts'
import type { Trouble } from './trouble.ts'

/** The newest code that was sent. Without `sentTo` the page must not tell whether anything was. */
export type Sent = { sentTo: Masked | null; reference: string; sentAt: string; resendAt: string; expiresAt: string }

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
        <span className={`field code-field ${message ? 'wrong' : ''}`}>
          <input
            ref={codeField} id={id} name="code" type="text" inputMode="numeric" autoComplete="one-time-code" value={code} spellCheck={false}
            aria-describedby={`${id}-trouble ${id}-sent`} {...(message && { 'aria-invalid': true })} readOnly={isLocked}
            onChange={(event) => onCode(cleanCode(event.target.value))}
          />
        </span>
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

/** When the next code may be asked for, by the server's clock. @returns the instant in milliseconds, 0 for at once, and the
 *  whole seconds until then. */
function useWait(sent: Sent | null, trouble: Trouble | undefined): { until: number; seconds: number } {
  const [refusedAt, setRefusedAt] = useState<{ trouble: Trouble; until: number }>()
  if (trouble?.kind === 'wait' && refusedAt?.trouble !== trouble) setRefusedAt({ trouble, until: serverNow() + trouble.seconds * 1000 })
  const until = Math.max(sent ? Date.parse(sent.resendAt) : 0, refusedAt?.until ?? 0)
  useNow(until > serverNow())
  // The server's clock is known a little late here, by the way of its answer; nobody is told to wait longer than the wait itself.
  const whole = sent && !refusedAt ? (Date.parse(sent.resendAt) - Date.parse(sent.sentAt)) / 1000 : Infinity
  return { until, seconds: Math.max(0, Math.min(whole, Math.ceil((until - serverNow()) / 1000))) }
}

type SendProps = Pick<CodeFieldProps, 'isSending' | 'isRepeated' | 'isUsedUp' | 'onSend' | 'sendButton'> & { seconds: number; isLocked: boolean }

/** Get code, then the countdown by the server's clock. The button's name changes every second, but nothing reads it out. */
function SendButton({ isSending, isRepeated, isUsedUp = false, onSend, sendButton, seconds, isLocked }: SendProps) {
  const { t } = useTranslation()
  const words = isSending ? t('code.getting') : seconds > 0 ? t('code.resend_in', { seconds }) : isRepeated ? t('code.resend') : t('code.get')
  const reason = isUsedUp ? t('code.sends_used_up') : seconds > 0 ? t('code.too_soon', { seconds }) : isLocked ? t('code.checking') : undefined
  return <Button ref={sendButton} className="send" isBusy={isSending} disabledReason={isSending ? undefined : reason} onPress={onSend}>{words}</Button>
}

/** @returns the sentence beside the code field: each trouble has its own, with the next step. */
function useTrouble({ sent, trouble, attemptsLeft, isUsedUp }: Pick<CodeFieldProps, 'sent' | 'trouble' | 'attemptsLeft' | 'isUsedUp'>, wait: { until: number; seconds: number }): string | undefined {
  const { t } = useTranslation()
  const isExpired = useExpired(sent)
  if (!trouble) return isExpired ? t('code.expired') : isUsedUp && !sent ? t('code.sends_used_up') : undefined
  switch (trouble.kind) {
    case 'wrong': return attemptsLeft === undefined ? t('code.wrong_plain') : t('code.wrong', { attempts: attemptsLeft })
    case 'wrong_last': return t('code.wrong_last')
    case 'code_expired': return t('code.expired')
    case 'malformed': return t('code.enter')
    case 'passed_late': return t('code.passed_late')
    case 'send_failed': return t('code.send_failed')
    case 'unreachable': return t('code.unreachable')
    // The button counts down; a sentence that did would be read out every second.
    case 'wait': return wait.seconds > 0 ? t('code.too_many', { time: wait.seconds > 60 ? formatFull(new Date(wait.until).toISOString()) : formatClock(new Date(wait.until).toISOString()) }) : undefined
    case 'other': return trouble.text
  }
}

function useExpired(sent: Sent | null): boolean {
  useNow(sent !== null)
  return sent !== null && secondsUntil(sent.expiresAt) === 0
}
