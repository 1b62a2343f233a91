import { useReducer, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { checkCode, type ProofChannel, sendCode } from '#contract/proofs.ts'
import { ApiError } from '#src/api/api-error.ts'
import { call } from '#src/api/call.ts'
import { Button } from '#src/components/Button.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { serverNow } from '#src/lib/clock.ts'
import { CodeForm } from './CodeForm.tsx'
import { EndedText, NoContact } from './EndedText.tsx'
import { ProofSummary } from './ProofSummary.tsx'
import type { Check } from './prove-identity.ts'
import { firstStep, nextStep } from './steps.ts'
import { useVerb } from './use-verb.ts'

/** The one security check of the console: shows what the server froze, gets and checks a code or asks a plain question, and stays until the
 *  operation's result is known. @param open the check that waits. */
export function ProofModal({ open }: { open: Check }) {
  const { t } = useTranslation()
  const { proof, phase } = open
  const [step, tell] = useReducer(nextStep, proof, (first) => firstStep(first, serverNow()))
  const [channel, setChannel] = useState<ProofChannel | undefined>(proof.sent?.channel ?? proof.preferred ?? proof.channels[0]?.channel)
  const [code, setCode] = useState('')
  const codeField = useRef<HTMLInputElement>(null)
  const sendButton = useRef<HTMLButtonElement>(null)
  const isPressed = useRef(false)
  const verb = useVerb(proof.summary)
  const isRunning = phase !== 'confirming' || (step.at === 'code' && step.doing === 'checking')

  const refused = (error: unknown) => {
    isPressed.current = false
    tell(error instanceof ApiError ? { type: 'refused', problem: error.failure } : { type: 'unreachable' })
    codeField.current?.focus()
  }
  const send = async () => {
    if (!channel || isPressed.current) return
    isPressed.current = true
    tell({ type: 'sending' })
    try {
      const { sendsUsed, sendsMax, attemptsLeft, ...sent } = await call(sendCode, { params: { id: proof.proofId }, body: { channel } })
      isPressed.current = false
      setCode('')
      tell({ type: 'sent', sent, sendsUsed, sendsMax, attemptsLeft })
      codeField.current?.focus()
    } catch (error) { refused(error) }
  }
  const confirm = async () => {
    if (isPressed.current) return
    if (step.at === 'code') {
      if (code.length !== 6) { tell({ type: 'malformed' }); return codeField.current?.focus() }
      isPressed.current = true
      tell({ type: 'checking' })
      try {
        await call(checkCode, { params: { id: proof.proofId }, body: { code } })
      } catch (error) {
        setCode('')
        return refused(error)
      }
    }
    isPressed.current = true
    open.confirm()
  }
  const isEnded = step.at === 'void' || step.at === 'locked'
  const isMoney = proof.summary.total !== null
  const title = step.at === 'click' ? (isMoney ? t('proof.title_money') : t('proof.title_plain')) : t('proof.title_code')
  const blocked = step.at === 'no-contact' ? t('proof.no_contact') : step.at === 'code' && !step.sent ? t('proof.get_first') : undefined
  return (
    <ModalShell
      title={title} onClose={open.cancel} isTop isLocked={isRunning} initialFocus={step.at === 'code' ? (step.sent ? codeField : sendButton) : undefined}
      footer={(close) => isEnded
        ? <Button variant="primary" onPress={close}>{t('proof.back')}</Button>
        : (
          <>
            <Button onPress={close} {...(isRunning && { disabledReason: t('proof.executing') })}>{t('common.cancel')}</Button>
            <Button variant="primary" type="submit" form="proof-form" isBusy={isRunning} disabledReason={isRunning ? undefined : blocked}>{verb}</Button>
          </>
        )}
    >
      <form id="proof-form" noValidate onSubmit={(event) => { event.preventDefault(); if (!blocked) void confirm() }}>
        {(proof.why === 'changed' || proof.why === 'expired') && <Notice tone="warning">{proof.why === 'changed' ? t('proof.changed') : t('proof.expired_again')}</Notice>}
        <ProofSummary summary={proof.summary} />
        {step.at === 'no-contact' && <NoContact onLeave={open.cancel} />}
        {isEnded && <EndedText step={step} />}
        {step.at === 'code' && (
          <CodeForm
            step={step} channels={proof.channels} channel={channel} onChannel={setChannel} code={code} onCode={setCode} onSend={() => void send()}
            codeField={codeField} sendButton={sendButton} isLocked={isRunning}
          />
        )}
        <p className="proof-progress" role="status">
          {phase === 'unknown' ? t('proof.unknown') : phase === 'executing' ? t('proof.executing') : step.at === 'code' && step.doing === 'checking' ? t('proof.checking') : ''}
        </p>
      </form>
    </ModalShell>
  )
}
