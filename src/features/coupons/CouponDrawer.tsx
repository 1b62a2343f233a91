import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import { getCoupon } from '#contract/coupons-issued.ts'
import type { Answer } from '#contract/endpoint.ts'
import { query } from '#src/api/query.ts'
import { CopyButton } from '#src/components/CopyButton.tsx'
import { Facts } from '#src/components/Facts.tsx'
import { Ledger } from '#src/components/Ledger.tsx'
import { MaskedText } from '#src/components/MaskedText.tsx'
import { MoneyText } from '#src/components/MoneyText.tsx'
import { NumberText } from '#src/components/NumberText.tsx'
import { RowDrawer } from '#src/components/RowDrawer.tsx'
import { StatusTag } from '#src/components/StatusTag.tsx'
import { Time } from '#src/components/Time.tsx'
import { lastInstant } from '#src/coupons/last-day.ts'
import { couponLook } from '#src/coupons/looks.ts'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'

type Details = Answer<typeof getCoupon>

/** Everything about the coupon that the address names by `open`: its amounts, its limits, and what it paid for. */
export function CouponDrawer() {
  const { t } = useTranslation()
  return <RowDrawer title={() => t('coupons.coupon.drawer')} ask={(id) => query(getCoupon, { params: { id } })}>{(coupon) => <Content coupon={coupon} />}</RowDrawer>
}

function Content({ coupon }: { coupon: Details }) {
  const { t } = useTranslation()
  return (
    <div className="coupon-drawer">
      <div className="coupon-top">
        <div><span className="caption">{t('coupons.coupon.field.balance')}</span><p className="figure"><MoneyText amount={coupon.balance} /><small>{t('common.unit')}</small></p></div>
        <StatusTag {...couponLook[coupon.state]}>{t(`coupons.coupon.state.${coupon.state}`)}</StatusTag>
      </div>
      <Who coupon={coupon} />
      <section>
        <h3>{t('coupons.coupon.sum')}</h3>
        <Ledger
          lines={[
            { key: 'face', label: t('coupons.coupon.field.face_value'), amount: coupon.faceValue },
            { key: 'used', label: t('coupons.coupon.used'), amount: coupon.used, isMinus: true },
            ...(coupon.returned === '0.00' ? [] : [{ key: 'returned', label: t('coupons.coupon.returned'), amount: coupon.returned, isMinus: true }]),
            ...(coupon.lapsed === '0.00' ? [] : [{ key: 'lapsed', label: t('coupons.coupon.lapsed'), amount: coupon.lapsed, isMinus: true }]),
          ]}
          sum={{ label: t('coupons.coupon.field.balance'), amount: coupon.balance }}
        />
      </section>
      <section><h3>{t('coupons.coupon.limits')}</h3><Limits coupon={coupon} /></section>
      <Uses uses={coupon.uses} />
      <p className="coupon-foot"><Link to={paths.couponRecords({ kind: coupon.kind, number: coupon.number })}>{t('coupons.coupon.see_records')}</Link></p>
    </div>
  )
}

function Who({ coupon: { number, kind, customer, quota, issuerName, issuedAt, validUntil, endedAt, remark } }: { coupon: Details }) {
  const { t } = useTranslation()
  const maySee = useCan('customer.view')
  return (
    <Facts facts={[
      { key: 'number', label: t('coupons.coupon.field.number'), value: <>{number}<CopyButton text={number} what={t('coupons.coupon.field.number')} /></> },
      { key: 'kind', label: t('coupons.coupon.field.kind'), value: t(`coupons.kind.${kind}`) },
      { key: 'customer', label: t('coupons.coupon.field.customer'), value: (
        <MaskedText id={customer.id} field="name" masked={customer.nameMasked} label={t('coupons.coupon.field.customer')}>{(text) => (maySee ? <Link to={paths.customer(customer.id, 'coupons')}>{text}</Link> : text)}</MaskedText>
      ) },
      { key: 'customerNumber', label: t('coupons.coupon.field.customer_number'), value: <NumberText number={customer.number} what={t('coupons.coupon.field.customer_number')} /> },
      quota
        ? { key: 'quota', label: t('coupons.coupon.field.quota'), value: <Link to={paths.coupons({ kind, open: quota.id })}>{quota.number}</Link> }
        : { key: 'issuer', label: t('coupons.coupon.field.issuer'), value: issuerName ?? t('coupons.coupon.other_issuer') },
      { key: 'issuedAt', label: t('coupons.coupon.field.issued_at'), value: <Time at={issuedAt} look="full" /> },
      { key: 'validUntil', label: t('coupons.coupon.field.valid_until'), value: <Time at={lastInstant(validUntil)} look="day" /> },
      ...(endedAt ? [{ key: 'endedAt', label: t('coupons.coupon.field.ended_at'), value: <Time at={endedAt} look="full" /> }] : []),
      ...(remark === '' ? [] : [{ key: 'remark', label: t('coupons.coupon.field.remark'), value: remark }]),
    ]}
    />
  )
}

function Limits({ coupon: { minOrder, maxShare, scope } }: { coupon: Details }) {
  const { t } = useTranslation()
  const separator = t('common.list_separator')
  return (
    <Facts facts={[
      { key: 'minOrder', label: t('coupons.coupon.field.min_order'), value: <MoneyText amount={minOrder} /> },
      ...(maxShare === null ? [] : [{ key: 'maxShare', label: t('coupons.coupon.field.max_share'), value: `${maxShare}%` }]),
      { key: 'products', label: t('coupons.scope.products'), value: scope.products.join(separator) || t('coupons.scope.all') },
      { key: 'orders', label: t('coupons.scope.orders'), value: scope.orderTypes.map((one) => t(`coupons.scope.order.${one}`)).join(separator) || t('coupons.scope.all') },
    ]}
    />
  )
}

function Uses({ uses }: Pick<Details, 'uses'>) {
  const { t } = useTranslation()
  const title = t('coupons.coupon.uses')
  return (
    <section>
      <h3>{title}</h3>
      {uses.length === 0 && <p className="second">{t('coupons.coupon.no_uses')}</p>}
      {uses.length > 0 && (
        <table className="plain-table" aria-label={title}>
          <thead><tr><th scope="col">{t('coupons.coupon.order_number')}</th><th scope="col">{t('coupons.coupon.time')}</th><th scope="col" className="num">{t('coupons.coupon.amount')}</th></tr></thead>
          <tbody>
            {uses.map((use, place) => (
              <tr key={place}>
                <td><span className="cell">{use.orderNumber}<CopyButton text={use.orderNumber} what={t('coupons.coupon.order_number')} /></span></td>
                <td><span className="second"><Time at={use.at} /></span></td>
                <td className="num"><MoneyText amount={use.amount} /></td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
