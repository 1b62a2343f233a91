import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Answer } from '#contract/endpoint.ts'
import type { getInviteDesk } from '#contract/invites.ts'
import { formatMobile } from '#src/lib/format.ts'

export type EcosystemManager = Answer<typeof getInviteDesk>['ecosystemManager']

/** Whom to ask at the vendor, with the ways to reach them; a colleague's business card, so nothing is masked. */
export function ManagerContact({ manager }: { manager: EcosystemManager }) {
  const { t } = useTranslation()
  if (!manager) return <span className="second">{t('invites.help.manager_none')}</span>
  return (
    <span className="manager-contact">
      <span>{t('invites.help.manager', { name: manager.name })}</span>
      {manager.mobile !== '' && <a href={`tel:${manager.mobile}`}>{formatMobile(manager.mobile)}</a>}
      {manager.email !== '' && <a href={`mailto:${manager.email}`}>{manager.email}</a>}
    </span>
  )
}
