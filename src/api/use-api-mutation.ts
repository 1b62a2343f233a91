import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { Answer, Endpoint, Input } from '#contract/endpoint.ts'
import { getSession } from '#contract/session.ts'
import { recheckSession } from '#src/session/load-session.ts'
import { Cancelled, isOutcomeUnknown } from './api-error.ts'
import { call } from './call.ts'
import { unfinished, withIntent } from './intent.ts'

type Options<E extends Endpoint> = {
  /** The reads that are stale afterwards. Required, so that nobody forgets. */
  invalidates: readonly Endpoint[]
  onSuccess?: (answer: Answer<E>, input: Input<E>) => void
  onError?: (error: Error) => void
}

/** What a form needs of an operation. */
export type ApiMutation<E extends Endpoint> = {
  /** Starts the operation; a second press while it runs does nothing. */
  submit: (input: Input<E>) => void
  isBusy: boolean
  /** The refusal to show. A closed security check is none. */
  error: Error | undefined
  /** `checking`: the result is not known and is being asked for. `lost`: asking gave up; only askAgain may follow, never a fresh submit. */
  outcome: 'known' | 'checking' | 'lost'
  askAgain: () => void
  /** The input of an attempt from before a reload. */
  unfinished: Input<E> | undefined
  reset: () => void
}

/** @param endpoint what to do. @param options what it makes stale and what follows. @returns its state; security check, signing in again and
 *  lost answers happen inside. */
export function useApiMutation<E extends Endpoint>(endpoint: E, { invalidates, onSuccess, onError }: Options<E>): ApiMutation<E> {
  const client = useQueryClient()
  const [isChecking, setChecking] = useState(false)
  const [left] = useState(() => (endpoint.idempotent ? unfinished(endpoint) : undefined))
  const running = useRef(false)
  // The security check will be wanted in a moment.
  useEffect(() => {
    if (endpoint.proof) void import('#src/proof/ProofModal.tsx')
  }, [endpoint])
  const mutation = useMutation<Answer<E>, Error, Input<E>>({
    mutationFn: (input) => endpoint.idempotent
      ? withIntent(endpoint, input, (idempotencyKey) => call(endpoint, input, { idempotencyKey, onUnknown: setChecking }))
      : call(endpoint, input),
    onSuccess: async (answer, input) => {
      onSuccess?.(answer, input)
      if (invalidates.some((read) => read.path === getSession.path)) await recheckSession()
      await Promise.all(invalidates.map((read) => client.invalidateQueries({ queryKey: [read.path] })))
    },
    onError: (error) => {
      if (!(error instanceof Cancelled)) onError?.(error)
    },
    onSettled: () => { running.current = false },
  })
  const submit = (input: Input<E>) => {
    if (running.current) return
    running.current = true
    mutation.mutate(input)
  }
  const isLost = endpoint.idempotent === true && !mutation.isPending && isOutcomeUnknown(mutation.error)
  return {
    submit,
    isBusy: mutation.isPending,
    error: mutation.error && !(mutation.error instanceof Cancelled) && !isLost ? mutation.error : undefined,
    outcome: isChecking ? 'checking' : isLost ? 'lost' : 'known',
    askAgain: () => mutation.variables !== undefined && submit(mutation.variables),
    unfinished: left,
    reset: mutation.reset,
  }
}
