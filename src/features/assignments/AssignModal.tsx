import './assignments.css'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { useSearchParams } from 'react-router'
import { previewAssignment } from '#contract/assignments.ts'
import type { Answer } from '#contract/endpoint.ts'
import { query } from '#src/api/query.ts'
import { Button } from '#src/components/Button.tsx'
import { EmptyState } from '#src/components/EmptyState.tsx'
import { ErrorState } from '#src/components/ErrorState.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { Skeleton } from '#src/components/Skeleton.tsx'
import { useModalRoute } from '#src/components/use-modal-route.ts'
import { fundsFormIds } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'
import { AssignConfirm } from './AssignConfirm.tsx'
import { AssignFooter } from './AssignFooter.tsx'
import { ManagerField } from './ManagerField.tsx'
import { PresentManagers } from './PresentManagers.tsx'
import { split } from './rules.ts'
import { Step } from './Step.tsx'
import { useAssign } from './use-assign.ts'
import { useChoices } from './use-choices.ts'

/** Gives the customers in the address to an account manager, over the list or over a customer's page. */
export function AssignModal() {
  const { t } = useTranslation()
  const mayAssign = useCan('org.assign')
  const [search] = useSearchParams()
  const { close } = useModalRoute(['ids'])
  const [customerIds] = useState(() => fundsFormIds(search))
  const preview = useQuery({ ...query(previewAssignment, { body: { customerIds } }), enabled: mayAssign && customerIds.length > 0, staleTime: 0, gcTime: 0, refetchOnWindowFocus: false })
  const isNone = customerIds.length === 0 || preview.data?.items.length === 0
  if (mayAssign && !isNone && preview.data) return <Form preview={preview.data} onClose={close} />
  return (
    <ModalShell title={t('assignments.assigning.title_change')} size="wide" onClose={close} footer={(leave) => <Button onPress={leave}>{t('common.close')}</Button>}>
      {!mayAssign
        ? <EmptyState kind="no-right" title={t('common.state.no_right_title')} text={t('common.state.no_right_text')} />
        : isNone ? <EmptyState kind="nothing" title={t('assignments.pick.no_match')} text={t('assignments.pick.gone')} />
          : preview.error ? <ErrorState error={preview.error} onRetry={() => void preview.refetch()} /> : <Skeleton lines={5} />}
    </ModalShell>
  )
}

function Form({ preview, onClose }: { preview: Answer<typeof previewAssignment>; onClose: () => void }) {
  const { t } = useTranslation()
  const { managers } = useChoices()
  const [managerId, setManagerId] = useState('')
  const [step, setStep] = useState<1 | 2>(1)
  const [hasMoved, setMoved] = useState(false)
  const assign = useAssign(onClose)
  const name = managers.find(({ id }) => id === managerId)?.nameMasked ?? ''
  const { changing, unchanged } = split(preview.items, managerId)
  const go = (next: 1 | 2) => {
    setMoved(true)
    setStep(next)
    assign.act.reset()
  }
  const reason = managerId === '' ? t('assignments.assigning.need_manager') : changing.length === 0 ? t('assignments.assigning.all_theirs') : undefined
  return (
    <ModalShell
      title={t('assignments.assigning.title_change')} size="wide" onClose={onClose} isLocked={assign.act.isBusy}
      footer={(close) => (
        <AssignFooter step={step} reason={reason} assign={assign} onCancel={close} onNext={() => go(2)} onBack={() => go(1)} onConfirm={() => assign.submit(managerId, changing)} onDrop={() => assign.submit(managerId, assign.rest)} />
      )}
    >
      <div className="assign-dialog">
        <Step step={step} name={step === 1 ? 'manager' : 'confirm'} hasMoved={hasMoved} />
        {step === 1 && <ManagerField label={t('assignments.assigning.to')} empty={t('assignments.assigning.choose_manager')} value={managerId} onChange={setManagerId} />}
        {step === 1 && <PresentManagers items={preview.items} />}
        {unchanged > 0 && managerId !== '' && <Notice>{t('assignments.assigning.unchanged', { count: unchanged, manager: name })}</Notice>}
        {step === 2 && <AssignConfirm rows={changing} manager={name} countsFrom={preview.countsFrom} countsTo={preview.countsTo} assign={assign} />}
      </div>
    </ModalShell>
  )
}
