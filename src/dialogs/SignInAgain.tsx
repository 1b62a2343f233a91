import { useEffect, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { getSignInWays, type Session, signOut } from '#contract/session.ts'
import { useBridge } from '#src/api/bridge.ts'
import { call } from '#src/api/call.ts'
import { request } from '#src/api/request.ts'
import { Button } from '#src/components/Button.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { addUnifiedTexts } from '#src/i18n/unified-texts.ts'
import { paths } from '#src/paths.ts'
import { adoptSession, recheckSession } from '#src/session/load-session.ts'
import { sessionEnded } from '#src/session/sign-in-again.ts'
import { leave } from '#src/session/sign-out.ts'
import { SignInForm } from '#src/session/SignInForm.tsx'
import { hearTabs, tellTabs } from '#src/session/tabs.ts'
import { UnifiedLink } from '#src/session/UnifiedLink.tsx'

addUnifiedTexts()

/** Signing in again over the page, which keeps what was typed. Only the same person may go on; anybody else leaves the page first.
 *  @param memberId who was signed in. */
export function SignInAgain({ memberId }: { memberId: string }) {
  const { t } = useTranslation()
  const ended = useBridge(sessionEnded)
  const [isOther, setOther] = useState(false)
  const unified = useUnifiedName()
  // Signed in from another tab: by a unified ID, or in a second tab of this console.
  useEffect(() => hearTabs((news) => {
    if (news.kind === 'signed-in' && news.memberId === memberId) void recheckSession().then((session) => { if (session?.member.id === memberId) ended?.resume() }, () => undefined)
  }), [memberId, ended])
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
      {unified !== undefined && (
        <div className="sign-unified">
          <UnifiedLink name={unified} next={paths.signedInHere()} isPrimary isNewTab />
          <p className="caption">{t('unified.in_new_tab')}</p>
          <h3>{t('unified.not_upgraded')}</h3>
        </div>
      )}
      <SignInForm button={t('session.again_button')} isPrimary={unified === undefined} onDone={done} />
      <Button variant="bare" className="full" onPress={() => leave(location.pathname + location.search)}>{t('session.leave_page')}</Button>
    </ModalShell>
  )
}

/** @returns the name of the unified ID, where people may sign in with one. */
function useUnifiedName(): string | undefined {
  const [name, setName] = useState<string>()
  useEffect(() => {
    void call(getSignInWays, {}).then(({ unified }) => setName(unified?.name), () => undefined)
  }, [])
  return name
}
