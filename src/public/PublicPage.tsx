import type { ReactNode } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Mark } from '#src/components/Mark.tsx'
import { LanguageButton } from '#src/layout/LanguageButton.tsx'
import { ThemeButton } from '#src/layout/ThemeButton.tsx'
import './public.css'

/** The frame of the pages for customers: one sheet, language and theme. @param name of the page, for its tests and styles. @param tools besides. */
export function PublicPage({ name, tools, children }: { name: string; tools?: ReactNode; children: ReactNode }) {
  const { t } = useTranslation()
  return (
    <div className="public" data-page={name}>
      <header className="public-top">
        <span className="public-brand"><Mark /><b>{t('common.product')}</b></span>
        <span className="public-tools">{tools}<LanguageButton /><ThemeButton /></span>
      </header>
      <main className="public-sheet">{children}</main>
    </div>
  )
}
