import type { ReactNode } from 'react'
import { Link } from 'react-router'

/** Where the tabs do not fit, the one in view is not left behind the edge. */
function intoView(link: HTMLElement | null): void {
  const tabs = link?.parentElement
  if (tabs && link.offsetLeft + link.offsetWidth - tabs.scrollLeft > tabs.clientWidth) tabs.scrollLeft = link.offsetLeft
}

/** Tabs that are links: the tab in view stands in the address. */
export const Tabs = ({ label, tabs }: { label: string; tabs: readonly { key: string; to: string; label: ReactNode; isCurrent: boolean }[] }) => (
  <nav className="tabs" aria-label={label}>
    {tabs.map((tab) => <Link key={tab.key} to={tab.to} preventScrollReset {...(tab.isCurrent && { 'aria-current': 'page', ref: intoView })}>{tab.label}</Link>)}
  </nav>
)
