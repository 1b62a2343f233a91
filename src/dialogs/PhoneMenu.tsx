import { useTranslation } from 'react-i18next'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { LanguageButton } from '#src/layout/LanguageButton.tsx'
import { SideMenu } from '#src/layout/SideMenu.tsx'
import { ThemeButton } from '#src/layout/ThemeButton.tsx'
import { Areas } from '#src/layout/Areas.tsx'

/** The menu of narrow windows: areas, pages, language and theme. */
export function PhoneMenu({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <ModalShell title={t('shell.menu')} kind="drawer" onClose={onClose}>
      <nav className="areas in-menu" aria-label={t('shell.areas')}><Areas onGo={onClose} /></nav>
      <nav className="side in-menu" aria-label={t('shell.sales')}><SideMenu onGo={onClose} /></nav>
      <div className="menu-tools"><LanguageButton /><ThemeButton /></div>
    </ModalShell>
  )
}
