import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Answer, Endpoint, Input } from '#contract/endpoint.ts'
import { ApiError } from '#src/api/api-error.ts'
import { query } from '#src/api/query.ts'

type Read = Endpoint & { readonly method: 'GET' }

/** What to do when somebody else saved between this person's reading and saving: read theirs, keep what this person has, and let them choose.
 *  @param endpoint reads the setting. @returns `notice` for the mutation's onError, and theirs once they are read. */
export function useStale<E extends Read>(endpoint: E, input: Input<E>) {
  const client = useQueryClient()
  const [theirs, setTheirs] = useState<Answer<E>>()
  const [isReading, setReading] = useState(false)
  const notice = (error: Error) => {
    if (!isStale(error)) return
    setReading(true)
    client.fetchQuery({ ...query(endpoint, input), staleTime: 0 }).then(setTheirs, () => undefined).finally(() => setReading(false))
  }
  return { theirs, isReading, notice, clear: () => setTheirs(undefined) }
}

/** @returns whether a refusal says that somebody else was quicker. */
export const isStale = (error: Error | undefined): boolean => error instanceof ApiError && error.failure.code === 'stale'
