import { useTranslation } from 'react-i18next'
import { Button } from '#src/components/Button.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { CodeForm } from './CodeForm.tsx'
import { EndedText, NoContact } from './EndedText.tsx'
import { ProofSummary } from './ProofSummary.tsx'
import type { Check } from './prove-identity.ts'
import { useCheck } from './use-check.ts'
import { useVerb } from './use-verb.ts'

/** The one security check of the console: shows what the server froze, gets and checks a code or asks a plain question, and stays until the
 *  operation's result is known. @param open the check that waits. */
export function ProofModal({ open }: { open: Check }) {
  const { t } = useTranslation()
  const { proof, phase } = open
  const verb = useVerb(proof.summary)
  const { step, code, setCode, channel, setChannel, send, confirm, codeField, sendButton, isRunning } = useCheck(open)
  const isEnded = step.at === 'void' || step.at === 'locked'
  const isMoney = proof.summary.total !== null
  const title = step.at === 'click' ? (isMoney ? t('proof.title_money') : t('proof.title_plain')) : t('proof.title_code')
  const blocked = step.at === 'no-contact' ? t('proof.no_contact') : step.at === 'code' && !step.sent ? t('code.get_first') : undefined
  return (
    <ModalShell
      title={title} onClose={open.cancel} level="proof" isLocked={isRunning} initialFocus={step.at === 'code' ? (step.sent ? codeField : sendButton) : undefined}
      footer={(close) => isEnded
        ? <Button variant="primary" onPress={close}>{t('proof.back')}</Button>
        : (
          <>
            <Button onPress={close} {...(isRunning && { disabledReason: t('proof.executing') })}>{t('common.cancel')}</Button>
            <Button variant="primary" type="submit" form="proof-form" isBusy={isRunning} disabledReason={isRunning ? undefined : blocked}>{verb}</Button>
          </>
        )}
    >
      <form id="proof-form" noValidate onSubmit={(event) => { event.preventDefault(); if (!blocked) confirm() }}>
        {(proof.why === 'changed' || proof.why === 'expired') && <Notice tone="warning">{proof.why === 'changed' ? t('proof.changed') : t('proof.expired_again')}</Notice>}
        <ProofSummary summary={proof.summary} />
        {step.at === 'no-contact' && <NoContact onLeave={open.cancel} />}
        {isEnded && <EndedText step={step} />}
        {step.at === 'code' && (
          <CodeForm
            step={step} channels={proof.channels} channel={channel} onChannel={setChannel} code={code} onCode={setCode} onSend={send}
            codeField={codeField} sendButton={sendButton} isLocked={isRunning}
          />
        )}
        <p className="proof-progress" role="status">
          {phase === 'unknown' ? t('proof.unknown') : phase === 'executing' ? t('proof.executing') : step.at === 'code' && step.doing === 'checking' ? t('code.checking') : ''}
        </p>
      </form>
    </ModalShell>
  )
}
