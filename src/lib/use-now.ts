import { useCallback, useSyncExternalStore } from 'react'
import { serverNow } from './clock.ts'

/** Ticks once a second while something counts down. @param active without it no timer runs. @returns the present whole second, in
 *  milliseconds by the server's clock. */
export function useNow(active: boolean): number {
  const subscribe = useCallback((tick: () => void) => {
    if (!active) return () => undefined
    const timer = setInterval(tick, 1000)
    return () => clearInterval(timer)
  }, [active])
  return useSyncExternalStore(subscribe, presentSecond)
}

const presentSecond = (): number => Math.floor(serverNow() / 1000) * 1000
