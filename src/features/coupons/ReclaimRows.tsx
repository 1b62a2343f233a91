import { useTranslation } from '#src/i18n/use-translation.ts'
import type { expectReclaim } from '#contract/coupons-issued.ts'
import type { Answer } from '#contract/endpoint.ts'
import type { Figure } from '#contract/money.ts'
import { IconButton } from '#src/components/IconButton.tsx'
import { MoneyText } from '#src/components/MoneyText.tsx'
import { formatCustomerNumber } from '#src/lib/format.ts'

type Row = Answer<typeof expectReclaim>['items'][number] & { problem: string | undefined }

/** What a reclaim would bring, coupon by coupon, and where it returns. @param onDrop takes a coupon off; absent for a single one. */
export function ReclaimRows({ rows, total, onDrop }: { rows: readonly Row[]; total: Figure; onDrop: ((id: string) => void) | undefined }) {
  const { t } = useTranslation()
  return (
    <table className="plain-table chosen-rows reclaim-rows" aria-label={t('coupons.reclaiming.rows')}>
      <thead>
        <tr>
          <th scope="col">{t('coupons.reclaiming.coupon')}</th>
          <th scope="col" className="num">{t('coupons.reclaiming.face_value')}</th>
          <th scope="col" className="num">{t('coupons.reclaiming.expected')}</th>
          <th scope="col">{t('coupons.reclaiming.returns_to')}</th>
          {onDrop && <th scope="col"><span className="hidden-text">{t('common.remove')}</span></th>}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.couponId} className={row.problem ? 'wrong' : undefined}>
            <td className="who">
              <span className="stack">
                <span>{row.number}</span>
                <span>{row.nameMasked} · {formatCustomerNumber(row.customerNumber)}</span>
                {row.problem && <span className="field-error" data-refused={row.couponId} tabIndex={-1}>{row.problem}</span>}
              </span>
            </td>
            <td className="num" data-label={t('coupons.reclaiming.face_value')}><MoneyText amount={row.faceValue} /></td>
            <td className="num" data-label={t('coupons.reclaiming.expected')}><MoneyText amount={row.problem ? null : row.expected} isStrong /></td>
            <td data-label={t('coupons.reclaiming.returns_to')}>{row.quotaNumber ?? <span className="second">{t('coupons.reclaiming.lapses')}</span>}</td>
            {onDrop && <td className="drop"><IconButton icon="close" label={t('coupons.reclaiming.drop', { number: row.number })} isOff={rows.length === 1} onPress={() => onDrop(row.couponId)} /></td>}
          </tr>
        ))}
      </tbody>
      <tfoot><tr><td>{t('coupons.reclaiming.total')}</td><td /><td className="num"><MoneyText amount={total} /></td><td />{onDrop && <td />}</tr></tfoot>
    </table>
  )
}
