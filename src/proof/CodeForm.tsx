import { useTranslation } from '#src/i18n/use-translation.ts'
import type { ProofRequired } from '#contract/proofs.ts'
import { CodeField } from '#src/code/CodeField.tsx'
import { CodeHelp } from '#src/code/CodeHelp.tsx'
import { PasskeyNote } from '#src/code/PasskeyNote.tsx'
import { whyNoPasskey } from '#src/code/passkeys.ts'
import { TotpField } from '#src/code/TotpField.tsx'
import { RadioCards } from '#src/components/RadioCards.tsx'
import { type Step, waysOf } from './steps.ts'
import type { Checking } from './use-check.ts'

type Props = { step: Extract<Step, { at: 'code' }>; proof: ProofRequired; checking: Checking }

/** The way to confirm and what it needs: a code with resend, the code of an app, or a word about the passkey; what is left, and help. */
export function CodeForm({ step, proof, checking }: Props) {
  const { t } = useTranslation()
  const { way, setWay, code, setCode, codeField, sendButton, send, isRunning } = checking
  const { sent, trouble, attemptsLeft, sendsUsed, sendsMax, doing } = step
  const why = whyNoPasskey()
  const isMessage = way === 'sms' || way === 'email'
  return (
    <>
      {proof.needsAuthenticator && <p className="second needs-authenticator">{t('authenticators.check.required')}</p>}
      <RadioCards
        legend={t(proof.needsAuthenticator || proof.authenticators.length > 0 ? 'authenticators.check.way' : 'code.channel')} value={way} onChange={setWay} isDisabled={isRunning || doing === 'signing'}
        options={waysOf(proof).map((one) => ({
          value: one.way, label: one.way === 'sms' || one.way === 'email' ? t(`code.${one.way}`) : t(`authenticators.kind.${one.way}`), note: one.note,
          ...(one.way === 'passkey' && why && { disabledReason: t(`authenticators.no_passkey.${why}`) }),
        }))}
      />
      {isMessage && (
        <CodeField
          code={code} onCode={setCode} onSend={send} codeField={codeField} sendButton={sendButton} isLocked={isRunning}
          sent={sent} trouble={trouble} attemptsLeft={attemptsLeft} isSending={doing === 'sending'} isRepeated={sendsUsed > 0} isUsedUp={sendsUsed >= sendsMax}
        />
      )}
      {way === 'totp' && <TotpField code={code} onCode={setCode} codeField={codeField} isLocked={isRunning} trouble={trouble} attemptsLeft={attemptsLeft} />}
      {way === 'passkey' && <PasskeyNote trouble={trouble} attemptsLeft={attemptsLeft} isOpen={doing === 'signing'} />}
      {isMessage ? (
        <CodeHelp
          text={t('proof.counters', { sends: sendsUsed, sendsMax, attempts: attemptsLeft })}
          items={[t('code.tip.channel'), t('code.tip.spam'), t('proof.help_profile'), t('proof.help_colleague')]}
        />
      ) : way && <CodeHelp question={t('authenticators.check.help')} text={t('authenticators.check.attempts', { attempts: attemptsLeft })} items={[t(`authenticators.tip.${way}`), t('authenticators.tip.lost'), t('proof.help_colleague')]} />}
    </>
  )
}
