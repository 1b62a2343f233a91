import { lazy, Suspense, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import { Icon } from '#src/components/Icon.tsx'
import { Mark } from '#src/components/Mark.tsx'
import { paths } from '#src/paths.ts'
import { Areas } from './Areas.tsx'
import { LanguageButton } from './LanguageButton.tsx'
import { ThemeButton } from './ThemeButton.tsx'
import { UserMenu } from './UserMenu.tsx'

const PhoneMenu = lazy(async () => ({ default: (await import('#src/dialogs/PhoneMenu.tsx')).PhoneMenu }))

/** Mark, areas, search, language, theme, user. */
export function TopBar({ onSearch }: { onSearch: () => void }) {
  const { t } = useTranslation()
  const [isMenuOpen, setMenuOpen] = useState(false)
  const isMac = /Mac|iPhone|iPad/.test(navigator.platform)
  return (
    <header className="top">
      <button type="button" className="tool only-narrow" aria-label={t('shell.menu')} aria-haspopup="dialog" aria-expanded={isMenuOpen} onClick={() => setMenuOpen(true)}><Icon name="menu" /></button>
      <Link className="brand" to={paths.home()}><Mark /><span>{t('common.product')}</span></Link>
      <nav className="areas" aria-label={t('shell.areas')}><Areas /></nav>
      <button type="button" className="search-box" onClick={onSearch} aria-haspopup="dialog"><Icon name="search" /><span>{t('shell.search')}</span><kbd>{isMac ? '⌘ K' : 'Ctrl K'}</kbd></button>
      <div className="tools">
        <button type="button" className="tool only-phone" aria-label={t('shell.search_short')} aria-haspopup="dialog" onClick={onSearch}><Icon name="search" /></button>
        <span className="only-desk tool-pair"><LanguageButton /><ThemeButton /></span>
        <UserMenu />
      </div>
      {isMenuOpen && <Suspense><PhoneMenu onClose={() => setMenuOpen(false)} /></Suspense>}
    </header>
  )
}
