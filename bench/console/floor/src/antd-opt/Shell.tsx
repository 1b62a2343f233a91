import { Layout, Menu } from 'antd'
import { Link, Outlet, useLocation } from 'react-router'

const items = [
  { key: 'customers', label: <Link to="/customers" data-nav="customers">Customers</Link> },
  { key: 'invoices', label: <Link to="/invoices" data-nav="invoices">Invoices</Link> },
  { key: 'settings', label: <Link to="/settings" data-nav="settings">Settings</Link> },
]

export function Shell() {
  const [, here = ''] = useLocation().pathname.split('/')
  return (
    <Layout style={{ minHeight: '100vh' }}>
      <Layout.Sider theme="light" width={200}>
        <div className="name">Floor</div>
        <Menu mode="inline" selectedKeys={[here]} items={items} />
      </Layout.Sider>
      <Layout>
        <Layout.Content style={{ padding: 24 }}>
          <Outlet />
        </Layout.Content>
      </Layout>
    </Layout>
  )
}
