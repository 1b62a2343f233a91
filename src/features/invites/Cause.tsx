import { useTranslation } from 'react-i18next'
import type { Invitation } from '#contract/invites.ts'
import { Icon } from '#src/components/Icon.tsx'
import { translateKey } from '#src/i18n/i18n.ts'

/** Why an invitation did not work, in the row itself. */
export function Cause({ row }: { row: Invitation }) {
  const words = useCauseWords()(row)
  if (words === undefined) return <span className="quiet">–</span>
  return <span className="cause"><Icon name="warning" /><span>{words}</span></span>
}

/** @returns why an association or a mail failed; undefined where nothing did. */
export function useCauseWords(): (row: Invitation) => string | undefined {
  const { t } = useTranslation()
  return (row) => {
    if (row.state === 'SEND_FAILED') return translateKey(`invites.undelivered.${row.delivery?.reason ?? ''}`, { fallback: t('invites.list.delivery_failed') })
    return row.state === 'FAILED' && row.cause ? t(`invites.cause.${row.cause}`) : undefined
  }
}
