import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import type { InvoiceRow } from '#contract/incentive-invoices.ts'
import { Button } from '#src/components/Button.tsx'
import { paths } from '#src/paths.ts'

/** Handing the invoice in, or the corrected one, and the list that goes with it. */
export function InvoiceActions({ row, onOpen }: { row: InvoiceRow; onOpen: (id: string) => void }) {
  const { t } = useTranslation()
  const number = row.requestNumber
  return (
    <>
      {row.may.correct && <Button isSmall aria-haspopup="dialog" aria-label={t('incentive_invoices.action.correct_of', { number })} onPress={() => onOpen(row.id)}>{t('incentive_invoices.action.correct')}</Button>}
      {!row.may.correct && row.may.fillIn && <Button variant="row" aria-haspopup="dialog" aria-label={t('incentive_invoices.action.fill_of', { number })} onPress={() => onOpen(row.id)}>{t('incentive_invoices.action.fill')}</Button>}
      {row.list.isAvailable
        ? <Link className="row-action" to={paths.invoiceList(row.id)} aria-label={t('incentive_invoices.action.list_of', { number })}>{t('incentive_invoices.action.list')}</Link>
        : <Button variant="row" aria-label={t('incentive_invoices.action.list_of', { number })} disabledReason={t(`incentive_invoices.wait.${row.list.wait ?? 'preparing'}`)}>{t('incentive_invoices.action.list')}</Button>}
    </>
  )
}
