import { useTranslation } from '#src/i18n/use-translation.ts'
import { formatCustomerNumber } from '#src/lib/format.ts'
import type { Present } from './use-assign.ts'

/** Who has the chosen customers now. */
export function PresentManagers({ items }: { items: readonly Present[] }) {
  const { t } = useTranslation()
  return (
    <div className="confirm-rows" tabIndex={0} role="region" aria-label={t('assignments.reclaim.which')}>
      <table className="plain-table">
        <thead><tr><th scope="col">{t('assignments.assigning.customer')}</th><th scope="col">{t('assignments.pick.present')}</th></tr></thead>
        <tbody>
          {items.map((row) => (
            <tr key={row.id}>
              <td><span className="stack"><span>{row.nameMasked}</span><span>{formatCustomerNumber(row.number)}</span></span></td>
              <td>{row.manager?.nameMasked ?? <span className="quiet">{t('assignments.assigning.nobody')}</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
