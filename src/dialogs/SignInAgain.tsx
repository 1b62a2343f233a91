import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Session, signOut } from '#contract/session.ts'
import { useBridge } from '#src/api/bridge.ts'
import { request } from '#src/api/request.ts'
import { Button } from '#src/components/Button.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { adoptSession } from '#src/session/load-session.ts'
import { sessionEnded } from '#src/session/sign-in-again.ts'
import { leave } from '#src/session/sign-out.ts'
import { SignInForm } from '#src/session/SignInForm.tsx'
import { tellTabs } from '#src/session/tabs.ts'

/** Signing in again over the page, which keeps what was typed. Only the same person may go on; anybody else leaves the page first.
 *  @param memberId who was signed in. */
export function SignInAgain({ memberId }: { memberId: string }) {
  const { t } = useTranslation()
  const ended = useBridge(sessionEnded)
  const [isOther, setOther] = useState(false)
  const done = async (session: Session) => {
    if (session.member.id !== memberId) return refuse(session)
    adoptSession(session)
    tellTabs({ kind: 'signed-in', memberId })
    ended?.resume()
  }
  const refuse = async (other: Session) => {
    setOther(true)
    // The other person must not stay signed in behind a page that is not theirs. Their CSRF value is for this one request: the page never takes
    // their session over, not even until it has ended, or a second attempt in that time would count as the same person.
    await request(signOut, {}, { headers: { 'X-CSRF': other.csrf } }).catch(() => leave())
  }
  return (
    <ModalShell title={t('session.again_title')} size="question" level="session" isLocked onClose={() => undefined}>
      <p className="second">{t('session.again_text')}</p>
      {isOther && <Notice tone="warning" isAlert>{t('session.other_person')}</Notice>}
      <SignInForm button={t('session.again_button')} onDone={done} />
      <Button variant="bare" className="full" onPress={() => leave(location.pathname + location.search)}>{t('session.leave_page')}</Button>
    </ModalShell>
  )
}
