import { useEffect, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { getSignInWays, type Session } from '#contract/session.ts'
import { call } from '#src/api/call.ts'
import { Mark } from '#src/components/Mark.tsx'
import { showToast } from '#src/components/toast.ts'
import { enter } from '#src/boot/open.ts'
import { switchLanguage, language, loadRest } from '#src/i18n/i18n.ts'
import { LanguageButton } from '#src/layout/LanguageButton.tsx'
import { ThemeButton } from '#src/layout/ThemeButton.tsx'
import { paths } from '#src/paths.ts'
import { adoptSession, recheckSession } from '#src/session/load-session.ts'
import { SignInForm } from '#src/session/SignInForm.tsx'
import { tellTabs } from '#src/session/tabs.ts'
import type { UnifiedBack, UnifiedDoor } from './UnifiedDoor.tsx'

/** The door: the unified ID where there is one, else account, member and password. Afterwards the page that was asked for opens. */
export function SignInPage() {
  const { t } = useTranslation()
  const { door, isBack, ended } = useUnified()
  const oldest = t('session.ended_oldest')
  useEffect(() => { document.title = `${t('session.sign_in')} · ${t('common.product')}` }, [t])
  // The pages behind the door arrive while the person types.
  useEffect(() => {
    const timer = setTimeout(() => { void loadRest(); void import('#src/boot/app.tsx') }, 1500)
    return () => clearTimeout(timer)
  }, [])
  // Somebody has come in by the unified ID, and an older sign-in made room.
  useEffect(() => { if (ended) void goIn(ended, oldest) }, [ended, oldest])
  return (
    <div className="sign-page" data-page="sign-in">
      <div className="top-right"><LanguageButton /><ThemeButton /></div>
      <main className="sign">
        <div className="sign-brand"><Mark /><b>{t('common.product')}</b></div>
        <h1 tabIndex={-1}>{t('session.sign_in')}</h1>
        {door && isBack && <door.UnifiedBack />}
        {!isBack && (
          <>
            {door && <door.UnifiedDoor name={door.name} came={door.came} next={nextAddress()} />}
            <SignInForm button={t('session.sign_in')} isPrimary={door?.name === undefined} onDone={(session) => goIn(session, oldest)} />
            <p className="sign-aside"><a href={paths.forgotten()}>{t('session.forgotten')}</a></p>
            <p className="caption">{t('session.audience')}</p>
          </>
        )}
      </main>
    </div>
  )
}

type Parts = { UnifiedDoor: typeof UnifiedDoor; UnifiedBack: typeof UnifiedBack }
type Unified = { door?: Parts & { name: string | undefined; came: string | null }; /** In a tab of its own, for another one. */ isBack?: boolean; ended?: Session }

/** Asks how one may sign in here, while the page shows the password already. Where a unified ID is not offered, nothing of it is loaded.
 *  The address says what came of it (`unified`) and forgets it at once, so that a reload starts anew. */
function useUnified(): Unified {
  const [came] = useState(() => new URLSearchParams(location.search).get('unified'))
  const [unified, setUnified] = useState<Unified>({})
  useEffect(() => {
    const search = new URLSearchParams(location.search)
    search.delete('unified')
    if (came !== null) history.replaceState(history.state, '', `${location.pathname}${search.size > 0 ? `?${search}` : ''}`)
    void look(came).then((found) => setUnified(found), () => undefined)
  }, [came])
  return unified
}

async function look(came: string | null): Promise<Unified> {
  const [{ unified }, session] = await Promise.all([call(getSignInWays, {}), came === 'oldest' || came === 'here' ? recheckSession() : undefined])
  if (session && came === 'oldest') return { ended: { ...session, endedOldest: true } }
  if (unified === null && came === null) return {}
  const parts = await import('./UnifiedDoor.tsx')
  if (session) tellTabs({ kind: 'signed-in', memberId: session.member.id })
  return { door: { UnifiedDoor: parts.UnifiedDoor, UnifiedBack: parts.UnifiedBack, name: unified?.name, came }, isBack: session !== undefined }
}

async function goIn(session: Session, oldest: string): Promise<void> {
  adoptSession(session)
  tellTabs({ kind: 'signed-in', memberId: session.member.id })
  if (!localStorage.getItem('language') && session.member.language !== language()) await switchLanguage(session.member.language)
  if (session.endedOldest) showToast({ tone: 'info', title: oldest })
  await enter(nextAddress())
}

/** Only an address of this console is followed; `//elsewhere` and `/\elsewhere` are not. */
function nextAddress(): string {
  const next = new URLSearchParams(location.search).get('next')
  return next && /^\/(?![/\\]|sign-in)/.test(next) ? next : paths.home()
}
