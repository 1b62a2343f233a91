import { useTranslation } from '#src/i18n/use-translation.ts'
import { useLocation } from 'react-router'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { LanguageButton } from '#src/layout/LanguageButton.tsx'
import { SideMenu } from '#src/layout/SideMenu.tsx'
import { ThemeButton } from '#src/layout/ThemeButton.tsx'
import { areaOf } from '#src/layout/navigation.ts'
import { Areas } from '#src/layout/Areas.tsx'

/** The menu of narrow windows: areas, pages, language and theme. */
export function PhoneMenu({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  return (
    <ModalShell title={t('shell.menu')} kind="drawer" onClose={onClose}>
      <nav className="areas in-menu" aria-label={t('shell.areas')}><Areas onGo={onClose} /></nav>
      <nav className="side in-menu" aria-label={t(`shell.${areaOf(pathname)}`)}><SideMenu onGo={onClose} /></nav>
      <div className="menu-tools"><LanguageButton /><ThemeButton /></div>
    </ModalShell>
  )
}
