import { useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Masked } from '#contract/masked.ts'
import { secondsUntil, serverNow } from '#src/lib/clock.ts'
import { formatClock, formatFull } from '#src/lib/format.ts'
import { useNow } from '#src/lib/use-now.ts'
import type { Trouble } from './trouble.ts'

/** The newest code that was sent. Without `sentTo` the page must not tell whether anything was. */
export type Sent = { sentTo: Masked | null; reference: string; sentAt: string; resendAt: string; expiresAt: string }

/** What a sentence about a code is made of; `attemptsLeft` where the server tells. */
type About = { sent: Sent | null; trouble: Trouble | undefined; attemptsLeft?: number | undefined; isUsedUp?: boolean | undefined }

/** When the next code may be asked for, by the server's clock. @returns the instant in milliseconds, 0 for at once, and the
 *  whole seconds until then. */
export function useWait(sent: Sent | null, trouble: Trouble | undefined): { until: number; seconds: number } {
  const [refusedAt, setRefusedAt] = useState<{ trouble: Trouble; until: number }>()
  if (trouble?.kind === 'wait' && refusedAt?.trouble !== trouble) setRefusedAt({ trouble, until: serverNow() + trouble.seconds * 1000 })
  const until = Math.max(sent ? Date.parse(sent.resendAt) : 0, refusedAt?.until ?? 0)
  useNow(until > serverNow())
  // The server's clock is known a little late here, by the way of its answer; nobody is told to wait longer than the wait itself.
  const whole = sent && !refusedAt ? (Date.parse(sent.resendAt) - Date.parse(sent.sentAt)) / 1000 : Infinity
  return { until, seconds: Math.max(0, Math.min(whole, Math.ceil((until - serverNow()) / 1000))) }
}

/** @returns the sentence beside the code field: each trouble has its own, with the next step. */
export function useTrouble({ sent, trouble, attemptsLeft, isUsedUp }: About, wait: { until: number; seconds: number }): string | undefined {
  const { t } = useTranslation()
  const isExpired = useExpired(sent)
  if (!trouble) return isExpired ? t('code.expired') : isUsedUp && !sent ? t('code.sends_used_up') : undefined
  switch (trouble.kind) {
    case 'wrong': return attemptsLeft === undefined ? t('code.wrong_plain') : t('code.wrong', { count: attemptsLeft })
    case 'wrong_last': return t('code.wrong_last')
    case 'code_expired': return t('code.expired')
    case 'malformed': return t('code.enter')
    case 'passed_late': return t('code.passed_late')
    case 'send_failed': return t('code.send_failed')
    case 'unreachable': return t('code.unreachable')
    // Said where the passkey is asked for.
    case 'passkey_stopped': case 'passkey_failed': return undefined
    // The button counts down; a sentence that did would be read out every second.
    case 'wait': return wait.seconds > 0 ? t('code.too_many', { time: wait.seconds > 60 ? formatFull(new Date(wait.until).toISOString()) : formatClock(new Date(wait.until).toISOString()) }) : undefined
    case 'other': return trouble.text
  }
}

function useExpired(sent: Sent | null): boolean {
  useNow(sent !== null)
  return sent !== null && secondsUntil(sent.expiresAt) === 0
}
