import { useEffect, useRef, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { staySignedIn } from '#contract/session.ts'
import { call } from '#src/api/call.ts'
import { Button } from '#src/components/Button.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { useNow } from '#src/lib/use-now.ts'
import { adoptSession } from '#src/session/load-session.ts'
import { leave, signOutEverywhere } from '#src/session/sign-out.ts'
import { tellTabs } from '#src/session/tabs.ts'

/** Asks whether to stay, two minutes before the sign-in ends for want of activity. Input on the page is untouched. @param endsAt
 *  milliseconds by the server's clock. @param onDone the person stays. */
export function IdleWarning({ endsAt, onDone }: { endsAt: number; onDone: () => void }) {
  const { t } = useTranslation()
  const now = useNow(true)
  const [isBusy, setBusy] = useState(false)
  const stayButton = useRef<HTMLButtonElement>(null)
  const seconds = Math.max(0, Math.ceil((endsAt - now) / 1000))
  const stay = async () => {
    setBusy(true)
    try {
      adoptSession(await call(staySignedIn, { body: {} }))
      tellTabs({ kind: 'stayed' })
      onDone()
    } finally {
      setBusy(false)
    }
  }
  // The next request finds the session ended and asks to sign in over the page; nothing typed is lost.
  useEffect(() => {
    if (seconds === 0) onDone()
  }, [seconds, onDone])
  return (
    <ModalShell
      title={t('session.idle_title')} size="question" level="session" onClose={() => void stay()} initialFocus={stayButton}
      footer={() => (
        <>
          <Button onPress={() => void signOutEverywhere().catch(() => leave())}>{t('session.sign_out')}</Button>
          <Button variant="primary" ref={stayButton} isBusy={isBusy} onPress={() => void stay()}>{t('session.stay')}</Button>
        </>
      )}
    >
      <p>{t('session.idle_text', { seconds: seconds > 60 ? Math.ceil(seconds / 10) * 10 : seconds })}</p>
    </ModalShell>
  )
}
