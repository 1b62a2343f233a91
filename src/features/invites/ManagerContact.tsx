import { useTranslation } from 'react-i18next'
import type { Desk } from './use-invitation-acts.ts'

/** Whom to ask at the vendor, with the ways to reach them; a colleague's card, so nothing is masked. */
export function ManagerContact({ desk }: { desk: Desk | undefined }) {
  const { t } = useTranslation()
  const manager = desk?.ecosystemManager
  if (!manager) return <span className="second">{t('invites.help.manager_none')}</span>
  return (
    <span className="manager-contact">
      <span>{t('invites.help.manager')}{t('common.colon')}{manager.name}</span>
      {manager.mobile !== '' && <a href={`tel:${manager.mobile}`}>{manager.mobile.replace(/^(?:\+86)?(\d{3})(\d{4})(\d{4})$/, '$1 $2 $3')}</a>}
      {manager.email !== '' && <a href={`mailto:${manager.email}`}>{manager.email}</a>}
    </span>
  )
}
