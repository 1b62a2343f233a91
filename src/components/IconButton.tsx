import type { ReactNode, Ref } from 'react'
import { Icon, type IconName } from './Icon.tsx'
import { useBubble } from './use-bubble.tsx'

type Props = {
  icon: IconName
  /** Its name, because a drawing has none. */
  label: string
  onPress?: ((element: HTMLButtonElement) => void) | undefined
  isOn?: boolean
  isOff?: boolean
  /** Press state, for a switch such as the eye. */
  isPressed?: boolean
  children?: ReactNode
  className?: string
  ref?: Ref<HTMLButtonElement>
  'aria-expanded'?: boolean
  'aria-haspopup'?: 'menu' | 'dialog'
}

/** A button that is only a drawing, at least 24 px. Its name shows on hover and on keyboard focus. */
export function IconButton({ icon, label, onPress, isOn = false, isOff = false, isPressed, children, className = '', ref, ...rest }: Props) {
  const bubble = useBubble(label)
  const { 'aria-describedby': _description, ...handlers } = bubble.props
  return (
    <>
      <button
        ref={ref} type="button" className={`icon-button ${isOn ? 'on' : ''} ${className}`} aria-label={label}
        onClick={(event) => !isOff && onPress?.(event.currentTarget)}
        {...(isOff && { 'aria-disabled': true })} {...(isPressed !== undefined && { 'aria-pressed': isPressed })} {...rest} {...handlers}
      >
        {children}
        <Icon name={icon} />
      </button>
      {bubble.visual}
    </>
  )
}
