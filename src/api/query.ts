import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Answer, Endpoint, Input } from '#contract/endpoint.ts'
import { call } from './call.ts'

type Read = Endpoint & ({ readonly method: 'GET' } | { readonly reads: true })

/** @param endpoint a GET, or a list read by POST. @param input its params, query and body.
 *  @returns options for useQuery whose key is the endpoint's own path, so that it cannot be a wrong one. */
export const query = <E extends Read>(endpoint: E, input: Input<E>) =>
  queryOptions<Answer<E>>({ queryKey: [endpoint.path, input], queryFn: ({ signal }) => call(endpoint, input, { signal }) })

/** As query, for lists: the old rows stay on the screen, dimmed, while the next page is on its way. */
export const listQuery = <E extends Read>(endpoint: E, input: Input<E>) => ({ ...query(endpoint, input), placeholderData: keepPreviousData })
