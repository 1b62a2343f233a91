import { useQuery } from '@tanstack/react-query'
import { useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { couponBatchMax } from '#contract/coupons.ts'
import { queryResellers, type Reseller } from '#contract/reseller-quotas.ts'
import { listQuery } from '#src/api/query.ts'
import { Checkbox } from '#src/components/Checkbox.tsx'
import { ErrorState } from '#src/components/ErrorState.tsx'
import { Pager } from '#src/components/Pager.tsx'
import { SearchField } from '#src/components/SearchField.tsx'
import { Skeleton } from '#src/components/Skeleton.tsx'
import { StatusTag } from '#src/components/StatusTag.tsx'
import { useSelection } from '#src/components/use-selection.ts'
import { formatMoney } from '#src/lib/format.ts'

/** Resellers to tick, page by page; ticks survive paging and looking for others. Those that get no quota say why.
 *  @param start the resellers that are chosen already. @param onDone gets those chosen in the end, when the dialog's own button is pressed. */
export function ResellerPicker({ start, onDone }: { start: readonly Reseller[]; onDone: (rows: readonly Reseller[]) => void }) {
  const { t } = useTranslation()
  const [page, setPage] = useState(1)
  const [pageSize, setPageSize] = useState(10)
  const [sought, setSought] = useState('')
  const place = useRef<HTMLElement>(null)
  // The list takes the place of the form, and with it the focus.
  useEffect(() => { place.current?.querySelector<HTMLElement>('input')?.focus() }, [])
  const selection = useSelection<Reseller>((row) => row.id, start)
  const { data, error, refetch } = useQuery(listQuery(queryResellers, { body: { page, pageSize, ...(sought !== '' && { lookup: { name: sought } }) } }))
  const isFull = selection.count >= couponBatchMax
  return (
    <section className="picker" aria-label={t('reseller_quotas.picking.list')} ref={place}>
      {/* The list's search is a form, too, and forms do not nest. */}
      <form id="reseller-pick" onSubmit={(event) => { event.preventDefault(); onDone(selection.rows) }} />
      <div className="picker-filters">
        <SearchField label={t('reseller_quotas.picking.search')} value={sought} onChange={(text) => { setSought(text); setPage(1) }} />
        <span className="caption" role="status">{t('reseller_quotas.picking.chosen', { count: selection.count, max: couponBatchMax })}{isFull && ` · ${t('reseller_quotas.picking.full')}`}</span>
      </div>
      {!data && (error ? <ErrorState isInline error={error} onRetry={() => void refetch()} /> : <Skeleton lines={6} />)}
      {data?.items.length === 0 && <div className="picker-none"><p className="strong">{t(sought === '' ? 'reseller_quotas.picking.never' : 'reseller_quotas.picking.no_match')}</p><p className="second">{t(sought === '' ? 'reseller_quotas.picking.never_text' : 'reseller_quotas.picking.no_match_text')}</p></div>}
      {data && data.items.length > 0 && (
        <div className="picker-box">
          <table className="plain-table" aria-label={t('reseller_quotas.picking.list')}>
            <thead><tr><th scope="col" className="pick"><span className="hidden-text">{t('common.table.select_page')}</span></th><th scope="col">{t('reseller_quotas.field.reseller')}</th><th scope="col" className="num">{t('reseller_quotas.picking.left')}</th></tr></thead>
            <tbody>{data.items.map((row) => <Row key={row.id} row={row} isChosen={selection.has(row.id)} isFull={isFull} onToggle={() => selection.toggle(row)} />)}</tbody>
          </table>
        </div>
      )}
      {data && data.total > pageSize && <Pager page={page} pageSize={pageSize} total={data.total} onPage={setPage} onPageSize={(size) => { setPageSize(size); setPage(1) }} />}
    </section>
  )
}

/** One that gets no quota keeps its tick box reachable and says why, also to a keyboard and a screen reader. */
function Row({ row, isChosen, isFull, onToggle }: { row: Reseller; isChosen: boolean; isFull: boolean; onToggle: () => void }) {
  const { t } = useTranslation()
  const whyId = useId()
  const reason = row.refused ?? (isFull && !isChosen ? t('reseller_quotas.picking.full') : undefined)
  return (
    <tr className={isChosen ? 'chosen' : undefined}>
      <td className="pick"><Checkbox isChecked={isChosen} label={t('common.table.select_row', { row: `${row.nameMasked} ${row.account}` })} whyNotId={reason !== undefined && !isChosen ? whyId : undefined} onChange={onToggle} /></td>
      <td>
        <span className="stack">
          <span className="cell">{row.nameMasked}{row.state !== 'ACTIVE' && <StatusTag tone="warning" isPlain={false}>{t(`reseller_quotas.picking.state.${row.state}`)}</StatusTag>}</span>
          <span>{row.account}</span>
          {reason !== undefined && !isChosen && <span id={whyId} className={row.refused ? 'why-not' : 'hidden-text'}>{reason}</span>}
        </span>
      </td>
      <td className="num">{formatMoney(row.quotaLeft)}</td>
    </tr>
  )
}
