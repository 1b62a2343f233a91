export type Toast = {
  tone: 'success' | 'info' | 'warning' | 'danger'
  title: string
  text?: string
  /** Where its record is. */
  link?: { to: string; label: string }
  /** Leaves after two seconds: nothing is lost when it is missed. */
  isBrief?: boolean
}

type Shown = Toast & { id: number }

let shown: readonly Shown[] = []
let lastId = 0
const listeners = new Set<() => void>()

/** Says something once, politely. Errors of a form belong into the form. */
export function showToast(toast: Toast): void {
  lastId += 1
  put([...shown.filter((other) => !other.isBrief), { ...toast, id: lastId }].slice(-3))
}

/** Takes a notification away. */
export const hideToast = (id: number): void => put(shown.filter((toast) => toast.id !== id))

/** For the host: the notifications on the screen, and how to follow them. */
export const toastStore = {
  current: () => shown,
  subscribe: (changed: () => void) => {
    listeners.add(changed)
    return () => listeners.delete(changed)
  },
}

function put(next: readonly Shown[]): void {
  shown = next
  for (const changed of listeners) changed()
}
