import { type RefObject, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ProofChannel, ProofRequired } from '#contract/proofs.ts'
import { Button } from '#src/components/Button.tsx'
import { RadioCards } from '#src/components/RadioCards.tsx'
import { secondsUntil, serverNow } from '#src/lib/clock.ts'
import { formatClock, formatFull } from '#src/lib/format.ts'
import { useNow } from '#src/lib/use-now.ts'
import { cleanCode, type Step, type Trouble } from './steps.ts'

type CodeStep = Extract<Step, { at: 'code' }>
type Props = {
  step: CodeStep
  channels: ProofRequired['channels']
  channel: ProofChannel | undefined
  onChannel: (channel: ProofChannel) => void
  code: string
  onCode: (code: string) => void
  onSend: () => void
  codeField: RefObject<HTMLInputElement | null>
  sendButton: RefObject<HTMLButtonElement | null>
  isLocked: boolean
}

/** Channel, code, resend, what was sent, what is left, and help. */
export function CodeForm({ step, channels, channel, onChannel, code, onCode, onSend, codeField, sendButton, isLocked }: Props) {
  const { t } = useTranslation()
  const id = useId()
  const wait = useWait(step)
  const message = useTrouble(step, wait)
  const { sent } = step
  return (
    <>
      <RadioCards
        legend={t('proof.channel')} value={channel} onChange={onChannel} isDisabled={isLocked}
        options={channels.map((one) => ({ value: one.channel, label: t(`proof.${one.channel}`), note: one.destination }))}
      />
      <label className="label" htmlFor={id}>{t('proof.code')}</label>
      <div className="code-row">
        <span className={`field code-field ${message ? 'wrong' : ''}`}>
          <input
            ref={codeField} id={id} name="code" type="text" inputMode="numeric" autoComplete="one-time-code" value={code} spellCheck={false}
            aria-describedby={`${id}-trouble ${id}-sent`} {...(message && { 'aria-invalid': true })} readOnly={isLocked}
            onChange={(event) => onCode(cleanCode(event.target.value))}
          />
        </span>
        <SendButton step={step} seconds={wait.seconds} onSend={onSend} button={sendButton} isLocked={isLocked} />
      </div>
      <p className="field-error" id={`${id}-trouble`} role="alert">{message}</p>
      <p className="sent" id={`${id}-sent`}>
        {sent && <>{t('proof.sent_before', { time: formatClock(sent.sentAt), to: sent.sentTo })} <b className="ref">{sent.reference}</b>{t('proof.sent_after')}</>}
      </p>
      <span className="hidden-text" role="status">{sent ? t('proof.sent_announce', { to: sent.sentTo, reference: sent.reference }) : ''}</span>
      <Help text={t('proof.counters', { sends: step.sendsUsed, sendsMax: step.sendsMax, attempts: step.attemptsLeft })} />
    </>
  )
}

/** When the next code may be asked for, by the server's clock. @returns the instant in milliseconds, 0 for at once, and the
 *  whole seconds until then. */
function useWait(step: CodeStep): { until: number; seconds: number } {
  const [refusedAt, setRefusedAt] = useState<{ trouble: Trouble; until: number }>()
  if (step.trouble?.kind === 'wait' && refusedAt?.trouble !== step.trouble) setRefusedAt({ trouble: step.trouble, until: serverNow() + step.trouble.seconds * 1000 })
  const until = Math.max(step.sent ? Date.parse(step.sent.resendAt) : 0, refusedAt?.until ?? 0)
  useNow(until > serverNow())
  // The server's clock is known a little late here, by the way of its answer; nobody is told to wait longer than the wait itself.
  const whole = step.sent && !refusedAt ? (Date.parse(step.sent.resendAt) - Date.parse(step.sent.sentAt)) / 1000 : Infinity
  return { until, seconds: Math.max(0, Math.min(whole, Math.ceil((until - serverNow()) / 1000))) }
}

/** Get code, then the countdown by the server's clock. The button's name changes every second, but nothing reads it out. */
function SendButton({ step, seconds, onSend, button, isLocked }: { step: CodeStep; seconds: number; onSend: () => void; button: RefObject<HTMLButtonElement | null>; isLocked: boolean }) {
  const { t } = useTranslation()
  const isUsedUp = step.sendsUsed >= step.sendsMax
  const words = step.doing === 'sending' ? t('proof.getting') : seconds > 0 ? t('proof.resend_in', { seconds }) : step.sendsUsed > 0 ? t('proof.resend') : t('proof.get')
  const reason = isUsedUp ? t('proof.sends_used_up') : seconds > 0 ? t('proof.too_soon', { seconds }) : isLocked ? t('proof.checking') : undefined
  return <Button ref={button} className="send" isBusy={step.doing === 'sending'} disabledReason={step.doing === 'sending' ? undefined : reason} onPress={onSend}>{words}</Button>
}

function Help({ text }: { text: string }) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <p className="sent left"><span>{text}</span><button type="button" className="text-link" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>{t('proof.help')}</button></p>
      {isOpen && (
        <ul className="proof-help">
          <li>{t('proof.help_channel')}</li><li>{t('proof.help_spam')}</li><li>{t('proof.help_profile')}</li><li>{t('proof.help_colleague')}</li>
        </ul>
      )}
    </>
  )
}

/** @returns the sentence beside the code field: each trouble has its own, with the next step. */
function useTrouble(step: CodeStep, wait: { until: number; seconds: number }): string | undefined {
  const { t } = useTranslation()
  const isExpired = useExpired(step)
  if (!step.trouble) return isExpired ? t('proof.code_expired') : step.sendsUsed >= step.sendsMax && !step.sent ? t('proof.sends_used_up') : undefined
  switch (step.trouble.kind) {
    case 'wrong': return t('proof.wrong', { attempts: step.attemptsLeft })
    case 'code_expired': return t('proof.code_expired')
    case 'malformed': return t('proof.enter_code')
    case 'passed_late': return t('proof.passed_late')
    case 'send_failed': return t('proof.send_failed')
    case 'unreachable': return t('proof.unreachable')
    // The button counts down; a sentence that did would be read out every second.
    case 'wait': return wait.seconds > 0 ? t('proof.too_many', { time: wait.seconds > 60 ? formatFull(new Date(wait.until).toISOString()) : formatClock(new Date(wait.until).toISOString()) }) : undefined
    case 'other': return step.trouble.text
  }
}

function useExpired({ sent }: CodeStep): boolean {
  useNow(sent !== null)
  return sent !== null && secondsUntil(sent.expiresAt) === 0
}
