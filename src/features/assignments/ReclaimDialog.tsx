import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { type AssignedCustomer, type ManagerRow, previewAssignment, reclaimCustomers } from '#contract/assignments.ts'
import { ApiError } from '#src/api/api-error.ts'
import { query } from '#src/api/query.ts'
import { useApiMutation } from '#src/api/use-api-mutation.ts'
import { Button } from '#src/components/Button.tsx'
import { Facts } from '#src/components/Facts.tsx'
import { FormError } from '#src/components/FormError.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { OutcomeNotice } from '#src/components/OutcomeNotice.tsx'
import { showToast } from '#src/components/toast.ts'
import { formatCount, formatCustomerNumber } from '#src/lib/format.ts'
import { Refused } from './Refused.tsx'
import { refusedRows } from './rules.ts'
import { staleAfter } from './stale.ts'

type Props = { manager: ManagerRow['manager']; rows: readonly AssignedCustomer[]; /** They were reclaimed. */ onDone: () => void; onClose: () => void }

/** Takes customers back from their manager, all or none, after saying what ends and what stays. */
export function ReclaimDialog({ manager, rows, onDone, onClose }: Props) {
  const { t } = useTranslation()
  const [kept, setKept] = useState(rows)
  // The last counting day is the server's to say: it is a day in China, whatever this machine's clock shows.
  const preview = useQuery({ ...query(previewAssignment, { body: { customerIds: rows.map((row) => row.id) } }), staleTime: 0, gcTime: 0 })
  const day = preview.data?.countsTo
  const act = useApiMutation(reclaimCustomers, {
    invalidates: staleAfter,
    onSuccess: ({ count, manager: { nameMasked }, countsTo }) => {
      showToast({ tone: 'success', title: t('assignments.reclaim.done', { count, replace: { count: formatCount(count) } }), text: t('assignments.reclaim.done_text', { manager: nameMasked, day: countsTo }) })
      onDone()
      onClose()
    },
  })
  const refused = refusedRows(act.error instanceof ApiError ? act.error.failure.rows : undefined, kept)
  const rest = kept.filter((row) => refused.every((one) => one.row.id !== row.id))
  const submit = (targets: readonly AssignedCustomer[]) => {
    setKept(targets)
    act.submit({ body: { managerId: manager.id, customerIds: targets.map((row) => row.id) } })
  }
  const [only] = kept
  const isMany = kept.length > 1
  const unbegun = day === undefined ? 0 : kept.filter((row) => row.countsFrom > day).length
  return (
    <ModalShell
      title={isMany ? t('assignments.reclaim.title_many', { count: kept.length }) : t('assignments.reclaim.title')} onClose={onClose} isLocked={act.isBusy}
      footer={(close) => (
        <>
          <Button onPress={close}>{t('common.cancel')}</Button>
          {act.outcome === 'known' && refused.length === 0 && <Button variant="primary" isBusy={act.isBusy} onPress={() => submit(kept)}>{t('assignments.reclaim.confirm')}</Button>}
          {act.outcome === 'known' && refused.length > 0 && rest.length > 0 && <Button variant="primary" isBusy={act.isBusy} onPress={() => submit(rest)}>{t('assignments.assigning.drop', { count: refused.length })}</Button>}
        </>
      )}
    >
      <div className="assign-dialog">
        <p>{isMany ? t('assignments.reclaim.many', { count: kept.length, manager: manager.nameMasked }) : t('assignments.reclaim.one', { customer: `${only?.nameMasked ?? ''} ${formatCustomerNumber(only?.number ?? '')}`, manager: manager.nameMasked })}</p>
        <Facts facts={[
          ...(day === undefined ? [] : [{ key: 'day', label: t('assignments.reclaim.last_day'), value: t('assignments.reclaim.last_day_text', { day }) }]),
          { key: 'after', label: t('assignments.reclaim.after'), value: t('assignments.reclaim.after_text') },
        ]} />
        {unbegun > 0 && <Notice>{t('assignments.reclaim.same_day', { count: unbegun })}</Notice>}
        {isMany && (
          <div className="confirm-rows" tabIndex={0} role="region" aria-label={t('assignments.reclaim.which')}>
            <ul>{kept.map((row) => <li key={row.id}>{row.nameMasked} <span className="quiet">{formatCustomerNumber(row.number)}</span></li>)}</ul>
          </div>
        )}
        <OutcomeNotice outcome={act.outcome} onAskAgain={act.askAgain} />
        {refused.length > 0 ? <Refused title={t('assignments.assigning.refused_reclaim', { count: refused.length })} refused={refused} /> : <FormError error={act.error} />}
      </div>
    </ModalShell>
  )
}
