import { useEffect, useState } from 'react'
import { useLocation } from 'react-router'

/** What was typed at each place of this tab's history: in memory only, so that Back finds it and neither the address nor the disk does. */
const typed = new Map<string, string>()

/** Part of a counterparty's name that narrows a list. It is personal, so it never stands in the address. */
export function useCounterparty(): { counterparty: string; setCounterparty: (text: string) => void } {
  const { key } = useLocation()
  const [counterparty, setCounterparty] = useState(() => typed.get(key) ?? '')
  useEffect(() => {
    if (counterparty === '') typed.delete(key)
    else typed.set(key, counterparty)
  }, [key, counterparty])
  return { counterparty, setCounterparty }
}
