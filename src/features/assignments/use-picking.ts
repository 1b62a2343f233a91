import { useState } from 'react'

/** What a list inside a dialog shows: its page and what is looked for, in memory only. */
export function usePicking() {
  const [page, setPage] = useState(1)
  const [pageSize, setSize] = useState(10)
  const [text, setSought] = useState('')
  return {
    page, pageSize, text, setPage,
    setPageSize: (size: number) => { setSize(size); setPage(1) },
    setText: (next: string) => { setSought(next); setPage(1) },
  }
}

export type Picking = ReturnType<typeof usePicking>
