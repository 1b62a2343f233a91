import { QueryClient } from '@tanstack/react-query'
import { ApiError, Unreachable } from './api-error.ts'

/** The only cache of answers. Clear personal values never enter it: reveals are held by the page that asked. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      gcTime: 5 * 60_000,
      // A refusal stays a refusal; only a lost read is worth a second try.
      retry: (failures, error) => failures < 1 && (error instanceof Unreachable || (error instanceof ApiError && error.failure.status >= 500)),
      retryDelay: 800,
      // Without network a request fails at once and says so; held back until the network returns, it would leave the person in front of a wheel.
      networkMode: 'always',
      refetchOnReconnect: true,
    },
    mutations: { retry: false, networkMode: 'always' },
  },
})
