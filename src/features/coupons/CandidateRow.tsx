import { type ReactNode, useId } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Checkbox } from '#src/components/Checkbox.tsx'
import { StatusTag } from '#src/components/StatusTag.tsx'
import { formatCustomerNumber } from '#src/lib/format.ts'
import type { Candidate } from './use-chosen.ts'

/** A customer to tick. One that cannot get a coupon keeps its tick box reachable and says why, also to a keyboard and a screen reader.
 *  @param cure beside the reason of one that is not on the whitelist. */
export function CandidateRow({ row, isChosen, isFull, cure, onToggle }: { row: Candidate; isChosen: boolean; isFull: boolean; cure?: ReactNode; onToggle: () => void }) {
  const { t } = useTranslation()
  const whyId = useId()
  const reason = row.refused?.message ?? (isFull && !isChosen ? t('coupons.picking.full') : undefined)
  return (
    <tr className={isChosen ? 'chosen' : undefined}>
      <td className="pick"><Checkbox isChecked={isChosen} label={t('common.table.select_row', { row: `${row.nameMasked} ${row.number}` })} whyNotId={reason !== undefined && !isChosen ? whyId : undefined} onChange={onToggle} /></td>
      <td>
        <span className="stack">
          <span className="cell">{row.nameMasked}{row.tag !== '' && <StatusTag isLabel>{row.tag}</StatusTag>}</span>
          <span>{formatCustomerNumber(row.number)} · {row.accountNameMasked}</span>
          {reason !== undefined && !isChosen && <span className={row.refused ? 'why-not' : 'hidden-text'}><span id={whyId}>{reason}</span>{row.refused?.reason === 'not_whitelisted' && <> {cure}</>}</span>}
        </span>
      </td>
      <td>{t(`coupons.picking.type.${row.associationType}`)}</td>
    </tr>
  )
}
