import { useTranslation } from '#src/i18n/use-translation.ts'
import type { InviteBlock } from '#contract/invites.ts'
import { paths } from '#src/paths.ts'
import { ButtonLink } from './ButtonLink.tsx'
import { type EcosystemManager, ManagerContact } from './ManagerContact.tsx'
import { Notice } from './Notice.tsx'

/** Why nobody can be reported or invited at present, and who helps. @param block null where nothing is in the way. */
export function BlockedBanner({ block, manager }: { block: InviteBlock | null; manager: EcosystemManager }) {
  const { t } = useTranslation()
  if (!block) return null
  return (
    <div className="blocked-banner">
      <Notice tone="warning" action={block === 'contact_missing' && <ButtonLink isSmall to={paths.profile()}>{t('invites.blocked.to_profile')}</ButtonLink>}>
        <span>{t(`invites.blocked.${block}`)}</span>
        {block !== 'contact_missing' && block !== 'partner_left' && <span><ManagerContact manager={manager} /></span>}
      </Notice>
    </div>
  )
}
