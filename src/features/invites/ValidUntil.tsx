import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Invitation } from '#contract/invites.ts'
import { Time } from '#src/components/Time.tsx'
import { serverNow } from '#src/lib/clock.ts'
import { isPending, timeLeft } from './rules.ts'

/** Until when an invitation can be accepted, and how much of that is left. */
export function ValidUntil({ row }: { row: Invitation }) {
  const { t } = useTranslation()
  if (row.expiresAt === null) return <span>{row.state === 'SEND_FAILED' ? '–' : t('invites.link.forever_short')}</span>
  if (row.state === 'SEND_FAILED') return <span>–</span>
  const left = isPending(row) || row.state === 'FAILED' ? timeLeft(row.expiresAt, serverNow()) : undefined
  const words = left && (left.unit === 'days' ? t('invites.list.days_left', { count: left.count }) : left.count === 0 ? t('invites.list.minutes_left') : t('invites.list.hours_left', { count: left.count }))
  return <span>{words && <>{words} · </>}<Time at={row.expiresAt} /></span>
}
