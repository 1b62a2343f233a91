import type { ReactNode } from 'react'

/** Names and values of one thing. */
export const Facts = ({ facts }: { facts: readonly { key: string; label: ReactNode; value: ReactNode }[] }) => (
  <dl className="facts">{facts.map((fact) => <div key={fact.key}><dt>{fact.label}</dt><dd>{fact.value}</dd></div>)}</dl>
)
