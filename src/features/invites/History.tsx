import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Invitation } from '#contract/invites.ts'
import { Time } from '#src/components/Time.tsx'
import { useCauseWords } from './Cause.tsx'

type Event = { key: string; words: string; at: string | null; tone?: 'bad' | 'done'; note?: string | undefined }

/** What happened to an invitation, oldest first, and what has not happened yet. */
export function History({ row }: { row: Invitation }) {
  const { t } = useTranslation()
  const cause = useCauseWords()(row)
  const { delivery } = row
  const isAssociated = row.associatedAt !== null
  const isOver = row.state === 'SEND_FAILED' || row.state === 'EXPIRED' || row.state === 'REVOKED' || row.state === 'REPLACED'
  const events: Event[] = [
    { key: 'sent', words: t(row.kind === 'MAIL' ? 'invites.drawer.issued' : 'invites.steps.sent'), at: row.sentAt },
    ...(delivery ? [{
      key: 'mail', words: `${t('invites.drawer.mail')}${t('common.colon')}${t(`invites.delivery.${delivery.state}`)}`, at: delivery.at, ...(delivery.state === 'failed' && { tone: 'bad' as const }),
      note: [delivery.state === 'failed' ? cause : undefined, delivery.attempts > 1 ? t('invites.list.retried', { count: delivery.attempts - 1 }) : undefined].filter(Boolean).join(' · '),
    }] : []),
    { key: 'opened', words: t('invites.steps.opened'), at: row.openedAt },
    { key: 'registered', words: t('invites.steps.registered'), at: row.registeredAt },
    ...(row.state === 'FAILED' ? [{ key: 'failed', words: t('invites.drawer.association_failed'), at: null, tone: 'bad' as const, note: cause }] : []),
    { key: 'associated', words: t('invites.steps.associated'), at: row.associatedAt },
    ...(row.state === 'EXPIRED' && row.expiresAt ? [{ key: 'over', words: t('invites.drawer.expired'), at: row.expiresAt }] : []),
    ...(row.state === 'REVOKED' ? [{ key: 'over', words: t('invites.drawer.revoked'), at: null, tone: 'done' as const }] : []),
    ...(row.state === 'REPLACED' ? [{ key: 'over', words: t('invites.drawer.replaced'), at: null, tone: 'done' as const }] : []),
    ...(isAssociated && row.associationType === 'RESALE' ? [{ key: 'unfrozen', words: t('invites.steps.unfrozen'), at: null, ...(row.isUnfrozen && { tone: 'done' as const }) }] : []),
  ]
  // What can no longer happen is not announced.
  const shown = events.filter((event) => event.at !== null || event.tone !== undefined || !(isOver || isAssociated) || event.key === 'unfrozen')
  return (
    <ol className="history">
      {shown.map((event) => (
        <li key={event.key} className={event.tone === 'bad' ? 'failed' : event.at !== null || event.tone === 'done' ? 'done' : 'open'}>
          <span>{event.words}{event.note && <span className="history-note">{event.note}</span>}</span>
          <span className="quiet">{event.at !== null ? <Time at={event.at} /> : event.tone === undefined ? t('invites.drawer.waiting') : ''}</span>
        </li>
      ))}
    </ol>
  )
}
