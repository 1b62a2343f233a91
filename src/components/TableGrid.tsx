import { type ReactNode, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Checkbox } from './Checkbox.tsx'
import type { DataTableProps } from './DataTable.tsx'
import { Icon } from './Icon.tsx'
import type { Column } from './table-types.ts'

type Props<Row> = Pick<DataTableProps<Row>, 'label' | 'rowKey' | 'rowLabel' | 'selection' | 'actions' | 'actionsWidth' | 'list'> & {
  shown: readonly Column<Row>[]
  /** Undefined while the first page loads. */
  rows: readonly Row[] | undefined
  isWaiting: boolean
}

/** Pixels that the last column grows by where the table scrolls. */
const edge = 16

/** The table itself. Where it is wider than the sheet it scrolls in its own box; tick box, first column and actions stay. */
export function TableGrid<Row>(props: Props<Row>) {
  const { label, rowKey, rowLabel, selection, actions, actionsWidth = 120, list, shown, rows, isWaiting } = props
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  const isWide = useOverflow(box)
  // Where the table scrolls, the actions reach to the edge of the sheet: its gutter is inside their column.
  const lastWidth = actionsWidth + (isWide ? edge : 0)
  const width = shown.reduce((sum, column) => sum + (column.width ?? 120), (selection ? 40 : 0) + (actions ? lastWidth : 0))
  const allChosen = rows !== undefined && rows.length > 0 && selection !== undefined && rows.every((row) => selection.has(rowKey(row)))
  const someChosen = rows !== undefined && selection !== undefined && rows.some((row) => selection.has(rowKey(row)))
  return (
    <div ref={box} className={`table-box ${isWide ? 'wide' : ''}`} {...(isWide && { role: 'region', tabIndex: 0, 'aria-label': t('common.table.scroll', { name: label }) })}>
      <table className={`${selection ? 'with-pick' : ''} ${actions ? 'with-actions' : ''} ${isWaiting ? 'waiting' : ''}`} aria-label={label} aria-busy={rows === undefined || isWaiting} style={{ minWidth: width }}>
        <colgroup>
          {selection && <col style={{ width: 40 }} />}
          {shown.map((column) => <col key={column.key} style={{ width: column.width ?? 120 }} />)}
          {actions && <col style={{ width: lastWidth }} />}
        </colgroup>
        <thead>
          <tr>
            {selection && (
              <th scope="col" className="pick">
                <Checkbox isChecked={allChosen} isMixed={someChosen && !allChosen} isDisabled={!rows?.length} label={t('common.table.select_page')} onChange={(on) => selection.togglePage(rows ?? [], on)} />
              </th>
            )}
            {shown.map((column) => <HeadCell key={column.key} column={column} list={list} />)}
            {actions && <th scope="col" className="num">{t('common.actions')}</th>}
          </tr>
        </thead>
        <tbody>
          {rows === undefined && <SkeletonRows count={list.pageSize} cells={shown.length + (selection ? 1 : 0) + (actions ? 1 : 0)} />}
          {rows?.map((row) => {
            const id = rowKey(row)
            const isChosen = selection?.has(id) ?? false
            return (
              <tr key={id} data-row-key={id} className={isChosen ? 'chosen' : undefined}>
                {selection && <td className="pick"><Checkbox isChecked={isChosen} label={t('common.table.select_row', { row: rowLabel(row) })} onChange={() => selection.toggle(row)} /></td>}
                {shown.map((column) => <BodyCell key={column.key} column={column}>{column.cell(row)}</BodyCell>)}
                {actions && <td className="card-full"><div className="row-actions">{actions(row)}</div></td>}
              </tr>
            )
          })}
        </tbody>
      </table>
      <span className="hidden-text" role="status">{isWaiting ? t('common.table.updating') : rows === undefined ? t('common.table.loading') : ''}</span>
    </div>
  )
}

function HeadCell<Row>({ column, list }: { column: Column<Row>; list: Props<Row>['list'] }) {
  const { t } = useTranslation()
  const className = column.isNumber ? 'num' : undefined
  if (!column.sort) return <th scope="col" className={className}><span className="head">{column.header}{column.tools}</span></th>
  const [up, down] = [column.sort, `-${column.sort}`]
  const present = list.sort === up ? 'ascending' : list.sort === down ? 'descending' : 'none'
  return (
    <th scope="col" className={className} aria-sort={present}>
      <span className="head">
        <button type="button" className={`sort ${present}`} title={t('common.table.sort_by', { column: column.header })} onClick={() => list.setSort(list.sort === down ? up : down)}>
          {column.header}<Icon name={present === 'ascending' ? 'up' : present === 'descending' ? 'down' : 'sort'} />
        </button>
        {column.tools}
      </span>
    </th>
  )
}

const BodyCell = <Row,>({ column, children }: { column: Column<Row>; children: ReactNode }) => (
  <td className={`${column.isNumber ? 'num' : ''} card-${column.card ?? 'value'}`} data-label={column.card === 'lead' || column.card === 'state' ? undefined : column.header}>{children}</td>
)

const SkeletonRows = ({ count, cells }: { count: number; cells: number }) => (
  <>{Array.from({ length: count }, (_, row) => <tr key={row} className="skeleton-row">{Array.from({ length: cells }, (__, cell) => <td key={cell}><i className="skeleton" /></td>)}</tr>)}</>
)

/** @returns whether the box's content is wider than the box. */
function useOverflow(box: React.RefObject<HTMLDivElement | null>): boolean {
  const [isWide, setWide] = useState(false)
  useLayoutEffect(() => {
    const element = box.current
    const table = element?.firstElementChild
    if (!element || !table) return undefined
    const measure = () => {
      const { paddingLeft, paddingRight } = getComputedStyle(element)
      const room = element.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight)
      setWide((was) => table.getBoundingClientRect().width - (was ? edge : 0) > room + 1)
    }
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    observer.observe(table)
    measure()
    return () => observer.disconnect()
  }, [box])
  return isWide
}
