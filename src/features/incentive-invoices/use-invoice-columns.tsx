import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import type { InvoiceRow } from '#contract/incentive-invoices.ts'
import { CopyButton } from '#src/components/CopyButton.tsx'
import { Icon } from '#src/components/Icon.tsx'
import { MoneyText } from '#src/components/MoneyText.tsx'
import { Periods } from '#src/components/Periods.tsx'
import { StatusTag } from '#src/components/StatusTag.tsx'
import type { Column } from '#src/components/table-types.ts'
import { Time } from '#src/components/Time.tsx'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'
import { invoiceTone } from './labels.ts'

/** @returns the list's columns. Widths fit a 1440 wide screen in both languages. */
export function useInvoiceColumns(): readonly Column<InvoiceRow>[] {
  const { t } = useTranslation()
  return [
    { key: 'request', header: t('incentive_invoices.field.request'), width: 158, card: 'lead', sort: 'at', isFixed: true, cell: (row) => <RequestCell row={row} /> },
    { key: 'period', header: t('incentive_invoices.field.period'), width: 136, cell: (row) => <Periods from={row.periodFrom} to={row.periodTo} /> },
    { key: 'toInvoice', header: t('incentive_invoices.field.toInvoice'), width: 112, isNumber: true, isFixed: true, cell: (row) => <MoneyText amount={row.toInvoice} isStrong /> },
    { key: 'number', header: t('incentive_invoices.field.number'), width: 188, cell: (row) => <InvoiceNumber row={row} /> },
    { key: 'state', header: t('incentive_invoices.field.state'), width: 150, card: 'state', isFixed: true, cell: (row) => <StatusTag tone={invoiceTone[row.state]} isPlain={row.state === 'COMPLETED' || row.state === 'PAYING' || row.state === 'INVOICE_REVIEW'}>{t(`payments.state.${row.state}`)}</StatusTag> },
    { key: 'reason', header: t('incentive_invoices.field.reason'), width: 166, card: 'full', cell: (row) => <ReasonCell row={row} /> },
    { key: 'tracking', header: t('incentive_invoices.field.tracking'), width: 112, cell: (row) => (row.invoice?.trackingNumber ? <span className="stack"><span>{row.invoice.trackingNumber}</span><span>{row.invoice.carrier}</span></span> : <span className="quiet">–</span>) },
    { key: 'option', header: t('incentive_invoices.field.option'), width: 112, isHiddenByDefault: true, cell: (row) => t(`payments.option.${row.option}`) },
    { key: 'submitted', header: t('incentive_invoices.field.submitted'), width: 112, isHiddenByDefault: true, cell: (row) => (row.invoice ? <Time at={row.invoice.submittedAt} /> : <span className="quiet">–</span>) },
  ]
}

function RequestCell({ row }: { row: InvoiceRow }) {
  const { t } = useTranslation()
  const mayView = useCan('incentive.request')
  return (
    <span className="stack">
      <span className="cell"><span>{mayView ? <Link data-open to={paths.incentivePayments({ open: row.id })}>{row.requestNumber}</Link> : row.requestNumber}</span><CopyButton text={row.requestNumber} what={t('incentive_invoices.field.request')} /></span>
      {row.isOwed && <span>{t('incentive_invoices.owed')}</span>}
    </span>
  )
}

function InvoiceNumber({ row: { invoice } }: { row: InvoiceRow }) {
  const { t } = useTranslation()
  if (!invoice) return <span className="quiet">–</span>
  return (
    <span className="stack">
      <span className="cell"><span>{invoice.number}</span><CopyButton text={invoice.number} what={t('incentive_invoices.field.number')} /></span>
      <span>{t(`incentive_invoices.kind_short.${invoice.kind}`)}</span>
    </span>
  )
}

/** Why it was returned, or why the list is not there yet. */
function ReasonCell({ row }: { row: InvoiceRow }) {
  const { t } = useTranslation()
  if (row.reason !== null) return <span className="invoice-reason"><Icon name="danger" /><span>{row.reason}</span></span>
  if (row.list.wait !== null) return <span className="invoice-reason second">{t(`incentive_invoices.waits.${row.list.wait}`)}</span>
  return <span className="quiet">–</span>
}
