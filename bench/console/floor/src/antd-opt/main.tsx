import { ConfigProvider } from 'antd'
import { mount } from '#floor/shared/routes.tsx'
import { theme } from '#floor/shared/theme.ts'
import { Shell } from './Shell.tsx'
import '#generated/antd.css'

mount(
  Shell,
  {
    customers: () => import('./Customers.tsx'),
    invoices: () => import('./Invoices.tsx'),
    settings: () => import('./Settings.tsx'),
  },
  (app) => <ConfigProvider theme={theme}>{app}</ConfigProvider>,
)
