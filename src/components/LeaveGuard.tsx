import { type RefObject, useEffect } from 'react'
import { useBlocker } from 'react-router'

export type Departure = { proceed: () => void; stay: () => void }

/** Stops leaving the page while something typed would be lost: links, Back, and closing the tab. Rendered only while that is so, because a
 *  router has one such guard at a time. @param allowed lets a departure pass. @param onBlocked gets the departure that waits for an answer. */
export function LeaveGuard({ allowed, onBlocked }: { allowed: RefObject<boolean>; onBlocked: (departure: Departure | undefined) => void }) {
  const blocker = useBlocker(({ currentLocation, nextLocation }) => !allowed.current && currentLocation.pathname !== nextLocation.pathname)
  useEffect(() => {
    onBlocked(blocker.state === 'blocked' ? { proceed: blocker.proceed, stay: blocker.reset } : undefined)
  }, [blocker, onBlocked])
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', warn)
    return () => removeEventListener('beforeunload', warn)
  }, [])
  return null
}
