import { type ReactNode, useId } from 'react'

/** A part of a page with its title, a quiet note and one link or button on the right. */
export function Section({ title, note, action, children }: { title: string; note?: ReactNode; action?: ReactNode; children: ReactNode }) {
  const id = useId()
  return (
    <section className="section" aria-labelledby={id}>
      <div className="section-head"><h2 id={id}>{title}</h2>{note && <span className="quiet">{note}</span>}{action && <span className="section-action">{action}</span>}</div>
      {children}
    </section>
  )
}
