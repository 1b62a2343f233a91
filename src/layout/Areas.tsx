import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link, useLocation } from 'react-router'
import { paths } from '#src/paths.ts'
import { useCan, useSession } from '#src/session/use-session.ts'
import { type Area, areaOf, mayOpen, navigation } from './navigation.ts'

/** The areas that have pages for the person. Each begins with the first page the person may open. */
export function Areas({ onGo }: { onGo?: () => void }) {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  const canCustomers = useCan('customer.view')
  const canFunds = useCan('funds.view')
  const sales = canCustomers ? paths.customers() : canFunds ? paths.funds() : paths.exports()
  const session = useSession()
  const first = (area: Area) => navigation.filter((group) => group.area === area).flatMap((group) => group.items).find((item) => mayOpen(item, session))
  const [benefits, organization] = [first('benefits'), first('organization')]
  const isHome = pathname === paths.home()
  const area = isHome || (pathname.startsWith(paths.profile()) && pathname !== paths.business()) ? undefined : areaOf(pathname)
  return (
    <>
      <Link to={paths.home()} onClick={onGo} {...(isHome && { 'aria-current': 'page' })}>{t('shell.home')}</Link>
      <Link to={sales} onClick={onGo} {...(area === 'sales' && { 'aria-current': 'true' })}>{t('shell.sales')}</Link>
      {benefits && <Link to={benefits.to} onClick={onGo} {...(area === 'benefits' && { 'aria-current': 'true' })}>{t('shell.benefits')}</Link>}
      {organization && <Link to={organization.to} onClick={onGo} {...(area === 'organization' && { 'aria-current': 'true' })}>{t('shell.organization')}</Link>}
    </>
  )
}
