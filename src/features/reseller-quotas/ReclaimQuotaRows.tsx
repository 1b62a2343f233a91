import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Answer } from '#contract/endpoint.ts'
import type { Figure } from '#contract/money.ts'
import type { expectQuotaReclaim } from '#contract/reseller-quotas.ts'
import { IconButton } from '#src/components/IconButton.tsx'
import { MoneyText } from '#src/components/MoneyText.tsx'

type Row = Answer<typeof expectQuotaReclaim>['items'][number] & { problem: string | undefined }

/** What a reclaim would bring, quota by quota, and where it returns. @param onDrop takes a quota off; absent for a single one. */
export function ReclaimQuotaRows({ rows, total, onDrop }: { rows: readonly Row[]; total: Figure; onDrop: ((id: string) => void) | undefined }) {
  const { t } = useTranslation()
  return (
    <table className="plain-table chosen-rows reclaim-rows" aria-label={t('reseller_quotas.reclaiming.rows')}>
      <thead>
        <tr>
          <th scope="col">{t('reseller_quotas.reclaiming.quota')}</th>
          <th scope="col" className="num">{t('reseller_quotas.reclaiming.amount')}</th>
          <th scope="col" className="num">{t('reseller_quotas.reclaiming.expected')}</th>
          <th scope="col">{t('reseller_quotas.reclaiming.source')}</th>
          {onDrop && <th scope="col"><span className="hidden-text">{t('common.remove')}</span></th>}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.quotaId} className={row.problem ? 'wrong' : undefined}>
            <td className="who">
              <span className="stack">
                <span>{row.number}</span>
                <span>{row.reseller.nameMasked} · {row.reseller.account}</span>
                {row.problem && <span className="field-error" data-refused={row.quotaId} tabIndex={-1}>{row.problem}</span>}
              </span>
            </td>
            <td className="num" data-label={t('reseller_quotas.reclaiming.amount')}><MoneyText amount={row.amount} /></td>
            <td className="num" data-label={t('reseller_quotas.reclaiming.expected')}><MoneyText amount={row.problem ? null : row.expected} isStrong /></td>
            <td data-label={t('reseller_quotas.reclaiming.source')}>{row.sourceNumber}</td>
            {onDrop && <td className="drop"><IconButton icon="close" label={t('reseller_quotas.reclaiming.drop', { number: row.number })} isOff={rows.length === 1} onPress={() => onDrop(row.quotaId)} /></td>}
          </tr>
        ))}
      </tbody>
      <tfoot><tr><td>{t('reseller_quotas.reclaiming.total')}</td><td /><td className="num"><MoneyText amount={total} /></td><td />{onDrop && <td />}</tr></tfoot>
    </table>
  )
}
