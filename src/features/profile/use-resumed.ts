import { useEffect, useRef } from 'react'
import type { Endpoint, Input } from '#contract/endpoint.ts'
import type { ApiMutation } from '#src/api/use-api-mutation.ts'

/** A reload in the middle of an operation: the same attempt goes on. @param fill puts its input back into the form. */
export function useResumed<E extends Endpoint>(mutation: ApiMutation<E>, fill: (input: Input<E>) => void): void {
  const isResumed = useRef(false)
  useEffect(() => {
    if (isResumed.current || mutation.unfinished === undefined) return
    isResumed.current = true
    fill(mutation.unfinished)
    mutation.submit(mutation.unfinished)
  }, [mutation, fill])
}
