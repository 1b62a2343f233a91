import { type ReactNode, useId } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Masked } from '#contract/masked.ts'
import { Button } from '#src/components/Button.tsx'
import { Checkbox } from '#src/components/Checkbox.tsx'
import { ErrorState } from '#src/components/ErrorState.tsx'
import { Pager } from '#src/components/Pager.tsx'
import { SearchField } from '#src/components/SearchField.tsx'
import { Skeleton } from '#src/components/Skeleton.tsx'
import type { Selection } from '#src/components/use-selection.ts'
import { formatCustomerNumber } from '#src/lib/format.ts'
import type { Picking } from './use-picking.ts'

export type Pickable = { id: string; number: string; nameMasked: Masked; accountNameMasked: Masked }
type Props<Row extends Pickable> = {
  label: string
  searchLabel: string
  picking: Picking
  result: { data: { items: readonly Row[]; total: number } | undefined; error: Error | null; refetch: () => unknown }
  selection: Selection<Row>
  max: number
  /** The last column: what else matters about a customer. */
  aside: { head: string; cell: (row: Row) => ReactNode; isNumber?: boolean }
  /** Why a customer cannot be ticked. */
  whyNot?: (row: Row) => string | undefined
  empty: { title: string; text?: string }
}

/** Customers to tick inside a dialog, page by page. Ticks survive paging and looking for others. */
export function PickList<Row extends Pickable>({ label, searchLabel, picking, result, selection, max, aside, whyNot = () => undefined, empty }: Props<Row>) {
  const { t } = useTranslation()
  const id = useId()
  const { data, error } = result
  const isFull = selection.count >= max
  const isNone = data?.items.length === 0
  return (
    <section className="pick-list" aria-labelledby={id}>
      <div className="pick-head">
        <h3 id={id}>{label}</h3>
        <span className="caption" role="status">{t('assignments.pick.chosen', { count: selection.count, max })}{isFull && ` · ${t('assignments.pick.full', { max })}`}</span>
        {selection.count > 0 && <Button variant="bare" isSmall onPress={selection.clear}>{t('assignments.pick.clear')}</Button>}
      </div>
      <SearchField label={searchLabel} value={picking.text} onChange={picking.setText} />
      {!data && (error ? <ErrorState isInline error={error} onRetry={() => void result.refetch()} /> : <Skeleton lines={5} />)}
      {isNone && <div className="pick-none"><p className="strong">{picking.text ? t('assignments.pick.no_match') : empty.title}</p><p className="second">{picking.text ? t('assignments.pick.no_match_text') : empty.text}</p></div>}
      {data && !isNone && (
        <div className="pick-box">
          <table className="plain-table pick-table" aria-label={label}>
            <thead><tr><th scope="col" className="pick"><span className="hidden-text">{t('common.table.select_page')}</span></th><th scope="col">{t('assignments.pick.number')}</th><th scope="col" className={aside.isNumber ? 'num' : undefined}>{aside.head}</th></tr></thead>
            <tbody>
              {data.items.map((row) => {
                const isChosen = selection.has(row.id)
                const reason = whyNot(row)
                return (
                  <tr key={row.id} className={isChosen ? 'chosen' : undefined}>
                    <td className="pick"><Checkbox isChecked={isChosen} isDisabled={reason !== undefined || (isFull && !isChosen)} label={`${t('common.table.select_row', { row: `${row.nameMasked} ${row.number}` })}${reason ? `${t('common.colon')}${reason}` : ''}`} onChange={() => selection.toggle(row)} /></td>
                    <td><span className="stack"><span>{row.nameMasked}</span><span>{formatCustomerNumber(row.number)} · {row.accountNameMasked}</span></span></td>
                    <td className={aside.isNumber ? 'num' : undefined}>{aside.cell(row)}</td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </div>
      )}
      {data && data.total > picking.pageSize && <div className="pick-foot"><Pager page={picking.page} pageSize={picking.pageSize} total={data.total} onPage={picking.setPage} onPageSize={picking.setPageSize} /></div>}
    </section>
  )
}
