import './tokens.css'
import './styles/base.css'
import './styles/controls.css'
import './styles/shell.css'
import './styles/page.css'
import './styles/table.css'
import './styles/form.css'
import './styles/floating.css'
import './styles/print.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createBrowserRouter } from 'react-router'
import { RouterProvider } from 'react-router/dom'
import { queryClient } from '#src/api/query-client.ts'
import { startTexts } from '#src/i18n/i18n.ts'
import { followTheme } from '#src/lib/theme.ts'
import { routes } from './routes.tsx'

followTheme()
const texts = startTexts()
const router = createBrowserRouter(routes)

/** Until the first page is ready the shell of index.html stays on the screen. */
async function start(): Promise<void> {
  await texts
  if (!router.state.initialized) {
    await new Promise<void>((resolve) => {
      const stop = router.subscribe((state) => {
        if (!state.initialized) return
        stop()
        resolve()
      })
    })
  }
  const root = document.getElementById('root')
  if (!root) throw new Error('index.html has no #root')
  createRoot(root).render(<StrictMode><QueryClientProvider client={queryClient}><RouterProvider router={router} /></QueryClientProvider></StrictMode>)
}

void start()
