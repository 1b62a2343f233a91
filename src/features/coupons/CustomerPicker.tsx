import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import { getCustomerChoices } from '#contract/customers.ts'
import { issueMax } from '#contract/coupon-kinds.ts'
import { queryCandidates } from '#contract/coupons.ts'
import { listQuery, query } from '#src/api/query.ts'
import { ErrorState } from '#src/components/ErrorState.tsx'
import { Pager } from '#src/components/Pager.tsx'
import { SearchField } from '#src/components/SearchField.tsx'
import { Select } from '#src/components/Select.tsx'
import { Skeleton } from '#src/components/Skeleton.tsx'
import { type Selection, useSelection } from '#src/components/use-selection.ts'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'
import { CandidateRow } from './CandidateRow.tsx'
import type { Candidate } from './use-chosen.ts'

/** Customers to tick, page by page; ticks survive paging and looking for others. Those that cannot get a coupon of the quota say why.
 *  @param start the customers that are chosen already. @param onDone gets those chosen in the end, when the dialog's own button is pressed. */
export function CustomerPicker({ quotaId, start, onDone }: { quotaId: string; start: readonly Candidate[]; onDone: (ids: readonly string[]) => void }) {
  const { t } = useTranslation()
  const [page, setPage] = useState(1)
  const [pageSize, setPageSize] = useState(10)
  const [sought, setSought] = useState({ name: '', tag: '' })
  const place = useFirstFocus()
  const maySeeCustomers = useCan('customer.view')
  const tags = useQuery({ ...query(getCustomerChoices, {}), staleTime: 60_000, enabled: maySeeCustomers }).data?.tags ?? []
  const selection = useSelection<Candidate>((row) => row.id, start)
  const result = useQuery(listQuery(queryCandidates, { body: { quotaId, page, pageSize, ...(sought.name !== '' && { lookup: { name: sought.name } }), ...(sought.tag !== '' && { tag: sought.tag }) } }))
  const seek = (change: Partial<typeof sought>) => {
    setSought((present) => ({ ...present, ...change }))
    setPage(1)
  }
  const isFull = selection.count >= issueMax
  const total = result.data?.total ?? 0
  return (
    <section className="picker" aria-label={t('coupons.picking.list')} ref={place}>
      {/* The list's search is a form, too, and forms do not nest. */}
      <form id="pick-form" onSubmit={(event) => { event.preventDefault(); onDone(selection.rows.map((row) => row.id)) }} />
      <div className="picker-filters">
        <SearchField label={t('coupons.picking.search')} value={sought.name} onChange={(name) => seek({ name })} />
        {tags.length > 0 && <Select aria-label={t('coupons.picking.tag')} value={sought.tag} empty={t('coupons.picking.any_tag')} options={tags.map((tag) => ({ value: tag, label: tag }))} onChange={(tag) => seek({ tag })} />}
        <span className="caption" role="status">{t('coupons.picking.chosen', { count: selection.count, max: issueMax })}{isFull && ` · ${t('coupons.picking.full')}`}</span>
      </div>
      {!result.data && (result.error ? <ErrorState isInline error={result.error} onRetry={() => void result.refetch()} /> : <Skeleton lines={6} />)}
      {result.data && result.data.items.length === 0 && <NoCandidates isSought={sought.name !== '' || sought.tag !== ''} />}
      {result.data && result.data.items.length > 0 && <Candidates rows={result.data.items} selection={selection} isFull={isFull} />}
      {total > pageSize && <div className="picker-foot"><Pager page={page} pageSize={pageSize} total={total} onPage={setPage} onPageSize={(size) => { setPageSize(size); setPage(1) }} /></div>}
    </section>
  )
}

function Candidates({ rows, selection, isFull }: { rows: readonly Candidate[]; selection: Selection<Candidate>; isFull: boolean }) {
  const { t } = useTranslation()
  // In a tab of its own, so that the form stays as it is.
  const cure = useCan('coupon.whitelist') && <Link to={paths.couponWhitelist()} target="_blank">{t('whitelist.title')}</Link>
  return (
    <div className="picker-box">
      <table className="plain-table" aria-label={t('coupons.picking.list')}>
        <thead><tr><th scope="col" className="pick"><span className="hidden-text">{t('common.table.select_page')}</span></th><th scope="col">{t('coupons.picking.number')}</th><th scope="col">{t('coupons.picking.association')}</th></tr></thead>
        <tbody>{rows.map((row) => <CandidateRow key={row.id} row={row} isChosen={selection.has(row.id)} isFull={isFull} cure={cure} onToggle={() => selection.toggle(row)} />)}</tbody>
      </table>
    </div>
  )
}

function NoCandidates({ isSought }: { isSought: boolean }) {
  const { t } = useTranslation()
  return <div className="picker-none"><p className="strong">{t(isSought ? 'coupons.picking.none' : 'coupons.picking.never')}</p><p className="second">{t(isSought ? 'coupons.picking.none_text' : 'coupons.picking.never_text')}</p></div>
}

/** The list takes the place of the form, and with it the focus. */
function useFirstFocus() {
  const place = useRef<HTMLElement>(null)
  useEffect(() => { place.current?.querySelector<HTMLElement>('input')?.focus() }, [])
  return place
}
