import { useEffect, useRef } from 'react'
import { useBlocker } from 'react-router'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { whyNoPasskey } from '#src/code/passkeys.ts'
import { Button } from '#src/components/Button.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { CodeForm } from './CodeForm.tsx'
import { EndedText, NoAuthenticator, NoContact } from './EndedText.tsx'
import { ProofSummary } from './ProofSummary.tsx'
import type { Check } from './prove-identity.ts'
import { type Checking, useCheck } from './use-check.ts'
import { useVerb } from './use-verb.ts'

/** The one security check of the console: shows what the server froze, gets and checks a code or asks a plain question, and stays until the
 *  operation's result is known. @param open the check that waits. */
export function ProofModal({ open }: { open: Check }) {
  const { t } = useTranslation()
  const { proof, phase } = open
  const verb = useVerb(proof.summary)
  const verbButton = useRef<HTMLButtonElement>(null)
  const checking = useCheck(open)
  const { step, way, confirm, codeField, sendButton, isRunning } = checking
  const isSigning = step.at === 'code' && step.doing === 'signing'
  const isEnded = step.at === 'void' || step.at === 'locked'
  const isMoney = proof.summary.total !== null
  const title = step.at === 'click' ? (isMoney ? t('proof.title_money') : t('proof.title_plain')) : t('proof.title_code')
  const blocked = useBlocked(checking)
  useBackAsCancel(() => { if (!isRunning) open.cancel() })
  return (
    <ModalShell
      title={title} onClose={open.cancel} level="proof" isLocked={isRunning}
      initialFocus={step.at !== 'code' ? undefined : way === 'passkey' ? verbButton : way === 'totp' || step.sent ? codeField : sendButton}
      footer={(close) => isEnded
        ? <Button variant="primary" onPress={close}>{t('proof.back')}</Button>
        : (
          <>
            <Button onPress={close} {...(isRunning && { disabledReason: t('proof.executing') })}>{t('common.cancel')}</Button>
            <Button ref={verbButton} variant="primary" type="submit" form="proof-form" isBusy={isRunning || isSigning} disabledReason={isRunning || isSigning ? undefined : blocked}>{verb}</Button>
          </>
        )}
    >
      <form id="proof-form" noValidate onSubmit={(event) => { event.preventDefault(); if (!blocked) confirm() }}>
        {(proof.why === 'changed' || proof.why === 'expired') && <Notice tone="warning">{proof.why === 'changed' ? t('proof.changed') : t('proof.expired_again')}</Notice>}
        <ProofSummary summary={proof.summary} />
        {step.at === 'no-contact' && <NoContact onLeave={open.cancel} />}
        {isEnded && <EndedText step={step} />}
        {step.at === 'no-authenticator' && <NoAuthenticator />}
        {step.at === 'code' && <CodeForm step={step} proof={proof} checking={checking} />}
        <p className="proof-progress" role="status">
          {phase === 'unknown' ? t('proof.unknown') : phase === 'executing' ? t('proof.executing') : step.at === 'code' && step.doing === 'checking' ? t('code.checking') : ''}
        </p>
      </form>
    </ModalShell>
  )
}

/** Back takes the check away and leaves the form below with what was typed; otherwise it would take the form from under the check. */
function useBackAsCancel(onBack: () => void): void {
  const blocker = useBlocker(({ historyAction, currentLocation, nextLocation }) => historyAction === 'POP' && currentLocation.pathname !== nextLocation.pathname)
  const latest = useRef(onBack)
  useEffect(() => { latest.current = onBack })
  useEffect(() => {
    if (blocker.state !== 'blocked') return
    blocker.reset()
    latest.current()
  }, [blocker])
}

/** @returns why the button cannot be pressed yet, or undefined. */
function useBlocked({ step, way }: Checking): string | undefined {
  const { t } = useTranslation()
  switch (step.at) {
    case 'no-contact': return t('proof.no_contact')
    case 'no-authenticator': return t('authenticators.check.none')
    case 'code': {
      if (way === 'totp') return undefined
      const why = way === 'sms' || way === 'email' ? undefined : whyNoPasskey()
      if (why) return t(`authenticators.no_passkey.${why}`)
      return way !== 'passkey' && !step.sent ? t('code.get_first') : undefined
    }
    default: return undefined
  }
}
