import { lazy, type ReactNode, Suspense } from 'react'

const ModalShell = lazy(async () => ({ default: (await import('./ModalShell.tsx')).ModalShell }))

/** A panel from the right for the details of a row; it stands in the address as `?open=<id>`. Its frame arrives with the first one opened. */
export const Drawer = ({ title, onClose, children, footer }: { title: string; onClose: () => void; children: ReactNode; footer?: (close: () => void) => ReactNode }) => (
  <Suspense><ModalShell title={title} onClose={onClose} kind="drawer" {...(footer && { footer })}>{children}</ModalShell></Suspense>
)
