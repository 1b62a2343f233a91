import { type FocusEvent, type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useId, useState } from 'react'
import { createPortal } from 'react-dom'

type Place = { top: number; above: boolean; left?: number; right?: number }

/** Half of the widest bubble, which `.bubble` says too. */
const halfWidest = 120

/** A small explanation beside a control: on hover, on keyboard focus and on touch. The text is also the control's description, so it is
 *  never only on the screen. @param text nothing is shown without it. @returns props for the control, and `node` to render beside it (`visual`
 *  without the description, for a control that already has this name). */
export function useBubble(text: string | undefined): { props: BubbleProps; node: ReactNode; visual: ReactNode; show: (element: Element) => void } {
  const id = useId()
  const [place, setPlace] = useState<Place>()
  const hide = () => setPlace(undefined)
  const show = (element: Element) => {
    const box = element.getBoundingClientRect()
    const above = box.bottom + 64 > innerHeight
    const width = document.documentElement.clientWidth
    const middle = box.left + box.width / 2
    // Near an edge of the window it is flush with its control instead of in the middle under it.
    const across = middle < halfWidest ? { left: Math.max(box.left, 8) } : middle > width - halfWidest ? { right: Math.max(width - box.right, 8) } : { left: middle }
    setPlace({ ...across, top: above ? box.top - 6 : box.bottom + 6, above })
  }
  useEffect(() => {
    if (!place) return undefined
    addEventListener('scroll', hide, { capture: true, once: true })
    return () => removeEventListener('scroll', hide, { capture: true })
  }, [place])
  if (!text) return { props: {}, node: null, visual: null, show: () => undefined }
  const visual = place && createPortal(
    <span className={`bubble${place.above ? ' above' : ''}${place.left !== undefined && place.left >= halfWidest ? '' : ' at-edge'}`} style={{ left: place.left, right: place.right, top: place.top }} aria-hidden="true">{text}</span>,
    document.body,
  )
  return {
    show,
    visual,
    props: {
      'aria-describedby': id,
      onPointerEnter: (event) => event.pointerType === 'mouse' && show(event.currentTarget),
      onPointerLeave: (event) => event.pointerType === 'mouse' && hide(),
      onFocus: (event) => event.currentTarget.matches(':focus-visible') && !cameWithDialog(event) && show(event.currentTarget),
      onBlur: hide,
      onKeyDown: (event) => event.key === 'Escape' && hide(),
    },
    node: <><span id={id} className="hidden-text">{text}</span>{visual}</>,
  }
}

/** A dialog that opens puts the focus on its first control; a bubble there would lie over what it says. */
function cameWithDialog({ currentTarget, relatedTarget }: FocusEvent): boolean {
  const dialog = currentTarget.closest('[role=dialog]')
  return dialog !== null && !(relatedTarget instanceof Node && dialog.contains(relatedTarget))
}

type BubbleProps = {
  'aria-describedby'?: string
  onPointerEnter?: (event: PointerEvent) => void
  onPointerLeave?: (event: PointerEvent) => void
  onFocus?: (event: FocusEvent) => void
  onBlur?: () => void
  onKeyDown?: (event: KeyboardEvent) => void
}
