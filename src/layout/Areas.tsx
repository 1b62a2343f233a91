import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'

/** The areas that have pages. Sales begins with the first page the person may open. */
export function Areas({ onGo }: { onGo?: () => void }) {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  const canCustomers = useCan('customer.view')
  const canFunds = useCan('funds.view')
  const sales = canCustomers ? paths.customers() : canFunds ? paths.funds() : paths.exports()
  const isHome = pathname === paths.home()
  return (
    <>
      <Link to={paths.home()} onClick={onGo} {...(isHome && { 'aria-current': 'page' })}>{t('shell.home')}</Link>
      <Link to={sales} onClick={onGo} {...(!isHome && !pathname.startsWith(paths.profile()) && { 'aria-current': 'true' })}>{t('shell.sales')}</Link>
    </>
  )
}
