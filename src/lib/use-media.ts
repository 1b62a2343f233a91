import { useSyncExternalStore } from 'react'

/** @param query a media query. @returns whether it matches now; follows changes. */
function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = matchMedia(query)
      list.addEventListener('change', changed)
      return () => list.removeEventListener('change', changed)
    },
    () => matchMedia(query).matches,
  )
}

/** @returns true below 640 px, where tables are cards and dialogs come from the bottom. */
export const usePhone = (): boolean => useMedia('(max-width: 639px)')
