import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link, useLocation } from 'react-router'
import { useSession } from '#src/session/use-session.ts'
import { areaOf, isCurrent, mayOpen, navigation } from './navigation.ts'

/** Text only, grouped; the current item is a piece of the sheet. @param onGo closes the menu on a phone. */
export function SideMenu({ onGo }: { onGo?: () => void }) {
  const { t } = useTranslation()
  const session = useSession()
  const { pathname } = useLocation()
  return (
    <>
      {navigation.filter((group) => group.area === areaOf(pathname)).map((group) => {
        const items = group.items.filter((item) => mayOpen(item, session))
        return items.length > 0 && (
          <section key={group.key}>
            <h2>{t(group.label)}</h2>
            {items.map((item) => <Link key={item.key} to={item.to} onClick={onGo} {...(isCurrent(item.to, pathname) && { 'aria-current': 'page' })}>{t(item.label)}</Link>)}
          </section>
        )
      })}
      {session.embedded && <p className="embedded">{t('shell.embedded')}</p>}
    </>
  )
}
