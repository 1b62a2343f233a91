import { useTranslation } from 'react-i18next'
import { ButtonLink } from '#src/components/ButtonLink.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { paths } from '#src/paths.ts'
import { ManagerContact } from './ManagerContact.tsx'
import type { Desk } from './use-invitation-acts.ts'

/** Why nothing, or no mail, can be sent at present, and who helps. */
export function BlockedBanner({ desk }: { desk: Desk }) {
  const { t } = useTranslation()
  const block = desk.blocked ?? desk.mailBlocked
  if (!block) return null
  return (
    <div className="invites-banner">
      <Notice tone="warning" action={block === 'contact_missing' && <ButtonLink isSmall to={paths.profile()}>{t('invites.blocked.to_profile')}</ButtonLink>}>
        <span>{t(`invites.blocked.${block}`)}</span>
        {block !== 'contact_missing' && <ManagerContact desk={desk} />}
      </Notice>
    </div>
  )
}
