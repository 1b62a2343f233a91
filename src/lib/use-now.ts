import { useEffect, useState } from 'react'
import { serverNow } from './clock.ts'

/** Ticks once a second while something counts down. @param active without it no timer runs. @returns milliseconds by the server's clock. */
export function useNow(active: boolean): number {
  const [now, setNow] = useState(serverNow)
  useEffect(() => {
    if (!active) return undefined
    setNow(serverNow())
    const timer = setInterval(() => setNow(serverNow()), 1000)
    return () => clearInterval(timer)
  }, [active])
  return now
}
