import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { Button, buttonClass, type ButtonProps } from './Button.tsx'
import { Icon, type IconName } from './Icon.tsx'

/** A link that looks like a button, for what opens a page or a modal route. With a reason it becomes a button that cannot be pressed. */
export function ButtonLink({ to, disabledReason, children, variant = 'secondary', isSmall = false, icon, state }: {
  to: string; children: ReactNode; variant?: ButtonProps['variant']; isSmall?: boolean; icon?: IconName; disabledReason?: string | undefined; state?: unknown
}) {
  if (disabledReason !== undefined) return <Button variant={variant} isSmall={isSmall} disabledReason={disabledReason} {...(icon && { icon })}>{children}</Button>
  return <Link to={to} state={state} className={buttonClass(variant, isSmall)}>{icon && <Icon name={icon} />}{children}</Link>
}
