import { lazy, type ReactNode, Suspense, useRef, useState } from 'react'
import { Opening } from './Opening.tsx'

type TriggerProps = {
  ref: (element: HTMLButtonElement | null) => void
  onPress: () => void
  'aria-expanded': boolean
  'aria-haspopup': 'dialog'
}

const PopoverPopup = lazy(async () => ({ default: (await import('./PopoverPopup.tsx')).PopoverPopup }))

/** A small panel behind a button, for a filter or an explanation. Its code arrives at the first press.
 *  @param trigger draws the button. @param children draws the panel; `close` closes it and gives focus back. */
export function Popover({ label, align = 'start', trigger, children }: {
  label: string; align?: 'start' | 'center' | 'end'; trigger: (props: TriggerProps) => ReactNode; children: (close: () => void) => ReactNode
}) {
  const [isOpen, setOpen] = useState(false)
  const anchor = useRef<HTMLButtonElement | null>(null)
  return (
    <>
      {trigger({ ref: (element) => { anchor.current = element }, onPress: () => setOpen(true), 'aria-expanded': isOpen, 'aria-haspopup': 'dialog' })}
      {isOpen && <Suspense fallback={<Opening onCancel={() => setOpen(false)} />}><PopoverPopup label={label} align={align} anchor={anchor} onClose={() => setOpen(false)}>{children}</PopoverPopup></Suspense>}
    </>
  )
}
