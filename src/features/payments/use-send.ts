import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Endpoint } from '#contract/endpoint.ts'
import { type createPayment, getPayment, getRequestable, listQuarters, type PaymentDetail, queryPayments, type requestQuarter, type resendPayment, type withdrawPayment } from '#contract/incentive-payments.ts'
import { queryInvoices } from '#contract/incentive-invoices.ts'
import { getIncentiveOverview, getStatement, queryStatements } from '#contract/incentives.ts'
import { type ApiMutation, useApiMutation } from '#src/api/use-api-mutation.ts'
import { showToast } from '#src/components/toast.ts'
import { formatMoney } from '#src/lib/format.ts'
import { paths } from '#src/paths.ts'

const stale: readonly Endpoint[] = [queryPayments, getPayment, getRequestable, listQuarters, queryInvoices, queryStatements, getStatement, getIncentiveOverview]

/** Sends a payment request, or gives one up: says what became of it and where it stands, and closes the form. @param words of the notification. @param close leaves the form once nothing is left to lose. */
export function useSend<E extends typeof createPayment | typeof resendPayment | typeof requestQuarter | typeof withdrawPayment>(endpoint: E, words: 'payments.form.done' | 'payments.form.resent' | 'payments.quarters.done' | 'payments.withdraw.done', close: () => void): ApiMutation<E> & { isDone: boolean } {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [isDone, setDone] = useState(false)
  const mutation = useApiMutation<E>(endpoint, {
    invalidates: stale,
    onSuccess: (done: PaymentDetail) => {
      client.setQueryData([getPayment.path, { params: { id: done.id } }], done)
      showToast({ tone: 'success', title: t(words), text: t('payments.form.done_text', { number: done.number, amount: formatMoney(done.total) }), link: { to: paths.incentivePayments({ open: done.id }), label: t('payments.form.view') } })
      setDone(true)
    },
  })
  const leave = useRef(close)
  useEffect(() => { leave.current = close })
  // A render later the form has nothing to lose any more, so that leaving asks nothing.
  useEffect(() => { if (isDone) leave.current() }, [isDone])
  return { ...mutation, isDone }
}
