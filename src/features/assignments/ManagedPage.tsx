import './assignments.css'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { useParams } from 'react-router'
import type { AssignedCustomer, ManagerRow } from '#contract/assignments.ts'
import { ApiError } from '#src/api/api-error.ts'
import { Button } from '#src/components/Button.tsx'
import { ButtonLink } from '#src/components/ButtonLink.tsx'
import { EmptyState } from '#src/components/EmptyState.tsx'
import { ErrorState } from '#src/components/ErrorState.tsx'
import { Page } from '#src/components/Page.tsx'
import { PageHead } from '#src/components/PageHead.tsx'
import { RevealProvider } from '#src/components/RevealProvider.tsx'
import { StatusTag } from '#src/components/StatusTag.tsx'
import { useSelection } from '#src/components/use-selection.ts'
import { formatCount, formatMoney } from '#src/lib/format.ts'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'
import { ManagedTable } from './ManagedTable.tsx'
import { NoAssignments } from './NoAssignments.tsx'
import { type ManagedList, useManagedList } from './use-managed-list.ts'

const AssignDialog = lazy(async () => ({ default: (await import('./AssignDialog.tsx')).AssignDialog }))
const HandoverDialog = lazy(async () => ({ default: (await import('./HandoverDialog.tsx')).HandoverDialog }))
const ReclaimDialog = lazy(async () => ({ default: (await import('./ReclaimDialog.tsx')).ReclaimDialog }))

export type ManagedDialog = { at: 'assign' } | { at: 'reclaim' | 'handover'; rows: readonly AssignedCustomer[] }

/** The customers of one account manager. */
export function ManagedPage() {
  const mayView = useCan('org.view')
  const { id = '' } = useParams()
  return mayView ? <Managed key={id} id={id} /> : <NoAssignments />
}

function Managed({ id }: { id: string }) {
  const { t } = useTranslation()
  const managed = useManagedList(id)
  const [open, setOpen] = useState<ManagedDialog>()
  const selection = useSelection<AssignedCustomer>((row) => row.id)
  const { result, list, clear } = managed
  const manager = result.data?.manager
  const close = () => setOpen(undefined)
  const isNotFound = result.error instanceof ApiError && result.error.failure.code === 'not_found'
  if (!manager && result.error && !(isNotFound && list.view !== undefined)) {
    return (
      <Page name="managed">
        <PageHead title={t('assignments.managed.title', { name: t('assignments.manager') })} crumb={{ to: paths.assignments(), label: t('assignments.title') }} />
        <ErrorState error={result.error} onRetry={() => void result.refetch()} />
      </Page>
    )
  }
  return (
    <RevealProvider page={`/organization/assignments/${id}`} viewKey={list.viewKey}>
      <Page name="managed">
        <Head managed={managed} manager={manager} onAssign={() => setOpen({ at: 'assign' })} />
        {isNotFound && list.view !== undefined
          ? <EmptyState kind="no-match" title={t('assignments.managed.view_gone')} text={t('assignments.managed.no_match_text')} onClear={clear} />
          : <ManagedTable managed={managed} manager={manager} selection={selection} onOpen={setOpen} />}
        <Suspense>
          {manager && open?.at === 'assign' && <AssignDialog manager={manager.manager} onClose={close} />}
          {manager && open?.at === 'reclaim' && <ReclaimDialog manager={manager.manager} rows={open.rows} onDone={selection.clear} onClose={close} />}
          {manager && open?.at === 'handover' && <HandoverDialog from={manager.manager} ticked={open.rows} onDone={selection.clear} onClose={close} />}
        </Suspense>
      </Page>
    </RevealProvider>
  )
}

function Head({ managed: { result, isFiltered }, manager, onAssign }: { managed: ManagedList; manager: ManagerRow | undefined; onAssign: () => void }) {
  const { t } = useTranslation()
  const mayAssign = useCan('org.assign')
  const total = result.data?.total
  return (
    <PageHead
      title={t('assignments.managed.title', { name: manager?.manager.nameMasked ?? t('assignments.manager') })} crumb={{ to: paths.assignments(), label: t('assignments.title') }}
      count={total === undefined ? undefined : t(isFiltered ? 'assignments.managed.count_filtered' : 'assignments.managed.count', { count: total, replace: { count: formatCount(total) } })}
      beside={manager && !manager.isActive && <StatusTag tone="warning">{t('assignments.inactive')}</StatusTag>}
      meta={manager && <>
        <span>{manager.login}</span>
        <span>{t('assignments.managed.director_is', { name: manager.director?.nameMasked ?? t('assignments.no_director') })}</span>
        <span>{t('assignments.managed.performance_is', { amount: formatMoney(manager.monthPerformance) })}</span>
      </>}
      actions={manager && <>
        <span className="only-desk"><ButtonLink to={paths.assignments({ tab: 'history', managerId: manager.manager.id })}>{t('assignments.history')}</ButtonLink></span>
        {mayAssign && <Button variant="primary" disabledReason={manager.isActive ? undefined : t('assignments.inactive_reason')} onPress={onAssign}>{t('assignments.assign')}</Button>}
      </>}
    />
  )
}
