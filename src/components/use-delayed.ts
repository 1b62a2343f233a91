import { useEffect, useState } from 'react'

/** @returns true once `isOn` has been true for so long, so that quick answers flash nothing. @param milliseconds e.g. 300. */
export function useDelayed(isOn: boolean, milliseconds: number): boolean {
  const [isLate, setLate] = useState(false)
  useEffect(() => {
    if (!isOn) return undefined
    const timer = setTimeout(() => setLate(true), milliseconds)
    return () => { clearTimeout(timer); setLate(false) }
  }, [isOn, milliseconds])
  return isOn && isLate
}
