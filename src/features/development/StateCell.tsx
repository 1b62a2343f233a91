import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Prospect } from '#contract/prospects.ts'
import { HelpTip } from '#src/components/HelpTip.tsx'
import { StatusTag } from '#src/components/StatusTag.tsx'
import { Time } from '#src/components/Time.tsx'
import { DaysLeft } from './DaysLeft.tsx'
import { prospectTone } from './labels.ts'
import { hasOpenReport } from './rules.ts'

/** The report's state; below it why it failed, or what the vendor's review said. */
export function StateCell({ row }: { row: Prospect }) {
  const { t } = useTranslation()
  const tag = <StatusTag {...prospectTone[row.state]}>{t(`development.state.${row.state}`)}</StatusTag>
  if (row.state === 'ASSOCIATION_FAILED' && row.cause) return <span className="stack prospect-state">{tag}<span className="why">{t(`invites.cause.${row.cause}`)}</span></span>
  if (row.state === 'REJECTED' && row.rejectReason) {
    return (
      <span className="stack prospect-state">
        {tag}
        <span className="why reject"><span>{row.rejectReason}</span>{row.rejectReason.length > 16 && <HelpTip what={t('development.reason')} text={row.rejectReason} />}</span>
      </span>
    )
  }
  return tag
}

/** When the report ends, and how long it still holds while it does. */
export function ExpiryCell({ row }: { row: Prospect }) {
  if (row.expiresAt === null || row.state === 'ASSOCIATED' || row.state === 'REJECTED') return <span className="quiet">–</span>
  return <span className="stack"><span><Time at={row.expiresAt} /></span>{hasOpenReport(row.state) && <span><DaysLeft at={row.expiresAt} /></span>}</span>
}
