import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode, type ComponentType, type ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { createBrowserRouter, redirect } from 'react-router'
import { RouterProvider } from 'react-router/dom'
import { queryClient } from '#floor/shared/data.ts'
import '#floor/shared/page.css'

interface Page {
  Component: ComponentType
}

interface Pages {
  customers: () => Promise<Page>
  invoices: () => Promise<Page>
  settings: () => Promise<Page>
}

/** Mounts a floor: its shell, its three lazily loaded pages, and whatever has to be around them. */
export function mount(Shell: ComponentType, pages: Pages, around = (app: ReactNode) => app) {
  const router = createBrowserRouter([
    {
      path: '/',
      Component: Shell,
      children: [
        { index: true, loader: () => redirect('/customers') },
        { path: 'customers', lazy: pages.customers },
        { path: 'invoices', lazy: pages.invoices },
        { path: 'settings', lazy: pages.settings },
      ],
    },
  ])
  const root = document.getElementById('root')
  if (!root) throw new Error('index.html has no #root')
  createRoot(root).render(
    <StrictMode>
      {around(
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>,
      )}
    </StrictMode>,
  )
}
