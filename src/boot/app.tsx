import { QueryClientProvider } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { createBrowserRouter } from 'react-router'
import { RouterProvider } from 'react-router/dom'
import { queryClient } from '#src/api/query-client.ts'
import { routes } from '#src/routes.tsx'

/** Starts the console at the address in view. @returns it once its first page is ready, so that nothing flickers before. */
export async function startConsole(): Promise<ReactNode> {
  const router = createBrowserRouter(routes)
  if (!router.state.initialized) {
    await new Promise<void>((resolve) => {
      const stop = router.subscribe((state) => {
        if (!state.initialized) return
        stop()
        resolve()
      })
    })
  }
  return <QueryClientProvider client={queryClient}><RouterProvider router={router} /></QueryClientProvider>
}
