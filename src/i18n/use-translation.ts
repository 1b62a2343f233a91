import i18next, { type i18n, type TFunction } from 'i18next'
import { useSyncExternalStore } from 'react'

type Translation = { t: TFunction; i18n: i18n }
let present: Translation | undefined
const listeners = new Set<() => void>()

/** Has everything that shows texts show them anew: the language changed, or texts arrived. */
export function renewTexts(): void {
  present = undefined
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
/** A new `t` for each language and set of texts, so that whatever depends on it is made anew, too. */
const translation = (): Translation => (present ??= { t: i18next.getFixedT(null, 'translation'), i18n: i18next })

/** The texts of the present language. */
export const useTranslation = (): Translation => useSyncExternalStore(subscribe, translation)
