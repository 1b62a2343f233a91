import { mount } from '#floor/shared/routes.tsx'
import { Shell } from './Shell.tsx'

mount(Shell, {
  customers: () => import('./Customers.tsx'),
  invoices: () => import('./Invoices.tsx'),
  settings: () => import('./Settings.tsx'),
})
