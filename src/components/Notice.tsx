import type { ReactNode } from 'react'
import { Icon } from './Icon.tsx'

/** A tinted note. @param isAlert reads it out when it appears. */
export const Notice = ({ tone = 'info', children, action, isAlert = false }: { tone?: 'info' | 'success' | 'warning' | 'danger'; children: ReactNode; action?: ReactNode; isAlert?: boolean }) => (
  <div className={`note ${tone}`} {...(isAlert && { role: 'status' })}>
    <Icon name={tone} />
    <div className="note-text">{children}</div>
    {action}
  </div>
)
