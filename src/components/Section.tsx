import { type ReactNode, useId } from 'react'

/** A part of a page with its title, a quiet note and one link or button on the right. @param anchor what follows the `#` of an address that leads here. */
export function Section({ title, note, action, anchor, children }: { title: string; note?: ReactNode; action?: ReactNode; anchor?: string; children: ReactNode }) {
  const id = useId()
  return (
    <section className="section" aria-labelledby={id} {...(anchor !== undefined && { id: anchor, tabIndex: -1 })}>
      <div className="section-head"><h2 id={id}>{title}</h2>{note && <span className="quiet">{note}</span>}{action && <span className="section-action">{action}</span>}</div>
      {children}
    </section>
  )
}
