import { useQueryClient } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { getCustomer, listLots, queryCustomers } from '#contract/customers.ts'
import { type AdjustmentsDone, type allocateFunds, getAccounts, getAdjustment, getFundsTargets, queryAdjustments, queryTransactions, type reclaimFunds } from '#contract/funds.ts'
import { getHome } from '#contract/home.ts'
import { queryLog } from '#contract/operation-log.ts'
import { ApiError } from '#src/api/api-error.ts'
import { type ApiMutation, useApiMutation } from '#src/api/use-api-mutation.ts'
import { showToast, type Toast } from '#src/components/toast.ts'
import { formatMoney } from '#src/lib/format.ts'
import { paths } from '#src/paths.ts'
import type { Move } from './rules.ts'

const stale = [queryCustomers, getCustomer, listLots, getAccounts, getFundsTargets, queryAdjustments, getAdjustment, queryTransactions, getHome, queryLog]

/** Moves money: says what moved and where its record is, makes every figure on the screen new, and closes the form.
 *  @param onRefused gets what the server refused. @param close leaves the form once nothing typed is left to lose. */
export function useMove<E extends typeof allocateFunds | typeof reclaimFunds>(move: Move, endpoint: E, { onRefused, close }: { onRefused: (error: Error) => void; close: () => void }): ApiMutation<E> & { isDone: boolean } {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [isDone, setDone] = useState(false)
  const mutation = useApiMutation<E>(endpoint, {
    invalidates: stale,
    onSuccess: (done) => {
      showToast(successToast(t, move, done))
      setDone(true)
    },
    onError: (error) => {
      onRefused(error)
      // The figures that the form showed were not the present ones.
      if (error instanceof ApiError) void client.invalidateQueries({ queryKey: [getFundsTargets.path] })
    },
  })
  const leave = useRef(close)
  useEffect(() => { leave.current = close })
  // A render later the form has nothing to lose any more, so that leaving asks nothing.
  useEffect(() => { if (isDone) leave.current() }, [isDone])
  return { ...mutation, isDone }
}

function successToast(t: TFunction, move: Move, { batchNumber, total, count, adjustments }: AdjustmentsDone): Toast {
  const last = adjustments.at(-1)
  const link = { to: batchNumber ? paths.adjustments({ number: batchNumber }) : paths.adjustment(last?.id ?? ''), label: t('funds.see_record') }
  const numbers = adjustments.map(({ number }) => number).join(t('common.list_separator'))
  const text = batchNumber
    ? t(`funds.done_batch.${move}`, { number: batchNumber, count, total: formatMoney(total) })
    : t(`funds.done_text.${move}`, { number: numbers, total: formatMoney(total), balance: formatMoney(last?.balance ?? '0.00') })
  return { tone: 'success', title: t(`funds.done.${move}`), text, link }
}
