import { useQuery, type UseQueryOptions } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useSearchParams } from 'react-router'
import { Id } from '#contract/page.ts'
import { Drawer } from './Drawer.tsx'
import { ErrorState } from './ErrorState.tsx'
import { Skeleton } from './Skeleton.tsx'

type Props<D> = {
  /** Gets the details once they are there. */
  title: (details: D | undefined) => string
  /** Reads the row with an id. */
  ask: (id: string) => UseQueryOptions<D>
  children: (details: D) => ReactNode
}

/** Everything about the row that the address names by `open`; nothing without one. */
export function RowDrawer<D>(props: Props<D>) {
  const [search, setSearch] = useSearchParams()
  const id = Id.safeParse(search.get('open'))
  if (!id.success) return null
  const close = () => setSearch((present) => {
    const next = new URLSearchParams(present)
    next.delete('open')
    return next
  }, { replace: true, preventScrollReset: true })
  return <OpenDrawer {...props} id={id.data} onClose={close} />
}

function OpenDrawer<D>({ title, ask, children, id, onClose }: Props<D> & { id: string; onClose: () => void }) {
  const { data, error, refetch } = useQuery(ask(id))
  return (
    <Drawer title={title(data)} onClose={onClose}>
      {data !== undefined ? children(data) : error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={8} />}
    </Drawer>
  )
}
