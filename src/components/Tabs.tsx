import type { ReactNode } from 'react'
import { Link } from 'react-router'

/** Tabs that are links: the tab in view stands in the address. */
export const Tabs = ({ label, tabs }: { label: string; tabs: readonly { key: string; to: string; label: ReactNode; isCurrent: boolean }[] }) => (
  <nav className="tabs" aria-label={label}>
    {tabs.map((tab) => <Link key={tab.key} to={tab.to} preventScrollReset {...(tab.isCurrent && { 'aria-current': 'page' })}>{tab.label}</Link>)}
  </nav>
)
