import type { MouseEvent, ReactNode, Ref } from 'react'
import { Icon, type IconName } from './Icon.tsx'
import { useBubble } from './use-bubble.tsx'

export type ButtonProps = {
  children: ReactNode
  variant?: 'primary' | 'secondary' | 'bare' | 'danger' | 'row'
  isSmall?: boolean
  type?: 'button' | 'submit'
  icon?: IconName
  iconAfter?: IconName
  /** Sending: the button keeps its words and takes no second press. */
  isBusy?: boolean
  /** Why it cannot be pressed now. The button stays reachable, so that keyboard and touch find the reason. */
  disabledReason?: string | undefined
  onPress?: ((event: MouseEvent<HTMLButtonElement>) => void) | undefined
  className?: string
  ref?: Ref<HTMLButtonElement>
  form?: string
  'aria-expanded'?: boolean
  'aria-haspopup'?: 'menu' | 'dialog'
  'aria-pressed'?: boolean
  'aria-label'?: string
}

/** A button whose words say verb and object. One primary a page. */
export function Button({ children, variant = 'secondary', isSmall = false, type = 'button', icon, iconAfter, isBusy = false, disabledReason, onPress, className = '', ref, ...rest }: ButtonProps) {
  const bubble = useBubble(disabledReason)
  const isOff = isBusy || disabledReason !== undefined
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (!isOff) return onPress?.(event)
    event.preventDefault()
    bubble.show(event.currentTarget)
  }
  return (
    <>
      <button
        ref={ref} type={type} className={`${buttonClass(variant, isSmall)} ${className}`} onClick={press}
        {...(isOff && { 'aria-disabled': true })} {...(isBusy && { 'aria-busy': true })} {...rest} {...bubble.props}
      >
        {isBusy ? <Icon name="wait" className="turning" /> : icon && <Icon name={icon} />}
        {children}
        {iconAfter && <Icon name={iconAfter} />}
      </button>
      {bubble.node}
    </>
  )
}

/** @returns the classes of a button's look. */
export const buttonClass = (variant: ButtonProps['variant'] = 'secondary', isSmall: boolean) =>
  variant === 'row' ? 'row-action' : `button ${variant === 'secondary' ? '' : variant} ${isSmall ? 'small' : ''}`
