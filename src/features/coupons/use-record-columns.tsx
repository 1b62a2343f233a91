import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import type { CouponRecord } from '#contract/coupons-issued.ts'
import { fromMinor, toMinor } from '#contract/money.ts'
import { ColumnEye } from '#src/components/ColumnEye.tsx'
import { CopyButton } from '#src/components/CopyButton.tsx'
import { MaskedText } from '#src/components/MaskedText.tsx'
import { MoneyText } from '#src/components/MoneyText.tsx'
import { StatusTag } from '#src/components/StatusTag.tsx'
import type { Column } from '#src/components/table-types.ts'
import { Time } from '#src/components/Time.tsx'
import { formatCustomerNumber, formatMoney } from '#src/lib/format.ts'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'
import { Remark } from './Remark.tsx'

/** @param rows of the page in view, for the eye in the head. @returns the columns of the records. Widths fit a 1440 wide screen in both languages. */
export function useRecordColumns(rows: readonly CouponRecord[]): readonly Column<CouponRecord>[] {
  const { t } = useTranslation()
  const party = t('coupons.record.field.party')
  const customers = [...new Set(rows.flatMap((row) => (row.party?.id ? [row.party.id] : [])))]
  return [
    { key: 'at', header: t('coupons.record.field.time'), width: 98, sort: 'at', isFixed: true, cell: (row) => <span className="second"><Time at={row.at} /></span> },
    { key: 'operation', header: t('coupons.record.field.operation'), width: 118, card: 'state', isFixed: true, cell: (row) => <span className="coupon-wrap">{t(`coupons.record.operation.${row.operation}`)}</span> },
    { key: 'number', header: t('coupons.record.field.number'), width: 158, card: 'lead', isFixed: true, cell: (row) => <span className="cell">{row.number}<CopyButton text={row.number} what={t('coupons.record.field.number')} /></span> },
    { key: 'kind', header: t('coupons.record.field.kind'), width: 88, card: 'skip', isHiddenByDefault: true, cell: (row) => t(`coupons.kind.${row.kind}`) },
    { key: 'party', header: party, tools: <ColumnEye ids={customers} fields={['name']} column={party} />, width: 142, card: 'full', isFixed: true, cell: (row) => <PartyCell row={row} /> },
    { key: 'amount', header: t('coupons.record.field.amount'), width: 98, isNumber: true, cell: (row) => <MoneyText amount={row.amount} /> },
    { key: 'actual', header: t('coupons.record.field.actual'), width: 108, isNumber: true, isFixed: true, cell: (row) => <Actual row={row} /> },
    { key: 'sourceQuota', header: t('coupons.record.field.source_quota'), width: 138, card: 'skip', cell: (row) => (row.sourceQuotaNumber === null ? <span className="quiet">–</span> : <Link to={paths.coupons({ kind: row.kind, number: row.sourceQuotaNumber })}>{row.sourceQuotaNumber}</Link>) },
    { key: 'operator', header: t('coupons.record.field.operator'), width: 76, cell: (row) => row.operatorMasked ?? <span className="second">{t(`coupons.record.initiator.${row.initiator}`)}</span> },
    { key: 'remark', header: t('coupons.record.field.remark'), width: 128, card: 'full', cell: (row) => <Remark text={row.remark} /> },
    { key: 'result', header: t('coupons.record.field.result'), width: 82, cell: (row) => <StatusTag tone={row.result === 'success' ? 'success' : 'warning'} isPlain={row.result === 'success'}>{t(`coupons.record.result.${row.result}`)}</StatusTag> },
  ]
}

/** What moved, and in words by how much less than was to. */
function Actual({ row: { amount, actual } }: { row: CouponRecord }) {
  const { t } = useTranslation()
  const less = toMinor(amount) - toMinor(actual)
  if (less <= 0n) return <MoneyText amount={actual} isStrong />
  return <span className="stack"><MoneyText amount={actual} isStrong /><span className="coupon-less">{t('coupons.reclaiming.less', { amount: formatMoney(fromMinor(less)) })}</span></span>
}

function PartyCell({ row: { party } }: { row: CouponRecord }) {
  const { t } = useTranslation()
  const maySee = useCan('customer.view')
  if (!party) return <span className="quiet">–</span>
  const { id, nameMasked, number } = party
  const name = id === null ? nameMasked : (
    <MaskedText id={id} field="name" masked={nameMasked} label={t('coupons.record.field.party')}>{(text) => (maySee ? <Link to={paths.customer(id, 'coupons')}>{text}</Link> : text)}</MaskedText>
  )
  return <span className="stack"><span>{name}</span>{number && <span>{formatCustomerNumber(number)}</span>}</span>
}
