import { useTranslation } from '#src/i18n/use-translation.ts'
import { Facts } from '#src/components/Facts.tsx'
import { FormError } from '#src/components/FormError.tsx'
import { OutcomeNotice } from '#src/components/OutcomeNotice.tsx'
import { formatCustomerNumber } from '#src/lib/format.ts'
import { Refused } from './Refused.tsx'
import type { Present, useAssign } from './use-assign.ts'

type Props = { rows: readonly Present[]; manager: string; countsFrom: string; countsTo: string; assign: ReturnType<typeof useAssign> }

/** What an assignment does, before it is confirmed: who, from whom to whom, and which days count for whom. */
export function AssignConfirm({ rows, manager, countsFrom, countsTo, assign: { act, refused } }: Props) {
  const { t } = useTranslation()
  const isChange = rows.some((row) => row.manager !== null)
  return (
    <div className="assign-confirm">
      <p className="strong">{t('assignments.assigning.list', { count: rows.length, manager })}</p>
      <Facts facts={[
        ...(isChange ? [{ key: 'last', label: t('assignments.assigning.last_day'), value: t('assignments.assigning.last_day_text', { day: countsTo }) }] : []),
        { key: 'first', label: t('assignments.assigning.first_day'), value: t('assignments.assigning.first_day_text', { day: countsFrom, manager }) },
      ]} />
      <div className="confirm-rows" tabIndex={0} role="region" aria-label={t('assignments.assigning.customer')}>
        <table className="plain-table">
          <thead><tr><th scope="col">{t('assignments.assigning.customer')}</th><th scope="col">{t('assignments.assigning.from')}</th><th scope="col">{t('assignments.assigning.new')}</th></tr></thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <td><span className="stack"><span>{row.nameMasked}</span><span>{formatCustomerNumber(row.number)}</span></span></td>
                <td>{row.manager?.nameMasked ?? <span className="quiet">{t('assignments.assigning.nobody')}</span>}</td>
                <td>{manager}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <OutcomeNotice outcome={act.outcome} onAskAgain={act.askAgain} />
      {refused.length > 0 ? <Refused title={t('assignments.assigning.refused', { count: refused.length })} refused={refused} /> : <FormError error={act.error} />}
    </div>
  )
}
