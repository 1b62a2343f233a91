import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { queryWhitelistPreview, type WhitelistPreview, type WhitelistPreviewRow } from '#contract/coupon-whitelist.ts'
import { listQuery } from '#src/api/query.ts'
import { Button } from '#src/components/Button.tsx'
import { ErrorState } from '#src/components/ErrorState.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { Pager } from '#src/components/Pager.tsx'
import { Select } from '#src/components/Select.tsx'
import { Skeleton } from '#src/components/Skeleton.tsx'
import { formatCount, formatTime } from '#src/lib/format.ts'

type Props = { name: string; preview: WhitelistPreview; onAnother: () => void }
const figures = ['rows', 'refused', 'added', 'kept', 'removed'] as const

/** What a file would make of the list, row by row: which customers were found, and what is wrong with the others. */
export function PreviewStep({ name, preview, onAnother }: Props) {
  const { t } = useTranslation()
  const [only, setOnly] = useState<'refused' | 'all'>(preview.refused > 0 ? 'refused' : 'all')
  const [page, setPage] = useState(1)
  const [pageSize, setPageSize] = useState(20)
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => place.current?.focus(), [])
  const { data, error, refetch } = useQuery(listQuery(queryWhitelistPreview, { params: { id: preview.id }, body: { page, pageSize, only } }))
  return (
    <div className="form issue-form" ref={place} tabIndex={-1} role="group" aria-label={t('whitelist.import.preview')}>
      <p className="file-line"><span>{t('whitelist.import.chosen', { name })}</span><Button isSmall onPress={onAnother}>{t('whitelist.import.another')}</Button></p>
      <dl className="whitelist-figures">
        {figures.map((key) => <div key={key} className={key === 'refused' && preview.refused > 0 ? 'wrong' : undefined}><dt>{t(`whitelist.import.${key}`)}</dt><dd>{formatCount(preview[key])}</dd></div>)}
      </dl>
      {preview.refused > 0
        ? <Notice tone="danger" isAlert>{t('whitelist.import.wrong', { count: preview.refused, replace: { count: formatCount(preview.refused) } })}</Notice>
        : <Notice tone="success" isAlert><span>{t('whitelist.import.right', { count: preview.rows, replace: { count: formatCount(preview.rows) } })}</span><span className="second">{t('whitelist.import.expires', { time: formatTime(preview.expiresAt) })}</span></Notice>}
      <div className="whitelist-show">
        <Select aria-label={t('whitelist.import.show')} value={only} options={(['all', 'refused'] as const).map((value) => ({ value, label: t(value === 'all' ? 'whitelist.import.all' : 'whitelist.import.refused_only') }))} onChange={(value) => { setOnly(value || 'all'); setPage(1) }} />
      </div>
      {!data && (error ? <ErrorState isInline error={error} onRetry={() => void refetch()} /> : <Skeleton lines={6} />)}
      {data && data.items.length > 0 && <Rows rows={data.items} />}
      {data && data.total > pageSize && <div className="picker-foot"><Pager page={page} pageSize={pageSize} total={data.total} onPage={setPage} onPageSize={(size) => { setPageSize(size); setPage(1) }} /></div>}
    </div>
  )
}

function Rows({ rows }: { rows: readonly WhitelistPreviewRow[] }) {
  const { t } = useTranslation()
  const [row, account, name, memberOf, result] = [t('whitelist.import.row'), t('whitelist.field.account'), t('whitelist.field.name'), t('whitelist.field.member_of'), t('whitelist.import.result')]
  return (
    // A box that scrolls must be reachable by keyboard.
    <div className="whitelist-box" tabIndex={0} role="region" aria-label={t('whitelist.import.list')}>
      <table className="plain-table" aria-label={t('whitelist.import.list')}>
        <thead><tr>{[row, account, name, memberOf, result].map((header, place) => <th key={header} scope="col" className={place === 0 ? 'row-number' : undefined}>{header}</th>)}</tr></thead>
        <tbody>
          {rows.map((one) => (
            <tr key={one.row}>
              <td className="row-number" data-label={row}>{one.row}</td>
              <td data-label={account}>{one.accountNameMasked ?? '–'}</td>
              <td data-label={name}>{one.nameMasked ?? '–'}</td>
              <td data-label={memberOf}>{one.memberOfMasked ?? '–'}</td>
              <td className="result" data-label={result}>{one.problem ? <span className="problem">{t(`whitelist.problem.${one.problem.code}`, { other: one.problem.other ?? '' })}</span> : <span className="quiet">{t('whitelist.import.fine')}</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
