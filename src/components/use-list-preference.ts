import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getPreferences, type ListName, ListPreference, putPreference } from '#contract/session.ts'
import { call } from '#src/api/call.ts'
import { query } from '#src/api/query.ts'

type Change = { columns?: string[] | undefined; density?: 'comfortable' | 'compact' | undefined }

/** Columns and density of a list, kept per person on the server. This browser keeps a copy, so that the first paint needs no answer. */
export function useListPreference(list: ListName): { preference: ListPreference; change: (change: Change) => void } {
  const client = useQueryClient()
  const options = query(getPreferences, {})
  const { data } = useQuery({ ...options, staleTime: Infinity })
  const preference = data ? (data.lists[list] ?? {}) : readCopy(list)
  const { mutate } = useMutation({ mutationFn: (next: ListPreference) => call(putPreference, { params: { list }, body: next }) })
  const change = (patch: Change) => {
    const columns = 'columns' in patch ? patch.columns : preference.columns
    const density = 'density' in patch ? patch.density : preference.density
    const next: ListPreference = { ...(columns && { columns }), ...(density && { density }) }
    localStorage.setItem(place(list), JSON.stringify(next))
    client.setQueryData(options.queryKey, (present) => ({ lists: { ...present?.lists, [list]: next } }))
    mutate(next)
  }
  return { preference, change }
}

const place = (list: ListName) => `list ${list}`

function readCopy(list: ListName): ListPreference {
  const parsed = ListPreference.safeParse(JSON.parse(localStorage.getItem(place(list)) ?? '{}'))
  return parsed.success ? parsed.data : {}
}
