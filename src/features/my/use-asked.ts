import { useEffect, useState } from 'react'
import type { Answer, Endpoint, Input } from '#contract/endpoint.ts'
import { askAsCustomer } from '#src/public/ask-as-customer.ts'

type Nothing = Endpoint & { readonly method: 'GET'; readonly params?: never; readonly query?: never; readonly body?: never }

/** One reading of the customer's own, for a part of the page that may fail alone. @returns what was read or why not, and how to take another answer or read again. */
export function useAsked<E extends Nothing>(endpoint: E, input: Input<E>) {
  const [answer, setAnswer] = useState<Answer<E>>()
  const [error, setError] = useState<Error>()
  const [round, setRound] = useState(0)
  const [asked] = useState(input)
  useEffect(() => {
    let isGone = false
    askAsCustomer(endpoint, asked).then((read) => { if (!isGone) setAnswer(read) }, (caught: unknown) => { if (!isGone) setError(caught instanceof Error ? caught : new Error(String(caught))) })
    return () => { isGone = true }
  }, [endpoint, asked, round])
  return { answer, error, take: setAnswer, again: () => { setError(undefined); setRound(round + 1) } }
}
