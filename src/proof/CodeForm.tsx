import type { RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import type { ProofChannel, ProofRequired } from '#contract/proofs.ts'
import { CodeField } from '#src/code/CodeField.tsx'
import { CodeHelp } from '#src/code/CodeHelp.tsx'
import { RadioCards } from '#src/components/RadioCards.tsx'
import type { Step } from './steps.ts'

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
export function CodeForm({ step, channels, channel, onChannel, ...field }: Props) {
  const { t } = useTranslation()
  const { sent, trouble, attemptsLeft, sendsUsed, sendsMax } = step
  return (
    <>
      <RadioCards
        legend={t('code.channel')} value={channel} onChange={onChannel} isDisabled={field.isLocked}
        options={channels.map((one) => ({ value: one.channel, label: t(`code.${one.channel}`), note: one.destination }))}
      />
      <CodeField {...field} sent={sent} trouble={trouble} attemptsLeft={attemptsLeft} isSending={step.doing === 'sending'} isRepeated={sendsUsed > 0} isUsedUp={sendsUsed >= sendsMax} />
      <CodeHelp
        text={t('proof.counters', { sends: sendsUsed, sendsMax, attempts: attemptsLeft })}
        items={[t('code.tip.channel'), t('code.tip.spam'), t('proof.help_profile'), t('proof.help_colleague')]}
      />
    </>
  )
}
