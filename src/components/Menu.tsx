import { lazy, type ReactNode, Suspense, useRef, useState } from 'react'
import type { IconName } from './Icon.tsx'
import { Opening } from './Opening.tsx'

export type MenuItem =
  | { kind?: 'item'; key: string; label: ReactNode; to?: string; state?: unknown; onPress?: () => void; disabledReason?: string | undefined; isDanger?: boolean; icon?: IconName }
  | { kind: 'choice'; key: string; label: ReactNode; isChosen: boolean; onPress: () => void; isOneOfMany?: boolean }
  | { kind: 'caption'; key: string; label: ReactNode }
  | { kind: 'line'; key: string }

type TriggerProps = {
  ref: (element: HTMLButtonElement | null) => void
  onPress: () => void
  'aria-expanded': boolean
  'aria-haspopup': 'menu'
}

const MenuPopup = lazy(async () => ({ default: (await import('./MenuPopup.tsx')).MenuPopup }))

/** A menu behind a button. Its code arrives at the first press.
 *  @param children draws the button and gives it the trigger's props. */
export function Menu({ items, label, align = 'end', children }: { items: readonly MenuItem[]; label: string; align?: 'start' | 'end'; children: (trigger: TriggerProps) => ReactNode }) {
  const [isOpen, setOpen] = useState(false)
  const anchor = useRef<HTMLButtonElement | null>(null)
  return (
    <>
      {children({ ref: (element) => { anchor.current = element }, onPress: () => setOpen(true), 'aria-expanded': isOpen, 'aria-haspopup': 'menu' })}
      {isOpen && <Suspense fallback={<Opening onCancel={() => setOpen(false)} />}><MenuPopup items={items} label={label} align={align} anchor={anchor} onClose={() => setOpen(false)} /></Suspense>}
    </>
  )
}
