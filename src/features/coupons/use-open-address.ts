import { useSearchParams } from 'react-router'

/** @returns how to write the address of a row's details over the page in view. */
export function useOpenAddress(): (id: string) => { search: string } {
  const [search] = useSearchParams()
  return (id) => {
    const next = new URLSearchParams(search)
    next.set('open', id)
    return { search: String(next) }
  }
}
