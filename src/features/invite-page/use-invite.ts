import { useEffect, useState } from 'react'
import { type InviteView, openInvite, viewInvite } from '#contract/acceptance.ts'
import { ApiError } from '#src/api/api-error.ts'
import { askAsCustomer, rememberCustomer } from '#src/public/ask-as-customer.ts'

export type Loaded = { at: 'loading' } | { at: 'failed'; error: Error } | { at: 'seen'; view: InviteView }

/** @param token of the link, or undefined where the address had none. @returns what stands behind it; how to start anew after a failure; and how to
 *  look again in the middle of a step, which throws and leaves the page as it is when there is no answer. */
export function useInvite(token: string | undefined): { loaded: Loaded; startAnew: () => void; look: () => Promise<InviteView> } {
  const [loaded, setLoaded] = useState<Loaded>({ at: 'loading' })
  const [round, setRound] = useState(0)
  useEffect(() => {
    let isGone = false
    void (async () => {
      const found = await read(token).then((view): Loaded => ({ at: 'seen', view }), (error: unknown): Loaded => ({ at: 'failed', error: error instanceof Error ? error : new Error(String(error)) }))
      if (!isGone) setLoaded(found)
    })()
    return () => { isGone = true }
  }, [token, round])
  const look = async () => {
    const view = await read(token)
    setLoaded({ at: 'seen', view })
    return view
  }
  const isOpen = loaded.at === 'seen' && loaded.view.state === 'open'
  useEffect(() => (token !== undefined && isOpen ? tellOpenedOnceSeen(token) : undefined), [token, isOpen])
  return { loaded, startAnew: () => setRound(round + 1), look }
}

async function read(token: string | undefined): Promise<InviteView> {
  if (token === undefined) return { state: 'invalid' }
  try {
    const view = await askAsCustomer(viewInvite, { body: { token } })
    if (view.state === 'open') rememberCustomer(view.signedIn?.csrf ?? '')
    return view
  } catch (error) {
    // What does not even look like a token is a link that somebody cut or mistyped.
    if (error instanceof ApiError && (error.failure.status === 400 || error.failure.status === 404)) return { state: 'invalid' }
    throw error
  }
}

/** A page that a browser opens in the background was not looked at yet. @returns how to stop waiting. */
function tellOpenedOnceSeen(token: string): (() => void) | undefined {
  const tell = () => {
    if (document.visibilityState !== 'visible') return
    document.removeEventListener('visibilitychange', tell)
    // The invitation works without it, so nobody is bothered when it fails.
    askAsCustomer(openInvite, { body: { token } }).catch(() => undefined)
  }
  document.addEventListener('visibilitychange', tell)
  tell()
  return () => document.removeEventListener('visibilitychange', tell)
}
