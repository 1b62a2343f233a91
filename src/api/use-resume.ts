import { useEffect, useRef } from 'react'

/** Goes on with an attempt that has no result yet, once: the same request finds its security check, or its result. */
export function useResume<I>(send: (input: I) => void, left: I | undefined): void {
  const isResumed = useRef(false)
  useEffect(() => {
    if (left === undefined || isResumed.current) return
    isResumed.current = true
    send(left)
  })
}
