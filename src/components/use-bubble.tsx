import { type FocusEvent, type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useId, useState } from 'react'
import { createPortal } from 'react-dom'

type Place = { left: number; top: number; above: boolean }

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
    setPlace({ left: Math.min(Math.max(box.left + box.width / 2, 120), innerWidth - 120), top: above ? box.top - 6 : box.bottom + 6, above })
  }
  useEffect(() => {
    if (!place) return undefined
    addEventListener('scroll', hide, { capture: true, once: true })
    return () => removeEventListener('scroll', hide, { capture: true })
  }, [place])
  if (!text) return { props: {}, node: null, visual: null, show: () => undefined }
  const visual = place && createPortal(
    <span className={`bubble${place.above ? ' above' : ''}`} style={{ left: place.left, top: place.top }} aria-hidden="true">{text}</span>,
    document.body,
  )
  return {
    show,
    visual,
    props: {
      'aria-describedby': id,
      onPointerEnter: (event) => event.pointerType === 'mouse' && show(event.currentTarget),
      onPointerLeave: (event) => event.pointerType === 'mouse' && hide(),
      onFocus: (event) => event.currentTarget.matches(':focus-visible') && show(event.currentTarget),
      onBlur: hide,
      onKeyDown: (event) => event.key === 'Escape' && hide(),
    },
    node: <><span id={id} className="hidden-text">{text}</span>{visual}</>,
  }
}

type BubbleProps = {
  'aria-describedby'?: string
  onPointerEnter?: (event: PointerEvent) => void
  onPointerLeave?: (event: PointerEvent) => void
  onFocus?: (event: FocusEvent) => void
  onBlur?: () => void
  onKeyDown?: (event: KeyboardEvent) => void
}
