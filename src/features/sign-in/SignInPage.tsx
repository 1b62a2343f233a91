import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { Session } from '#contract/session.ts'
import { Mark } from '#src/components/Mark.tsx'
import { showToast } from '#src/components/toast.ts'
import { enter } from '#src/boot/open.ts'
import { switchLanguage, language, loadRest } from '#src/i18n/i18n.ts'
import { LanguageButton } from '#src/layout/LanguageButton.tsx'
import { ThemeButton } from '#src/layout/ThemeButton.tsx'
import { paths } from '#src/paths.ts'
import { adoptSession } from '#src/session/load-session.ts'
import { SignInForm } from '#src/session/SignInForm.tsx'
import { tellTabs } from '#src/session/tabs.ts'

/** The door: account, member and password. Afterwards the page that was asked for opens. */
export function SignInPage() {
  const { t } = useTranslation()
  useEffect(() => { document.title = `${t('session.sign_in')} · ${t('common.product')}` }, [t])
  // The pages behind the door arrive while the person types.
  useEffect(() => {
    const timer = setTimeout(() => { void loadRest(); void import('#src/boot/app.tsx') }, 1500)
    return () => clearTimeout(timer)
  }, [])
  const goIn = async (session: Session) => {
    adoptSession(session)
    tellTabs({ kind: 'signed-in', memberId: session.member.id })
    if (!localStorage.getItem('language') && session.member.language !== language()) await switchLanguage(session.member.language)
    if (session.endedOldest) showToast({ tone: 'info', title: t('session.ended_oldest') })
    await enter(ownAddress(new URLSearchParams(location.search).get('next')))
  }
  return (
    <div className="sign-page" data-page="sign-in">
      <div className="top-right"><LanguageButton /><ThemeButton /></div>
      <main className="sign">
        <div className="sign-brand"><Mark /><b>{t('common.product')}</b></div>
        <h1 tabIndex={-1}>{t('session.sign_in')}</h1>
        <SignInForm button={t('session.sign_in')} onDone={goIn} />
        <p className="sign-aside"><a href={paths.forgotten()}>{t('session.forgotten')}</a></p>
        <p className="caption">{t('session.audience')}</p>
      </main>
    </div>
  )
}

/** Only an address of this console is followed; `//elsewhere` and `/\elsewhere` are not. */
function ownAddress(next: string | null): string {
  return next && /^\/(?![/\\])/.test(next) ? next : paths.home()
}
