import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import type { Answer } from '#contract/endpoint.ts'
import { fromMinor } from '#contract/money.ts'
import type { reclaimQuotas } from '#contract/reseller-quotas.ts'
import { Icon } from '#src/components/Icon.tsx'
import { MoneyText } from '#src/components/MoneyText.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { formatMoney } from '#src/lib/format.ts'
import { paths } from '#src/paths.ts'
import { shortfall } from './quota-rules.ts'

/** What came back, quota by quota beside what was expected. A difference is told in words and by a sign, not only by its colour. */
export function ReclaimQuotaResult({ reclaimed: { items, expectedTotal, actualTotal } }: { reclaimed: Answer<typeof reclaimQuotas> }) {
  const { t } = useTranslation()
  const less = shortfall({ expected: expectedTotal, actual: actualTotal })
  const told = { count: items.length, actual: formatMoney(actualTotal), expected: formatMoney(expectedTotal) }
  const [number, expected, actual, difference, source] = [t('reseller_quotas.reclaiming.quota'), t('reseller_quotas.reclaiming.expected'), t('reseller_quotas.reclaiming.actual'), t('reseller_quotas.reclaiming.difference'), t('reseller_quotas.reclaiming.source')]
  return (
    <div className="form issue-form">
      <Notice tone={less === 0n ? 'success' : 'warning'} isAlert>
        {less > 0n ? t('reseller_quotas.reclaiming.done_less', { ...told, less: formatMoney(fromMinor(less)) })
          : less < 0n ? t('reseller_quotas.reclaiming.done_more', { ...told, more: formatMoney(fromMinor(-less)) })
            : t('reseller_quotas.reclaiming.done_same', { count: items.length, total: told.actual })}
      </Notice>
      <table className="plain-table chosen-rows reclaim-rows" aria-label={t('reseller_quotas.reclaiming.result')}>
        <thead><tr><th scope="col">{number}</th><th scope="col" className="num">{expected}</th><th scope="col" className="num">{actual}</th><th scope="col">{difference}</th><th scope="col">{source}</th></tr></thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.quotaId}>
              <td className="who"><span className="stack"><span>{item.number}</span><span>{item.reseller.nameMasked} · {item.reseller.account}</span></span></td>
              <td className="num" data-label={expected}><span className="quiet"><MoneyText amount={item.expected} /></span></td>
              <td className="num" data-label={actual}><MoneyText amount={item.actual} isStrong /></td>
              <td data-label={difference}><Difference less={shortfall(item)} /></td>
              <td data-label={source}>{item.sourceNumber}</td>
            </tr>
          ))}
        </tbody>
        <tfoot><tr><td>{t('reseller_quotas.reclaiming.sum')}</td><td className="num" data-label={expected}><MoneyText amount={expectedTotal} /></td><td className="num" data-label={actual}><MoneyText amount={actualTotal} /></td><td data-label={difference}><Difference less={less} /></td><td /></tr></tfoot>
      </table>
      <p className="coupon-foot"><Link to={paths.couponRecords({ operation: 'quota_reclaimed' })}>{t('reseller_quotas.reclaiming.see')}</Link></p>
    </div>
  )
}

function Difference({ less }: { less: bigint }) {
  const { t } = useTranslation()
  if (less === 0n) return <span className="second">{t('reseller_quotas.reclaiming.same')}</span>
  return <span className="cell less"><Icon name="warning" />{less > 0n ? t('reseller_quotas.reclaiming.less', { amount: formatMoney(fromMinor(less)) }) : t('reseller_quotas.reclaiming.more', { amount: formatMoney(fromMinor(-less)) })}</span>
}
