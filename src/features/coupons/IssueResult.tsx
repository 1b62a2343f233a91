import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import type { CouponKind } from '#contract/coupon-kinds.ts'
import type { CouponsIssued } from '#contract/coupons.ts'
import { CopyButton } from '#src/components/CopyButton.tsx'
import { MaskedText } from '#src/components/MaskedText.tsx'
import { MoneyText } from '#src/components/MoneyText.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { formatCustomerNumber, formatMoney } from '#src/lib/format.ts'
import { paths } from '#src/paths.ts'

/** What was issued: each customer's coupon by its number, and where the records are. */
export function IssueResult({ kind, issued: { items, total, quota } }: { kind: CouponKind; issued: CouponsIssued }) {
  const { t } = useTranslation()
  return (
    <div className="form issue-form">
      <Notice tone="success" isAlert>{t('coupons.issuing.done_text', { count: items.length, kind: t(`coupons.kind.${kind}`), total: formatMoney(total), quota: quota.number, left: formatMoney(quota.left) })}</Notice>
      <table className="plain-table chosen-rows" aria-label={t('coupons.issuing.done_list')}>
        <thead><tr><th scope="col">{t('coupons.coupon.field.number')}</th><th scope="col">{t('coupons.coupon.field.customer')}</th><th scope="col" className="num">{t('coupons.coupon.field.face_value')}</th></tr></thead>
        <tbody>
          {items.map((one) => (
            <tr key={one.couponId}>
              <td><span className="cell"><Link to={paths.couponsIssued({ kind, open: one.couponId })}>{one.number}</Link><CopyButton text={one.number} what={t('coupons.coupon.field.number')} /></span></td>
              <td><span className="stack"><MaskedText id={one.customerId} field="name" masked={one.nameMasked} label={t('coupons.coupon.field.customer')} hasEye={false} /><span>{formatCustomerNumber(one.customerNumber)}</span></span></td>
              <td className="num"><MoneyText amount={one.faceValue} /></td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="coupon-foot"><Link to={paths.couponRecords({ kind, operation: 'issued', sourceQuotaNumber: quota.number })}>{t('coupons.issuing.see_records')}</Link><Link to={paths.couponsIssued({ kind, quotaNumber: quota.number })}>{t('coupons.issuing.see_issued')}</Link></p>
    </div>
  )
}
