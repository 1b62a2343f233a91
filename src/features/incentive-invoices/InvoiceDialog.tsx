import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { getInvoice } from '#contract/incentive-invoices.ts'
import { query } from '#src/api/query.ts'
import { EmptyState } from '#src/components/EmptyState.tsx'
import { ErrorState } from '#src/components/ErrorState.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { Skeleton } from '#src/components/Skeleton.tsx'
import { formatMonth } from '#src/lib/format.ts'
import { InvoiceForm } from './InvoiceForm.tsx'

/** The form for the invoice of a request, once its figures are there. */
export function InvoiceDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation()
  const [opener] = useState(() => document.activeElement)
  const { data, error, refetch } = useQuery(query(getInvoice, { params: { id } }))
  if (data && (data.may.fillIn || data.may.correct)) return <InvoiceForm row={data} opener={opener} onClose={onClose} />
  return (
    <ModalShell title={t('incentive_invoices.form.title')} opener={opener} onClose={onClose}>
      {data ? <EmptyState kind="nothing" title={t(`payments.state.${data.state}`)} text={data.list.wait ? t(`incentive_invoices.wait.${data.list.wait}`) : t('incentive_invoices.form.for', { number: data.requestNumber, period: data.periodFrom === data.periodTo ? formatMonth(data.periodTo) : t('payments.periods', { from: formatMonth(data.periodFrom), to: formatMonth(data.periodTo) }) })} />
        : error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={8} />}
    </ModalShell>
  )
}
