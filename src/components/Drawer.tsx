import type { ReactNode } from 'react'
import { ModalShell } from './ModalShell.tsx'

/** A panel from the right for the details of a row; it stands in the address as `?open=<id>`. */
export const Drawer = ({ title, onClose, children, footer }: { title: string; onClose: () => void; children: ReactNode; footer?: (close: () => void) => ReactNode }) => (
  <ModalShell title={title} onClose={onClose} kind="drawer" {...(footer && { footer })}>{children}</ModalShell>
)
