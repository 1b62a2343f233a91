import { useQuery } from '@tanstack/react-query'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { type Customer, listLots } from '#contract/customers.ts'
import { query } from '#src/api/query.ts'
import { ErrorState } from '#src/components/ErrorState.tsx'
import { MoneyText } from '#src/components/MoneyText.tsx'
import { Skeleton } from '#src/components/Skeleton.tsx'
import { StatusTag } from '#src/components/StatusTag.tsx'
import { Time } from '#src/components/Time.tsx'
import { LotNumber } from './LotNumber.tsx'
import { ReclaimLot } from './ReclaimLot.tsx'

/** The newest lots with something left: those a reclaim takes from first. */
export function LotsPreview({ customer }: { customer: Customer }) {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(query(listLots, { params: { id: customer.id }, body: { pageSize: 5, sort: '-at', state: 'OPEN' } }))
  if (error && !data) return <ErrorState isInline error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton lines={3} />
  if (data.total === 0) return <p className="quiet lots-none">{t('customer_page.lots_none')}</p>
  const columns = ['granted', 'spent', 'reclaimed', 'remaining'] as const
  return (
    <div className="lots-box">
      <table className="plain-table compact lots with-actions" aria-label={t('customer_page.lots')}>
        <thead>
          <tr>
            {(['number', 'time', 'source'] as const).map((key) => <th key={key} scope="col">{t(`customer_page.lot.${key}`)}</th>)}
            {columns.map((key) => <th key={key} scope="col" className="num">{t(`customer_page.lot.${key}`)}</th>)}
            <th scope="col">{t('customer_page.lot.state')}</th>
            <th scope="col" className="num">{t('common.actions')}</th>
          </tr>
        </thead>
        <tbody>
          {data.items.map((lot) => (
            <tr key={lot.id}>
              <td className="lead"><LotNumber number={lot.number} /></td>
              <td className="second" data-label={t('customer_page.lot.time')}><Time at={lot.at} /></td>
              <td data-label={t('customer_page.lot.source')}>{t(`customer_page.source.${lot.source}`)}</td>
              {columns.map((key) => <td key={key} className="num" data-label={t(`customer_page.lot.${key}`)}><MoneyText amount={lot[key]} isStrong={key === 'remaining'} /></td>)}
              <td data-label={t('customer_page.lot.state')}><StatusTag tone="success" isPlain>{t(`customer_page.lot_state.${lot.state}`)}</StatusTag></td>
              <td className="lead"><div className="row-actions"><ReclaimLot customer={customer} lot={lot} /></div></td>
            </tr>
          ))}
        </tbody>
        <tfoot><tr><td colSpan={6}>{t('customer_page.lots_left')}</td><td className="num"><MoneyText amount={data.remaining} isStrong /></td><td colSpan={2} /></tr></tfoot>
      </table>
    </div>
  )
}
