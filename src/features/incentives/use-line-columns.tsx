import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link, useSearchParams } from 'react-router'
import type { IncentiveLine } from '#contract/incentives.ts'
import { ColumnEye } from '#src/components/ColumnEye.tsx'
import { CopyButton } from '#src/components/CopyButton.tsx'
import { MoneyText } from '#src/components/MoneyText.tsx'
import { StatusTag } from '#src/components/StatusTag.tsx'
import type { Column } from '#src/components/table-types.ts'
import { formatMonth } from '#src/lib/format.ts'
import { paths } from '#src/paths.ts'
import { CustomerCell } from './CustomerCell.tsx'
import { feedbackLook } from './labels.ts'

/** @param rows of the page in view, for the eye in the head. @param isOfStatement leaves out what is the same for every line of a statement.
 *  @returns the list's columns. Widths fit a 1440 wide screen in both languages. */
export function useLineColumns(rows: readonly IncentiveLine[], isOfStatement: boolean): readonly Column<IncentiveLine>[] {
  const { t } = useTranslation()
  const customer = t('incentives.field.customer')
  const customers = [...new Set(rows.flatMap((row) => (row.customer ? [row.customer.id] : [])))]
  const statement: Column<IncentiveLine> = { key: 'period', header: t('incentives.field.period'), width: 80, sort: 'period', cell: ({ statement: { id, number, period } }) => <Link to={paths.incentive(id)} aria-label={`${number} ${formatMonth(period)}`}>{formatMonth(period)}</Link> }
  return [
    { key: 'number', header: t('incentives.field.line'), width: 188, card: 'lead', isFixed: true, cell: (row) => <NumberCell row={row} /> },
    ...(isOfStatement ? [] : [statement]),
    { key: 'customer', header: customer, tools: <ColumnEye ids={customers} fields={['name']} column={customer} />, width: 146, card: 'full', isFixed: true, cell: (row) => <CustomerCell {...row} /> },
    { key: 'product', header: t('incentives.field.product'), width: 104, cell: (row) => <span className="stack wrap"><span>{row.productType}</span><span>{t(`incentives.billing.${row.billingMode}`)}</span></span> },
    { key: 'order', header: t('incentives.field.order'), width: 128, isHiddenByDefault: true, cell: (row) => (row.order ? <span className="second">{row.order}</span> : <span className="quiet">–</span>) },
    { key: 'dataNumber', header: t('incentives.field.data_number'), width: 128, isHiddenByDefault: true, cell: (row) => <span className="second">{row.dataNumber}</span> },
    { key: 'base', header: t('incentives.field.base'), width: 98, isNumber: true, cell: (row) => <span className="second"><MoneyText amount={row.baseAmount} /></span> },
    { key: 'rate', header: t('incentives.field.rate'), width: 60, isNumber: true, cell: (row) => `${row.rate} %` },
    { key: 'incentive', header: t('incentives.field.incentive'), width: 102, isNumber: true, sort: 'incentive', isFixed: true, cell: (row) => <IncentiveCell row={row} /> },
    { key: 'tax', header: t('incentives.field.tax'), width: 88, isNumber: true, isHiddenByDefault: true, cell: (row) => <MoneyText amount={row.tax} /> },
    { key: 'adjustment', header: t('incentives.field.adjustment'), width: 112, isNumber: true, cell: (row) => <AdjustmentCell row={row} /> },
    { key: 'net', header: t('incentives.field.net'), width: 104, isNumber: true, isHiddenByDefault: !isOfStatement, cell: (row) => <MoneyText amount={row.net} /> },
    { key: 'feedback', header: t('incentives.field.feedback'), width: 78, cell: (row) => (row.feedback ? <StatusTag {...feedbackLook[row.feedback.state]}>{t(`incentives.feedback_state.${row.feedback.state}`)}</StatusTag> : <span className="quiet">–</span>) },
    { key: 'manager', header: t('incentives.field.manager'), width: 84, isHiddenByDefault: true, cell: (row) => row.manager?.nameMasked ?? <span className="quiet">–</span> },
    { key: 'reseller', header: t('incentives.field.reseller'), width: 112, isHiddenByDefault: true, cell: (row) => row.resellerMasked ?? <span className="quiet">–</span> },
  ]
}

function NumberCell({ row }: { row: IncentiveLine }) {
  const { t } = useTranslation()
  const open = useOpenLine()
  return <span className="cell"><Link data-open to={open(row.id)} preventScrollReset>{row.number}</Link><CopyButton text={row.number} what={t('incentives.field.line')} /></span>
}

/** An excluded line keeps its figure, struck out in words rather than in ink; a frozen one says so. */
function IncentiveCell({ row }: { row: IncentiveLine }) {
  const { t } = useTranslation()
  return (
    <span className="stack">
      <MoneyText amount={row.incentive} isStrong />
      {row.isExcluded ? <span className="marked">{t('incentives.excluded_mark')}</span> : row.isFrozen && <span className="marked">{t('incentives.frozen_mark')}</span>}
    </span>
  )
}

function AdjustmentCell({ row }: { row: IncentiveLine }) {
  if (row.adjustments === 0) return <span className="quiet">–</span>
  return <span className="stack wrap"><MoneyText amount={row.adjustment} />{row.adjustmentReason && <span>{row.adjustmentReason}</span>}</span>
}

/** @returns how to write the address of a line's details over the page in view. */
export function useOpenLine(): (id: string) => { search: string } {
  const [search] = useSearchParams()
  return (id) => {
    const next = new URLSearchParams(search)
    next.set('open', id)
    return { search: String(next) }
  }
}
