import { useTranslation } from '#src/i18n/use-translation.ts'
import type { InviteLink } from '#contract/invites.ts'
import { formatTime } from '#src/lib/format.ts'

/** @returns how long a link is valid, in words: without end, or the days of its activity. */
export function useValidity(): (link: Pick<InviteLink, 'validFrom' | 'validUntil'>) => string {
  const { t } = useTranslation()
  return ({ validFrom, validUntil }) => {
    if (validUntil === null) return t('invites.link.forever')
    const until = formatTime(validUntil)
    return validFrom === null ? t('common.filter.until', { to: until }) : t('common.filter.range', { from: formatTime(validFrom), to: until })
  }
}
