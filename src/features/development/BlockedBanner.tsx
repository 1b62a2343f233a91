import { useTranslation } from 'react-i18next'
import { ButtonLink } from '#src/components/ButtonLink.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { paths } from '#src/paths.ts'
import { ManagerContact } from './ManagerContact.tsx'
import type { Desk } from './use-desk.ts'

/** Why nobody can be reported or invited at present, and what to do about it. */
export function BlockedBanner({ desk }: { desk: Desk }) {
  const { t } = useTranslation()
  const block = desk.blocked ?? desk.mailBlocked
  if (!block) return null
  return (
    <div className="blocked-banner">
      <Notice tone="warning" action={block === 'contact_missing' ? <ButtonLink isSmall to={paths.profile()}>{t('development.to_profile')}</ButtonLink> : undefined}>
        <span>{t(`development.blocked.${block}`)}</span>
        {block !== 'contact_missing' && block !== 'partner_left' && <span><ManagerContact manager={desk.manager} /></span>}
      </Notice>
    </div>
  )
}
