import { Button, Input, Table } from 'antd'
import { lazy, Suspense, useState, type Key } from 'react'
import { columns, PAGE_SIZE, useList, type Kind, type Row } from '#floor/shared/data.ts'

const NewDialog = lazy(() => import('./NewDialog.tsx'))
const tableColumns = [...columns]

export function List({ kind, title }: { kind: Kind; title: string }) {
  const list = useList(kind)
  const [ticked, setTicked] = useState<Key[]>([])
  const [adding, setAdding] = useState(false)
  return (
    <div data-page={kind}>
      <div className="tools">
        <h1>{title}</h1>
        <Input data-filter placeholder="Find" value={list.text} onChange={(event) => list.type(event.target.value)} style={{ width: 240 }} />
        <Button type="primary" onClick={() => setAdding(true)}>New</Button>
      </div>
      <Table<Row>
        rowKey="id"
        size="middle"
        loading={list.isPending}
        columns={tableColumns}
        dataSource={list.rows}
        rowSelection={{ selectedRowKeys: ticked, onChange: setTicked }}
        pagination={{ current: list.page, pageSize: PAGE_SIZE, total: list.total, onChange: list.setPage, showSizeChanger: false }}
      />
      {adding && (
        <Suspense fallback={null}>
          <NewDialog onClose={() => setAdding(false)} />
        </Suspense>
      )}
    </div>
  )
}
