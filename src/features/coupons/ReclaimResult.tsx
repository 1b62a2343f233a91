import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import type { CouponsReclaimed } from '#contract/coupons-issued.ts'
import type { CouponKind } from '#contract/coupon-kinds.ts'
import { fromMinor } from '#contract/money.ts'
import { Icon } from '#src/components/Icon.tsx'
import { MoneyText } from '#src/components/MoneyText.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { formatMoney } from '#src/lib/format.ts'
import { paths } from '#src/paths.ts'
import { shortfall, totalShortfall } from './reclaim-rules.ts'

/** What came back, coupon by coupon beside what was expected. A difference is told in words and by a sign, not only by its colour. */
export function ReclaimResult({ kind, reclaimed }: { kind: CouponKind; reclaimed: CouponsReclaimed }) {
  const { t } = useTranslation()
  const { items, expectedTotal, actualTotal } = reclaimed
  const less = totalShortfall(reclaimed)
  return (
    <div className="form issue-form">
      <Notice tone={less > 0n ? 'warning' : 'success'} isAlert>
        {less > 0n
          ? t('coupons.reclaiming.done_less', { count: items.length, actual: formatMoney(actualTotal), expected: formatMoney(expectedTotal), less: formatMoney(fromMinor(less)) })
          : t('coupons.reclaiming.done_same', { count: items.length, total: formatMoney(actualTotal) })}
      </Notice>
      <table className="plain-table chosen-rows reclaim-rows" aria-label={t('coupons.reclaiming.result_list')}>
        <thead>
          <tr>
            <th scope="col">{t('coupons.reclaiming.coupon')}</th>
            <th scope="col" className="num">{t('coupons.reclaiming.expected')}</th>
            <th scope="col" className="num">{t('coupons.reclaiming.actual')}</th>
            <th scope="col">{t('coupons.reclaiming.difference')}</th>
            <th scope="col">{t('coupons.reclaiming.returns_to')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.couponId}>
              <td className="who"><span className="stack"><span>{item.number}</span><span>{item.nameMasked}</span></span></td>
              <td className="num" data-label={t('coupons.reclaiming.expected')}><span className="quiet"><MoneyText amount={item.expected} /></span></td>
              <td className="num" data-label={t('coupons.reclaiming.actual')}><MoneyText amount={item.actual} isStrong /></td>
              <td data-label={t('coupons.reclaiming.difference')}><Difference less={shortfall(item)} /></td>
              <td data-label={t('coupons.reclaiming.returns_to')}>{item.quotaNumber ?? <span className="second">{t('coupons.reclaiming.lapses')}</span>}</td>
            </tr>
          ))}
        </tbody>
        <tfoot><tr><td>{t('coupons.reclaiming.sum')}</td><td className="num" data-label={t('coupons.reclaiming.expected')}><MoneyText amount={expectedTotal} /></td><td className="num" data-label={t('coupons.reclaiming.actual')}><MoneyText amount={actualTotal} /></td><td data-label={t('coupons.reclaiming.difference')}><Difference less={less} /></td><td /></tr></tfoot>
      </table>
      <p className="coupon-foot"><Link to={paths.couponRecords({ kind, operation: 'reclaimed' })}>{t('coupons.reclaiming.see_records')}</Link></p>
    </div>
  )
}

function Difference({ less }: { less: bigint }) {
  const { t } = useTranslation()
  return less > 0n ? <span className="cell less"><Icon name="warning" />{t('coupons.reclaiming.less', { amount: formatMoney(fromMinor(less)) })}</span> : <span className="second">{t('coupons.reclaiming.same')}</span>
}
