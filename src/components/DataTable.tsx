import { type ReactNode, useEffect } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import type { ListName } from '#contract/session.ts'
import { ApiError } from '#src/api/api-error.ts'
import { EmptyState } from './EmptyState.tsx'
import { ErrorState } from './ErrorState.tsx'
import { lastPage, Pager } from './Pager.tsx'
import { SelectionBar } from './SelectionBar.tsx'
import { type Column, columnsInView } from './table-types.ts'
import { TableGrid } from './TableGrid.tsx'
import { TableTools } from './TableTools.tsx'
import { useDelayed } from './use-delayed.ts'
import { useListPreference } from './use-list-preference.ts'
import type { ListState } from './use-list-state.ts'
import type { Selection } from './use-selection.ts'

type Result<Row> = {
  data: { items: readonly Row[]; total: number } | undefined
  isPlaceholderData: boolean
  isFetching: boolean
  error: Error | null
  refetch: () => unknown
}

export type DataTableProps<Row> = {
  name: ListName
  /** What the list is, for screen readers. */
  label: string
  columns: readonly Column<Row>[]
  rowKey: (row: Row) => string
  /** Words for a row in the names of its tick box and menu: a masked name or a number. */
  rowLabel: (row: Row) => string
  /** What useQuery(listQuery(…)) gave. */
  result: Result<Row>
  list: Pick<ListState<object, string>, 'page' | 'pageSize' | 'sort' | 'setPage' | 'setPageSize' | 'setSort' | 'isFiltered' | 'clearFilter'>
  /** The filters, left of the list's own tools. */
  filters?: ReactNode
  selection?: Selection<Row>
  /** Beside the count in the selection bar: what is possible, and the bulk buttons. */
  selectionText?: ReactNode
  selectionActions?: ReactNode
  /** At most two words and a menu, in one line. */
  actions?: (row: Row) => ReactNode
  /** Pixels of the actions' column; 120 holds two Chinese words and the menu. */
  actionsWidth?: number
  /** Nothing there yet: what to do first. */
  empty: { title: string; text: string; action?: ReactNode }
  /** Nothing fits: the set filters. Clearing them is offered anyway. Typed look-ups clear by `onClear`. */
  noMatch?: { title?: string; text?: string; chips?: ReactNode }
  isFiltered?: boolean
  onClear?: () => void
  /** Left in the foot: unit, as-of, zone. */
  foot?: ReactNode
}

/** A list: filters, selection bar, table or cards, states and pager. Old rows stay, dimmed, while new ones are on their way. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { name, columns, result, list, selection } = props
  const { preference, change } = useListPreference(name)
  const shown = columnsInView(columns, preference.columns)
  const isWaiting = useDelayed(result.isPlaceholderData && result.isFetching, 300)
  useLastPage(list, result)
  return (
    <div className={`list ${preference.density === 'compact' ? 'compact' : ''}`}>
      <div className="filters">{props.filters}<TableTools columns={columns} list={list} preference={preference} onChange={change} /></div>
      {selection && selection.count > 0 && <SelectionBar selection={selection} text={props.selectionText} actions={props.selectionActions} />}
      <Content {...props} shown={shown} isWaiting={isWaiting} />
      <div className="foot">
        <span>{props.foot}</span>
        {result.data && result.data.total > 0 && <Pager page={list.page} pageSize={list.pageSize} total={result.data.total} onPage={list.setPage} onPageSize={list.setPageSize} />}
      </div>
    </div>
  )
}

/** Rows may have left the list since its address was kept, so that the page is beyond the end: then shows the last page there is. */
function useLastPage({ page, pageSize, setPage }: DataTableProps<unknown>['list'], { data, isPlaceholderData }: Result<unknown>): void {
  const last = data && !isPlaceholderData ? lastPage(pageSize, data.total) : page
  useEffect(() => {
    if (page > last) setPage(last, { replace: true })
  }, [page, last, setPage])
}

function Content<Row>(props: DataTableProps<Row> & { shown: readonly Column<Row>[]; isWaiting: boolean }) {
  const { t } = useTranslation()
  const { result, list } = props
  if (result.error && !result.data) return <ErrorState error={result.error} onRetry={() => void result.refetch()} />
  if (result.data?.items.length === 0 && !result.isPlaceholderData && list.page <= lastPage(list.pageSize, result.data.total)) {
    if (!(props.isFiltered ?? list.isFiltered)) return <EmptyState kind="nothing" {...props.empty} />
    return (
      <EmptyState
        kind="no-match" title={props.noMatch?.title ?? t('common.table.no_match')} text={props.noMatch?.text ?? t('common.table.no_match_text')}
        chips={props.noMatch?.chips} onClear={props.onClear ?? list.clearFilter}
      />
    )
  }
  return (
    <>
      {result.error && <StaleError error={result.error} onRetry={() => void result.refetch()} />}
      <TableGrid {...props} rows={result.data?.items} />
    </>
  )
}

/** The rows on the screen are old: say so, without taking them away. */
function StaleError({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const isRefusal = error instanceof ApiError && error.failure.status < 500
  return <ErrorState error={error} onRetry={onRetry} isInline={!isRefusal || error.failure.code === 'too_many_requests'} />
}
