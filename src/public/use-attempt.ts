import { useRef, useState } from 'react'

export type Attempt = { isBusy: boolean; error: Error | undefined; run: (act: () => Promise<void>) => Promise<void>; forget: () => void }

/** One attempt at a time: a second press while the first is under way does nothing. What an attempt throws is kept for the page. */
export function useAttempt(): Attempt {
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<Error>()
  const isRunning = useRef(false)
  const run = async (act: () => Promise<void>) => {
    if (isRunning.current) return
    isRunning.current = true
    setBusy(true)
    setError(undefined)
    try {
      await act()
    } catch (caught) {
      setError(caught instanceof Error ? caught : new Error(String(caught)))
    } finally {
      isRunning.current = false
      setBusy(false)
    }
  }
  return { isBusy, error, run, forget: () => setError(undefined) }
}
