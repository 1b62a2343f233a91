import './payments.css'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { listQuarters, type QuarterRow } from '#contract/incentive-payments.ts'
import { query } from '#src/api/query.ts'
import { EmptyState } from '#src/components/EmptyState.tsx'
import { ErrorState } from '#src/components/ErrorState.tsx'
import { Skeleton } from '#src/components/Skeleton.tsx'
import { useCan } from '#src/session/use-session.ts'
import { Quarter } from './Quarter.tsx'
import { ReviewQuarter } from './ReviewQuarter.tsx'
import { UncertifiedDialog } from './UncertifiedDialog.tsx'

/** Project incentives, requested by calendar quarter: the tab of a page that draws head and tabs. */
export function QuartersTab() {
  const { t } = useTranslation()
  const mayView = useCan('incentive.request')
  return mayView ? <Quarters /> : <EmptyState kind="no-right" title={t('payments.no_right')} text={t('payments.no_right_text')} />
}

function Quarters() {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(query(listQuarters, {}))
  const [open, setOpen] = useState<QuarterRow>()
  if (!data) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={10} />
  if (data.items.length === 0) return <EmptyState kind="nothing" title={t('payments.quarters.empty_title')} text={t('payments.quarters.empty_text')} />
  // The newest quarter that can be requested has the one primary button.
  const first = data.items.find(({ isRequestable }) => isRequestable)?.quarter
  const close = () => setOpen(undefined)
  return (
    <>
      {data.items.map((row) => <Quarter key={row.quarter} row={row} isFirst={row.quarter === first} onRequest={() => setOpen(row)} />)}
      <p className="foot">{t('payments.quarters.foot')}</p>
      {open && (open.blocks.some(({ block }) => block === 'business')
        ? <UncertifiedDialog checks={data.businessChecks} onClose={close} />
        : <ReviewQuarter row={data.items.find(({ quarter }) => quarter === open.quarter) ?? open} onReload={() => void refetch()} onClose={close} />)}
    </>
  )
}
