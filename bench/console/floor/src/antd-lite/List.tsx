import { lazy, Suspense, useState } from 'react'
import { columns, PAGE_SIZE, useList, type Kind } from '#floor/shared/data.ts'

const NewDialog = lazy(() => import('./NewDialog.tsx'))

export function List({ kind, title }: { kind: Kind; title: string }) {
  const list = useList(kind)
  const [ticked, setTicked] = useState<ReadonlySet<number>>(new Set())
  const [adding, setAdding] = useState(false)
  const last = Math.max(1, Math.ceil(list.total / PAGE_SIZE))
  const all = list.rows.length > 0 && list.rows.every((row) => ticked.has(row.id))
  const tick = (id: number) => setTicked((before) => (before.has(id) ? new Set([...before].filter((other) => other !== id)) : new Set([...before, id])))
  return (
    <div data-page={kind}>
      <div className="tools">
        <h1>{title}</h1>
        <input className="field" data-filter placeholder="Find" value={list.text} onChange={(event) => list.type(event.target.value)} />
        <button className="action" type="button" onClick={() => setAdding(true)}>New</button>
      </div>
      <table className="rows">
        <thead>
          <tr>
            <th>
              <input type="checkbox" aria-label="All" checked={all} onChange={() => setTicked(new Set(all ? [] : list.rows.map((row) => row.id)))} />
            </th>
            {columns.map((column) => <th key={column.dataIndex}>{column.title}</th>)}
          </tr>
        </thead>
        <tbody>
          {list.rows.map((row) => (
            <tr key={row.id} data-row-key={row.id}>
              <td>
                <input type="checkbox" aria-label={row.name} checked={ticked.has(row.id)} onChange={() => tick(row.id)} />
              </td>
              {columns.map((column) => <td key={column.dataIndex}>{row[column.dataIndex]}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
      <div className="pages">
        <button type="button" disabled={list.page <= 1} onClick={() => list.setPage(list.page - 1)}>Back</button>
        <span>{list.page} / {last}</span>
        <button type="button" disabled={list.page >= last} onClick={() => list.setPage(list.page + 1)}>Next</button>
      </div>
      {adding && (
        <Suspense fallback={null}>
          <NewDialog onClose={() => setAdding(false)} />
        </Suspense>
      )}
    </div>
  )
}
