import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import type { Adjustment } from '#contract/funds.ts'
import { ColumnEye } from '#src/components/ColumnEye.tsx'
import { CopyButton } from '#src/components/CopyButton.tsx'
import { MaskedText } from '#src/components/MaskedText.tsx'
import { MoneyText } from '#src/components/MoneyText.tsx'
import type { Column } from '#src/components/table-types.ts'
import { Time } from '#src/components/Time.tsx'
import { formatCustomerNumber } from '#src/lib/format.ts'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'
import { Direction } from './Direction.tsx'

/** @param rows of the page in view, for the eye in the head. @returns the list's columns. Widths fit a 1440 wide screen in both languages. */
export function useAdjustmentColumns(rows: readonly Adjustment[]): readonly Column<Adjustment>[] {
  const { t } = useTranslation()
  const counterparty = t('funds.field.counterparty')
  const customers = [...new Set(rows.map((row) => row.customer.id))]
  return [
    { key: 'at', header: t('funds.field.time'), width: 100, sort: 'at', isFixed: true, cell: (row) => <span className="second"><Time at={row.at} /></span> },
    { key: 'number', header: t('funds.field.number'), width: 168, card: 'full', isFixed: true, cell: (row) => <NumberCell row={row} /> },
    { key: 'counterparty', header: counterparty, tools: <ColumnEye ids={customers} fields={['name']} column={counterparty} />, width: 136, card: 'lead', isFixed: true, cell: (row) => <CustomerCell row={row} /> },
    { key: 'customerNumber', header: t('funds.field.customer_number'), width: 104, card: 'skip', cell: (row) => <span className="second">{formatCustomerNumber(row.customer.number)}</span> },
    { key: 'kind', header: t('funds.field.kind'), width: 96, card: 'state', cell: (row) => <Direction isIn={row.kind !== 'allocate'}>{t(`funds.kind.${row.kind}`)}</Direction> },
    { key: 'source', header: t('funds.field.source'), width: 100, cell: (row) => t(`funds.source.${row.source}`) },
    { key: 'amount', header: t('funds.field.amount'), width: 104, isNumber: true, sort: 'amount', cell: (row) => <MoneyText amount={row.amount} isStrong /> },
    { key: 'before', header: t('funds.field.before'), width: 96, isNumber: true, cell: (row) => <span className="quiet"><MoneyText amount={row.balanceBefore} /></span> },
    { key: 'after', header: t('funds.field.after'), width: 96, isNumber: true, cell: (row) => <MoneyText amount={row.balanceAfter} /> },
    { key: 'lots', header: t('funds.field.lots'), width: 150, isHiddenByDefault: true, cell: (row) => <LotsCell row={row} /> },
    { key: 'operator', header: t('funds.field.operator'), width: 76, card: 'skip', cell: (row) => row.operatorMasked },
  ]
}

function NumberCell({ row }: { row: Adjustment }) {
  const { t } = useTranslation()
  return (
    <span className="stack">
      <span className="cell"><span>{row.number}</span><CopyButton text={row.number} what={t('funds.field.number')} /></span>
      {row.batchNumber && <span><Link className="quiet" to={paths.adjustments({ number: row.batchNumber })}>{t('funds.batch', { number: row.batchNumber })}</Link></span>}
    </span>
  )
}

function CustomerCell({ row: { customer: { id, nameMasked } } }: { row: Adjustment }) {
  const { t } = useTranslation()
  const maySee = useCan('customer.view')
  return (
    <MaskedText id={id} field="name" masked={nameMasked} label={t('funds.field.counterparty')}>
      {(text) => (maySee ? <Link data-open to={paths.customer(id, 'funds')}>{text}</Link> : text)}
    </MaskedText>
  )
}

function LotsCell({ row }: { row: Adjustment }) {
  const { t } = useTranslation()
  const [only] = row.lots
  if (!only) return <span className="quiet">–</span>
  return row.lots.length === 1 ? only.number : t('funds.lots_count', { count: row.lots.length })
}
