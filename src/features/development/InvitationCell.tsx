import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Prospect } from '#contract/prospects.ts'
import { StatusTag } from '#src/components/StatusTag.tsx'
import { Time } from '#src/components/Time.tsx'
import { DaysLeft } from './DaysLeft.tsx'
import { invitationTone } from './labels.ts'
import { hasPendingLink } from './rules.ts'

/** The last mail: how it fares, when it was sent, and how long its link still opens. */
export function InvitationCell({ row }: { row: Prospect }) {
  const { t } = useTranslation()
  const { lastInvitation: last } = row
  if (!last) return <span className="quiet">{t('development.never_invited')}</span>
  return (
    <span className="stack">
      <span><StatusTag {...invitationTone[last.state]}>{t(`invites.state.${last.state}`)}</StatusTag></span>
      <span><Time at={last.sentAt} />{last.expiresAt && hasPendingLink(row) && <> · <DaysLeft at={last.expiresAt} soon={1} /></>}</span>
    </span>
  )
}
