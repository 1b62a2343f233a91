import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import type { Coupon } from '#contract/coupons-issued.ts'
import { ColumnEye } from '#src/components/ColumnEye.tsx'
import { CopyButton } from '#src/components/CopyButton.tsx'
import { MaskedText } from '#src/components/MaskedText.tsx'
import { MoneyText } from '#src/components/MoneyText.tsx'
import { StatusTag } from '#src/components/StatusTag.tsx'
import type { Column } from '#src/components/table-types.ts'
import { Time } from '#src/components/Time.tsx'
import { lastInstant } from '#src/coupons/last-day.ts'
import { couponLook } from '#src/coupons/looks.ts'
import { ScopeText } from '#src/coupons/ScopeText.tsx'
import { formatCustomerNumber } from '#src/lib/format.ts'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'
import { Remark } from './Remark.tsx'
import { useOpenAddress } from './use-open-address.ts'

/** @param rows of the page in view, for the eye in the head. @returns the columns of issued coupons. Widths fit a 1440 wide screen in both languages. */
export function useCouponColumns(rows: readonly Coupon[]): readonly Column<Coupon>[] {
  const { t } = useTranslation()
  const customer = t('coupons.coupon.field.customer')
  return [
    { key: 'number', header: t('coupons.coupon.field.number'), width: 160, card: 'full', isFixed: true, cell: (row) => <NumberCell row={row} /> },
    { key: 'customer', header: customer, tools: <ColumnEye ids={[...new Set(rows.map((row) => row.customer.id))]} fields={['name']} column={customer} />, width: 134, card: 'lead', isFixed: true, cell: (row) => <CustomerCell row={row} /> },
    { key: 'balance', header: t('coupons.coupon.field.balance'), width: 96, isNumber: true, sort: 'balance', isFixed: true, cell: (row) => <MoneyText amount={row.balance} isStrong /> },
    { key: 'faceValue', header: t('coupons.coupon.field.face_value'), width: 96, isNumber: true, cell: (row) => <MoneyText amount={row.faceValue} /> },
    { key: 'minOrder', header: t('coupons.coupon.field.min_order'), width: 112, card: 'skip', isNumber: true, cell: (row) => <span className="quiet"><MoneyText amount={row.minOrder} /></span> },
    { key: 'scope', header: t('coupons.coupon.field.scope'), width: 104, card: 'skip', cell: (row) => <ScopeText scope={row.scope} /> },
    { key: 'issuedAt', header: t('coupons.coupon.field.issued_at'), width: 98, sort: 'issuedAt', cell: (row) => <span className="second"><Time at={row.issuedAt} /></span> },
    { key: 'validUntil', header: t('coupons.coupon.field.valid_until'), width: 100, sort: 'validUntil', cell: (row) => <Time at={lastInstant(row.validUntil)} look="day" /> },
    { key: 'quota', header: t('coupons.coupon.field.quota'), width: 152, card: 'skip', isHiddenByDefault: true, cell: (row) => <QuotaCell row={row} /> },
    { key: 'kind', header: t('coupons.coupon.field.kind'), width: 88, card: 'skip', isHiddenByDefault: true, cell: (row) => t(`coupons.kind.${row.kind}`) },
    { key: 'state', header: t('coupons.coupon.field.state'), width: 110, card: 'state', isFixed: true, cell: (row) => <StatusTag {...couponLook[row.state]}>{t(`coupons.coupon.state.${row.state}`)}</StatusTag> },
    { key: 'remark', header: t('coupons.coupon.field.remark'), width: 116, card: 'skip', isHiddenByDefault: true, cell: (row) => <Remark text={row.remark} /> },
  ]
}

function NumberCell({ row }: { row: Coupon }) {
  const { t } = useTranslation()
  const open = useOpenAddress()
  return <span className="cell"><Link data-open to={open(row.id)} preventScrollReset>{row.number}</Link><CopyButton text={row.number} what={t('coupons.coupon.field.number')} /></span>
}

function CustomerCell({ row: { customer: { id, nameMasked, number } } }: { row: Coupon }) {
  const { t } = useTranslation()
  const maySee = useCan('customer.view')
  return (
    <span className="stack">
      <MaskedText id={id} field="name" masked={nameMasked} label={t('coupons.coupon.field.customer')}>{(text) => (maySee ? <Link to={paths.customer(id, 'coupons')}>{text}</Link> : text)}</MaskedText>
      <span>{formatCustomerNumber(number)}</span>
    </span>
  )
}

function QuotaCell({ row: { quota, issuerName, kind } }: { row: Coupon }) {
  const { t } = useTranslation()
  return quota ? <Link to={paths.coupons({ kind, open: quota.id })}>{quota.number}</Link> : <span className="quiet">{issuerName ?? t('coupons.coupon.other_issuer')}</span>
}
