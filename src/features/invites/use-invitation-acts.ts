import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Answer } from '#contract/endpoint.ts'
import type { getInviteDesk, Invitation } from '#contract/invites.ts'
import { serverNow } from '#src/lib/clock.ts'
import { formatClock, formatTime } from '#src/lib/format.ts'
import { useCan } from '#src/session/use-session.ts'
import { isPending, isReplaceable } from './rules.ts'

export type Desk = Answer<typeof getInviteDesk>

/** Why a row's actions are not possible now; undefined where they are. */
export type WhyNot = Record<'resend' | 'link' | 'email' | 'revoke', (row: Invitation) => string | undefined>

/** @param desk what blocks inviting; undefined while it loads. @returns the reasons, in words. The server decides again. */
export function useWhyNot(desk: Desk | undefined): WhyNot {
  const { t } = useTranslation()
  const maySend = useCan('invite.send')
  const mayLink = useCan('invite.link')
  const mayReport = useCan('prospect.report')
  const blocked = desk?.blocked ?? undefined
  const mailBlocked = blocked ?? desk?.mailBlocked ?? undefined
  return {
    resend: (row) => {
      if (!maySend) return t('invites.blocked.no_send_right')
      if (mailBlocked) return t(`invites.blocked.${mailBlocked}`)
      if (isReplaceable(row)) return undefined
      if (row.kind !== 'MAIL' || row.resendAt === null) return t('invites.list.no_resend')
      return Date.parse(row.resendAt) > serverNow() ? t('invites.list.wait', { time: soon(row.resendAt) }) : undefined
    },
    link: () => (!mayLink ? t('invites.blocked.no_link_right') : blocked ? t(`invites.blocked.${blocked}`) : undefined),
    email: (row) => (!mayReport ? t('invites.blocked.no_report_right') : row.prospectId === null ? t('invites.list.no_prospect') : undefined),
    revoke: (row) => (!maySend ? t('invites.blocked.no_send_right') : isPending(row) ? undefined : t('invites.list.no_revoke')),
  }
}

/** A wait of seconds needs its seconds. */
const soon = (instant: string): string => (Date.parse(instant) - serverNow() < 3_600_000 ? formatClock(instant) : formatTime(instant))
