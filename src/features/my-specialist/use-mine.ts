import { useEffect, useState } from 'react'
import type { Answer } from '#contract/endpoint.ts'
import { getMySpecialist, viewSpecialistInvite } from '#contract/specialists.ts'
import { ApiError } from '#src/api/api-error.ts'
import { askAsCustomer, rememberCustomer } from '#src/public/ask-as-customer.ts'

export type LinkView = Answer<typeof viewSpecialistInvite>
export type Own = Answer<typeof getMySpecialist>
type Loaded = { at: 'loading' } | { at: 'failed'; error: Error } | { at: 'invitation'; view: LinkView } | { at: 'door' } | { at: 'own'; own: Own }

/** index.html has moved the token from the address into this entry of the history, where a reload finds it and nobody else. */
export function presentToken(): string | undefined {
  const state: unknown = history.state
  return typeof state === 'object' && state !== null && 'specialist' in state && typeof state.specialist === 'string' && state.specialist !== '' ? state.specialist : undefined
}

/** @param token of a link; undefined: the account's own page. @returns what there is to see, how to read it again, and how to show another answer. */
export function useMine(token: string | undefined): { loaded: Loaded; read: () => void; take: (own: Own) => void } {
  const [loaded, setLoaded] = useState<Loaded>({ at: 'loading' })
  const [round, setRound] = useState(0)
  useEffect(() => {
    let isGone = false
    const work = token === undefined ? readOwn() : readLink(token)
    void work.catch((error: unknown): Loaded => ({ at: 'failed', error: error instanceof Error ? error : new Error(String(error)) })).then((next) => { if (!isGone) setLoaded(next) })
    return () => { isGone = true }
  }, [token, round])
  return { loaded, read: () => setRound((now) => now + 1), take: (own) => setLoaded({ at: 'own', own }) }
}

async function readLink(token: string): Promise<Loaded> {
  try {
    const view = await askAsCustomer(viewSpecialistInvite, { body: { token } })
    if (view.state === 'open') rememberCustomer(view.signedIn?.csrf ?? '')
    return { at: 'invitation', view }
  } catch (error) {
    // What does not even look like a token is a link that somebody cut or mistyped.
    if (error instanceof ApiError && (error.failure.status === 400 || error.failure.status === 404)) return { at: 'invitation', view: { state: 'invalid' } }
    throw error
  }
}

async function readOwn(): Promise<Loaded> {
  try {
    return { at: 'own', own: await askAsCustomer(getMySpecialist, {}) }
  } catch (error) {
    if (error instanceof ApiError && error.failure.code === 'not_signed_in') return { at: 'door' }
    throw error
  }
}
