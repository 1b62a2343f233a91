import type { ReactNode } from 'react'

/** What every page is wrapped in. @param name its name for scripts, e.g. `customers`. @param isNarrow forms and text, which do not grow with
 *  the window. */
export const Page = ({ name, isNarrow = false, children }: { name: string; isNarrow?: boolean; children: ReactNode }) => (
  <div className={`page ${isNarrow ? 'narrow' : ''}`} data-page={name}>{children}</div>
)
