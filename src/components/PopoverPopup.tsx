import { Popover } from '@base-ui/react/popover'
import { type ReactNode, type RefObject, useState } from 'react'

type Props = { label: string; align: 'start' | 'center' | 'end'; anchor: RefObject<HTMLButtonElement | null>; onClose: () => void; children: (close: () => void) => ReactNode }

/** The open part of Popover. It is modal, so that a press outside closes it and does nothing else. */
export function PopoverPopup({ label, align, anchor, onClose, children }: Props) {
  const [isOpen, setOpen] = useState(true)
  return (
    <Popover.Root open={isOpen} onOpenChange={setOpen} onOpenChangeComplete={(open) => !open && onClose()} modal>
      <Popover.Portal>
        <Popover.Positioner anchor={anchor} align={align} sideOffset={4} collisionPadding={8} className="floating">
          <Popover.Popup className="popover" aria-label={label} finalFocus={anchor}>{children(() => setOpen(false))}</Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}
