import { lazy, Suspense, useEffect, useRef } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Outlet, ScrollRestoration, useLocation, useMatches } from 'react-router'
import { ToastHost } from '#src/components/ToastHost.tsx'
import { loadRest } from '#src/i18n/i18n.ts'
import { ProofHost } from '#src/proof/ProofHost.tsx'
import { usePalette } from '#src/palette/use-palette.ts'
import { SessionGuard } from '#src/session/SessionGuard.tsx'
import { Banners } from './Banners.tsx'
import { areaOf } from './navigation.ts'
import { SideMenu } from './SideMenu.tsx'
import { TopBar } from './TopBar.tsx'

const CommandPalette = lazy(async () => ({ default: (await import('#src/palette/CommandPalette.tsx')).CommandPalette }))

/** The frame around every page behind the sign-in. */
export function AppLayout() {
  const { t } = useTranslation()
  const palette = usePalette()
  const area = areaOf(useLocation().pathname)
  useHeadingFocus()
  useRestOfTexts()
  return (
    <>
      <a className="skip-link" href="#content" onClick={(event) => { event.preventDefault(); document.querySelector<HTMLElement>('h1')?.focus() }}>{t('shell.skip')}</a>
      <TopBar onSearch={() => palette.open('search')} />
      <div className="body">
        <nav className="side" aria-label={t(`shell.${area}`)}><SideMenu /></nav>
        <main className="sheet" id="content">
          <Banners />
          <Outlet />
        </main>
      </div>
      <ToastHost />
      <ProofHost />
      <SessionGuard />
      {palette.mode && <Suspense><CommandPalette mode={palette.mode} onClose={palette.close} /></Suspense>}
      <ScrollRestoration />
    </>
  )
}

/** Before somebody needs them, but after the page in view is there. When that fails, whatever opens next loads them itself. */
function useRestOfTexts(): void {
  useEffect(() => {
    const timer = setTimeout(() => void loadRest().catch(() => undefined), 1500)
    return () => clearTimeout(timer)
  }, [])
}

/** After going to another page the heading takes the focus, so that a screen reader says where it is. Modal routes keep theirs. */
function useHeadingFocus(): void {
  const { pathname } = useLocation()
  const matches = useMatches()
  // The page below a modal route is the second match below the layout.
  const page = matches.find((match) => match.id.startsWith('page:'))?.pathname ?? pathname
  const before = useRef(page)
  useEffect(() => {
    if (before.current === page) return undefined
    before.current = page
    const frame = requestAnimationFrame(() => {
      if (!document.querySelector('[role=dialog]')) document.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true })
    })
    return () => cancelAnimationFrame(frame)
  }, [page])
}
