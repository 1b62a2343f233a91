import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '#src/paths.ts'
import type { Desk } from './use-desk.ts'

/** Whom to ask at the vendor: a business card, so nothing is masked. */
export function ManagerContact({ manager }: { manager: Desk['manager'] }) {
  const { t } = useTranslation()
  if (!manager) return <Link to={paths.home()}>{t('development.no_manager_contact')}</Link>
  return (
    <span className="manager-contact">
      <span>{t('development.manager_contact', { name: manager.name })}</span>
      {manager.mobile !== '' && <a href={`tel:${manager.mobile}`}>{manager.mobile.replace(/^(?:\+86)?(\d{3})(\d{4})(\d{4})$/, '$1 $2 $3')}</a>}
      {manager.email !== '' && <a href={`mailto:${manager.email}`}>{manager.email}</a>}
    </span>
  )
}
