import { useId } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Checkbox } from '#src/components/Checkbox.tsx'
import { StatusTag } from '#src/components/StatusTag.tsx'
import { formatCustomerNumber } from '#src/lib/format.ts'
import type { Candidate } from './use-chosen.ts'

/** A customer to tick. One that cannot get a coupon keeps its tick box reachable and says why, also to a keyboard and a screen reader. */
export function CandidateRow({ row, isChosen, isFull, onToggle }: { row: Candidate; isChosen: boolean; isFull: boolean; onToggle: () => void }) {
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
          {reason !== undefined && !isChosen && <span id={whyId} className={row.refused ? 'why-not' : 'hidden-text'}>{reason}</span>}
        </span>
      </td>
      <td>{t(`coupons.picking.type.${row.associationType}`)}</td>
    </tr>
  )
}
