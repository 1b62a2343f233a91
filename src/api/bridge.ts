import { useSyncExternalStore } from 'react'

/** A question that code outside React puts to the person: a component shows it while it is there. */
export type Bridge<Q> = {
  ask: (question: Q) => void
  close: () => void
  current: () => Q | undefined
  subscribe: (changed: () => void) => () => void
}

/** @returns a bridge with no question. One question at a time: a new one replaces the earlier. */
export function makeBridge<Q>(): Bridge<Q> {
  let question: Q | undefined
  const listeners = new Set<() => void>()
  const put = (next: Q | undefined) => {
    question = next
    for (const changed of listeners) changed()
  }
  return {
    ask: put,
    close: () => put(undefined),
    current: () => question,
    subscribe: (changed) => {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
  }
}

/** @returns the question that waits, or undefined; renders again when it changes. */
export const useBridge = <Q>(bridge: Bridge<Q>): Q | undefined => useSyncExternalStore(bridge.subscribe, bridge.current)
