import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { type ManagerRow, previewAssignment } from '#contract/assignments.ts'
import { assignmentBatchMax } from '#contract/page.ts'
import { type CustomerRow, queryCustomers } from '#contract/customers.ts'
import { listQuery, query } from '#src/api/query.ts'
import { ErrorState } from '#src/components/ErrorState.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { Skeleton } from '#src/components/Skeleton.tsx'
import { useSelection } from '#src/components/use-selection.ts'
import { AssignConfirm } from './AssignConfirm.tsx'
import { AssignFooter } from './AssignFooter.tsx'
import { ManagerField } from './ManagerField.tsx'
import { PickList } from './PickList.tsx'
import { Step } from './Step.tsx'
import { useAssign } from './use-assign.ts'
import { useChoices } from './use-choices.ts'
import { usePicking } from './use-picking.ts'

type Props = { manager: ManagerRow['manager'] | undefined; onClose: () => void }

/** Assigns unassigned customers: choose, then check the list and the first counting day. */
export function AssignDialog({ manager, onClose }: Props) {
  const { t } = useTranslation()
  const { managers } = useChoices()
  const [managerId, setManagerId] = useState(manager?.id ?? '')
  const [step, setStep] = useState<1 | 2>(1)
  const [hasMoved, setMoved] = useState(false)
  const selection = useSelection<CustomerRow>((row) => row.id)
  const picking = usePicking()
  const assign = useAssign(onClose)
  const customerIds = selection.rows.map((row) => row.id)
  const preview = useQuery({ ...query(previewAssignment, { body: { customerIds } }), enabled: step === 2, staleTime: 0, gcTime: 0 })
  const name = [...managers, ...(manager ? [manager] : [])].find(({ id }) => id === managerId)?.nameMasked ?? ''
  const rows = preview.data?.items ?? []
  const isTaken = rows.some((row) => row.manager !== null)
  const go = (next: 1 | 2) => {
    setMoved(true)
    setStep(next)
    assign.act.reset()
  }
  const reason = step === 1
    ? (managerId === '' ? t('assignments.assigning.need_manager') : selection.count === 0 ? t('assignments.pick.need_one') : undefined)
    : preview.data === undefined ? t('common.loading') : isTaken ? t('assignments.assigning.meanwhile') : undefined
  return (
    <ModalShell
      title={t('assignments.assigning.title')} size="wide" onClose={onClose} isLocked={assign.act.isBusy} isDirty={selection.count > 0 && !assign.act.isBusy}
      footer={(close) => (
        <AssignFooter step={step} reason={reason} assign={assign} onCancel={close} onNext={() => go(2)} onBack={() => go(1)} onConfirm={() => assign.submit(managerId, rows)} onDrop={() => assign.submit(managerId, assign.rest)} />
      )}
    >
      <div className="assign-dialog">
        <Step step={step} name={step === 1 ? 'choose' : 'confirm'} hasMoved={hasMoved} />
        {step === 1 && <>
          <ManagerField label={t('assignments.assigning.to')} empty={t('assignments.assigning.choose_manager')} value={managerId} also={manager} onChange={setManagerId} />
          <Unassigned picking={picking} selection={selection} />
        </>}
        {step === 2 && preview.error && <ErrorState isInline error={preview.error} onRetry={() => void preview.refetch()} />}
        {step === 2 && !preview.error && !preview.data && <Skeleton lines={5} />}
        {step === 2 && preview.data && <>
          {isTaken && <Notice tone="warning" isAlert>{t('assignments.assigning.meanwhile')}</Notice>}
          <AssignConfirm rows={rows} manager={name} countsFrom={preview.data.countsFrom} countsTo={preview.data.countsTo} assign={assign} />
        </>}
      </div>
    </ModalShell>
  )
}

/** The unassigned customers; whoever looks for one also finds the assigned ones, with their manager and not to be ticked. */
function Unassigned({ picking, selection }: { picking: ReturnType<typeof usePicking>; selection: ReturnType<typeof useSelection<CustomerRow>> }) {
  const { t } = useTranslation()
  const { page, pageSize, text } = picking
  const result = useQuery(listQuery(queryCustomers, { body: { page, pageSize, sort: '-associatedAt', ...(text === '' ? { filter: { manager: 'unassigned' } } : { filter: {}, lookup: { name: text } }) } }))
  return (
    <>
      <PickList
        label={t('assignments.reclaim.which')} searchLabel={t('assignments.pick.search')} picking={picking} result={result} selection={selection} max={assignmentBatchMax}
        aside={{ head: t('assignments.pick.present'), cell: (row) => row.manager?.nameMasked ?? <span className="quiet">{t('assignments.unassigned')}</span> }}
        whyNot={(row) => (row.manager ? t('assignments.pick.assigned', { manager: row.manager.nameMasked }) : undefined)}
        empty={{ title: t('assignments.pick.none'), text: t('assignments.pick.none_text') }}
      />
      <p className="caption">{t('assignments.pick.only_unassigned')}</p>
    </>
  )
}
