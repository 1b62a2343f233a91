import { NavLink, Outlet } from 'react-router'

export function Shell() {
  return (
    <div className="frame">
      <aside className="side">
        <div className="name">Floor</div>
        <nav>
          <NavLink to="/customers" data-nav="customers">Customers</NavLink>
          <NavLink to="/invoices" data-nav="invoices">Invoices</NavLink>
          <NavLink to="/settings" data-nav="settings">Settings</NavLink>
        </nav>
      </aside>
      <main className="content">
        <Outlet />
      </main>
    </div>
  )
}
