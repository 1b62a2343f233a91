import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import { getQuota } from '#contract/coupons.ts'
import type { Answer } from '#contract/endpoint.ts'
import { Figure } from '#contract/money.ts'
import { query } from '#src/api/query.ts'
import { CopyButton } from '#src/components/CopyButton.tsx'
import { Facts } from '#src/components/Facts.tsx'
import { Ledger } from '#src/components/Ledger.tsx'
import { MoneyText } from '#src/components/MoneyText.tsx'
import { RowDrawer } from '#src/components/RowDrawer.tsx'
import { StatusTag } from '#src/components/StatusTag.tsx'
import { Time } from '#src/components/Time.tsx'
import { lastInstant } from '#src/coupons/last-day.ts'
import { quotaLook } from '#src/coupons/looks.ts'
import { formatCount } from '#src/lib/format.ts'
import { QuotaLimits } from './QuotaLimits.tsx'

type Details = Answer<typeof getQuota>
type See = { issued: (number: string) => string; records: (number: string) => string }

/** Everything about the quota that the address names by `open`: how what is left comes about, its limits, and its movements. */
export function QuotaDrawer({ see }: { see: See }) {
  const { t } = useTranslation()
  return <RowDrawer title={() => t('coupons.quota.drawer')} ask={(id) => query(getQuota, { params: { id } })}>{(quota) => <Content quota={quota} see={see} />}</RowDrawer>
}

function Content({ quota, see }: { quota: Details; see: See }) {
  const { t } = useTranslation()
  return (
    <div className="coupon-drawer">
      <div className="coupon-top">
        <div><span className="caption">{t('coupons.quota.field.left')}</span><p className="figure"><MoneyText amount={quota.left} /><small>{t('common.unit')}</small></p></div>
        <StatusTag {...quotaLook[quota.state]}>{t(`coupons.quota.state.${quota.state}`)}</StatusTag>
      </div>
      <Facts facts={[
        { key: 'number', label: t('coupons.quota.field.number'), value: <>{quota.number}<CopyButton text={quota.number} what={t('coupons.quota.field.number')} /></> },
        { key: 'kind', label: t('coupons.coupon.field.kind'), value: t(`coupons.kind.${quota.kind}`) },
        { key: 'source', label: t('coupons.quota.field.source'), value: t(`coupons.quota.source.${quota.source}`) },
        { key: 'validity', label: t('coupons.quota.field.validity'), value: <span><Time at={quota.validFrom} look="day" /> – <Time at={lastInstant(quota.validTo)} look="day" /></span> },
      ]}
      />
      <section>
        <h3>{t('coupons.quota.sum')}</h3>
        <Ledger
          lines={[
            { key: 'granted', label: t('coupons.quota.field.granted'), amount: quota.granted },
            ...(quota.withdrawn === '0.00' ? [] : [{ key: 'withdrawn', label: t('coupons.quota.field.withdrawn'), amount: quota.withdrawn, isMinus: true }]),
            { key: 'issued', label: t('coupons.quota.field.issued'), amount: quota.issued, isMinus: true },
            { key: 'returned', label: t('coupons.quota.field.returned'), amount: quota.returned },
          ]}
          sum={{ label: t('coupons.quota.field.left'), amount: quota.left }}
        />
      </section>
      <section><h3>{t('coupons.quota.limits')}</h3><QuotaLimits quota={quota} /></section>
      <Movements quota={quota} />
      <p className="coupon-foot">
        <Link to={see.issued(quota.number)}>{t('coupons.quota.see_issued')}</Link>
        <Link to={see.records(quota.number)}>{t('coupons.quota.see_records')}</Link>
      </p>
    </div>
  )
}

function Movements({ quota: { movements, movementTotal } }: { quota: Details }) {
  const { t } = useTranslation()
  const title = t('coupons.quota.movements')
  return (
    <section>
      <div className="coupon-head-line"><h3>{title}</h3>{movementTotal > movements.length && <span className="caption">{t('coupons.quota.movements_note', { shown: movements.length, total: formatCount(movementTotal) })}</span>}</div>
      {movements.length === 0 && <p className="second">{t('coupons.quota.no_movements')}</p>}
      {movements.length > 0 && (
        <table className="plain-table" aria-label={title}>
          <thead><tr><th scope="col">{t('coupons.record.field.operation')}</th><th scope="col">{t('coupons.record.field.time')}</th><th scope="col" className="num">{t('coupons.quota.amount')}</th><th scope="col" className="num">{t('coupons.quota.after')}</th></tr></thead>
          <tbody>
            {movements.map((one, place) => (
              <tr key={place}>
                <td><span className="stack"><span>{t(`coupons.quota.movement.${one.kind}`)}</span>{one.number && <span>{one.number}</span>}</span></td>
                <td><span className="second"><Time at={one.at} /></span></td>
                <td className="num"><MoneyText amount={Figure.parse(one.amount)} /></td>
                <td className="num"><MoneyText amount={one.leftAfter} /></td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
