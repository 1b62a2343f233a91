import { useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { sendInviteCode } from '#contract/acceptance.ts'
import { ApiError } from '#src/api/api-error.ts'
import { Button } from '#src/components/Button.tsx'
import { tellError } from '#src/components/form-error.ts'
import { Labelled } from '#src/components/Labelled.tsx'
import { TextInput } from '#src/components/TextInput.tsx'
import { learnServerTime, serverNow } from '#src/lib/clock.ts'
import { useNow } from '#src/lib/use-now.ts'
import { askAsCustomer } from '#src/public/ask-as-customer.ts'
import { cleanCode } from '#src/lib/clean.ts'
import { useAttempt } from '#src/public/use-attempt.ts'
import type { Acceptance, Sent } from './use-acceptance.ts'
import { useProblemText } from './use-problem-text.ts'

/** The code and the button that sends it, with the wait counted by the server's clock. @param mobile where it goes; left out for the signed-in account's own. */
export function CodeField({ flow, token, mobile }: { flow: Acceptance; token: string; mobile?: string }) {
  const { t } = useTranslation()
  const tell = useProblemText()
  const { draft, problems, sent } = flow.state
  const isForThis = sent !== undefined && sent.mobile === mobile
  return (
    <>
      <Labelled label={t('invite_page.code.label')} isRequired error={tell(problems.code)} hint={isForThis ? t('invite_page.code.sent', { to: sent.sentTo, reference: sent.reference }) : undefined}>
        {(wiring) => (
          <div className="code-row">
            <TextInput
              {...wiring} isLarge className="code-field" name="code" inputMode="numeric" autoComplete="one-time-code" spellCheck={false}
              value={draft.code} onChange={(text) => flow.type({ code: cleanCode(text) })}
            />
            <SendButton flow={flow} token={token} mobile={mobile} sent={isForThis ? sent : undefined} />
          </div>
        )}
      </Labelled>
      {isForThis && <p className="caption">{t('invite_page.code.help')}</p>}
      <span className="hidden-text" role="status">{isForThis ? t('invite_page.code.sent', { to: sent.sentTo, reference: sent.reference }) : ''}</span>
    </>
  )
}

type SendProps = { flow: Acceptance; token: string; mobile: string | undefined; sent: Sent | undefined }

/** Get code, then the countdown. The button's name changes every second, but nothing reads it out. */
function SendButton({ flow, token, mobile, sent }: SendProps) {
  const { t } = useTranslation()
  const { isBusy, run } = useAttempt()
  const [refusedUntil, setRefusedUntil] = useState(0)
  const until = Math.max(sent ? Date.parse(sent.resendAt) : 0, refusedUntil)
  useNow(until > serverNow())
  const seconds = Math.max(0, Math.ceil((until - serverNow()) / 1000))
  const send = () => {
    if (mobile !== undefined && !/^1[3-9]\d{9}$/.test(mobile)) {
      flow.refuse({ mobile: { key: 'register.mobile_wrong' } })
      return
    }
    const typedBefore = flow.state.draft.code
    void run(async () => {
      try {
        const answer = await askAsCustomer(sendInviteCode, { body: { token, ...(mobile !== undefined && { mobile }) } })
        learnServerTime(answer.now)
        flow.codeSent({ ...answer, mobile }, typedBefore)
      } catch (error) {
        if (error instanceof ApiError && error.failure.retryAfter !== undefined) setRefusedUntil(serverNow() + error.failure.retryAfter * 1000)
        const text = tellError(error).text
        const isAboutNumber = error instanceof ApiError && error.failure.fields?.some((field) => field.path === 'mobile')
        if (error instanceof ApiError && error.failure.code === 'link_closed') await flow.lookAgain()
        else if (isAboutNumber) flow.refuse({ mobile: { text: error.failure.fields?.[0]?.message ?? text } })
        else flow.refuse({ code: { text } })
      }
    })
  }
  const words = seconds > 0 ? t('invite_page.code.resend_in', { seconds }) : sent ? t('invite_page.code.resend') : t('invite_page.code.get')
  return <Button className="send" isBusy={isBusy} disabledReason={!isBusy && seconds > 0 ? t('invite_page.code.too_soon') : undefined} onPress={send}>{words}</Button>
}
