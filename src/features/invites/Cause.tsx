import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Invitation } from '#contract/invites.ts'
import { Icon } from '#src/components/Icon.tsx'
import { translateKey } from '#src/i18n/i18n.ts'

/** Why an invitation did not work, in the row itself. */
export function Cause({ row }: { row: Invitation }) {
  const words = useCauseWords()(row)
  const retried = useRetried()(row)
  if (words === undefined) return <span className="quiet">{retried ?? '–'}</span>
  return <span className="cause"><Icon name="warning" /><span>{words}{retried && <small>{retried}</small>}</span></span>
}

/** @returns how often a mail that has not arrived was tried again; undefined where it was not. */
function useRetried(): (row: Invitation) => string | undefined {
  const { t } = useTranslation()
  return ({ delivery, state }) => (delivery && delivery.attempts > 1 && (state === 'SENT' || state === 'SEND_FAILED') ? t('invites.list.retried', { count: delivery.attempts - 1 }) : undefined)
}

/** @returns why an association or a mail failed; undefined where nothing did. */
export function useCauseWords(): (row: Invitation) => string | undefined {
  const { t } = useTranslation()
  return (row) => {
    if (row.state === 'SEND_FAILED') return translateKey(`invites.undelivered.${row.delivery?.reason ?? ''}`, { fallback: t('invites.list.delivery_failed') })
    return row.state === 'FAILED' && row.cause ? t(`invites.cause.${row.cause}`) : undefined
  }
}
