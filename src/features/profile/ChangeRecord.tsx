import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { type ChangeResult, type CompanyChange, documentPath, queryCompanyChanges } from '#contract/company.ts'
import { listQuery } from '#src/api/query.ts'
import { Drawer } from '#src/components/Drawer.tsx'
import { EmptyState } from '#src/components/EmptyState.tsx'
import { ErrorState } from '#src/components/ErrorState.tsx'
import { Pager } from '#src/components/Pager.tsx'
import { Skeleton } from '#src/components/Skeleton.tsx'
import { StatusTag, type Tone } from '#src/components/StatusTag.tsx'
import { formatFull, formatTime, zoneName } from '#src/lib/format.ts'
import { ChangeLines } from './ChangeLines.tsx'
import { changedLines } from './company-form.ts'

const tones: Record<ChangeResult, Tone> = { UNDER_REVIEW: 'info', APPROVED: 'success', REJECTED: 'danger', WITHDRAWN: 'neutral' }

/** Every change that was handed in, newest first: what, when, by whom, and how it ended. */
export function ChangeRecord({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const [page, setPage] = useState(1)
  const [pageSize, setPageSize] = useState(10)
  const { data, error, refetch } = useQuery(listQuery(queryCompanyChanges, { body: { page, pageSize } }))
  const [first] = data?.items ?? []
  return (
    <Drawer title={t('company.changes.title')} onClose={onClose}>
      {!data && (error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={6} />)}
      {data && !first && <EmptyState kind="nothing" title={t('company.changes.empty_title')} text={t('company.changes.empty_text')} />}
      {data && first && (
        <>
          <ol className="change-record">{data.items.map((change) => <Entry key={change.id} change={change} />)}</ol>
          <p className="caption">{t('company.changes.foot', { zone: zoneName(first.at) })}</p>
          {data.total > 10 && <div className="record-pager"><Pager page={page} pageSize={pageSize} total={data.total} onPage={setPage} onPageSize={(size) => { setPageSize(size); setPage(1) }} /></div>}
        </>
      )}
    </Drawer>
  )
}

function Entry({ change }: { change: CompanyChange }) {
  const { t } = useTranslation()
  const { at, byMasked, result, reason, decidedAt, licence } = change
  return (
    <li>
      <div className="change-head">
        <StatusTag tone={tones[result]} isPlain={result === 'APPROVED' || result === 'WITHDRAWN'}>{t(`company.changes.result.${result}`)}</StatusTag>
        <span className="caption">
          <time dateTime={at} title={formatFull(at)}>{t('company.changes.submitted_at', { time: formatTime(at) })}</time> · {t('company.changes.by', { by: byMasked })}
          {decidedAt && <> · <time dateTime={decidedAt} title={formatFull(decidedAt)}>{t(`company.changes.decided_at.${result}`, { time: formatTime(decidedAt) })}</time></>}
        </span>
      </div>
      {reason && <p className="second">{t('company.rejected_reason', { reason })}</p>}
      <ChangeLines lines={changedLines(change.before, change.after)} hasLicence={licence !== null} label={t('company.changes.of', { time: formatTime(at) })} />
      {licence && <a href={documentPath(licence)} download>{t('company.download_licence')}</a>}
    </li>
  )
}
