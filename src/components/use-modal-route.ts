import { useLocation, useNavigate, useParams, useSearchParams } from 'react-router'

/** State of links that open a modal route over the page in view, so that closing goes back to exactly that page. */
export const overPage = { over: true } as const

/** For a modal route. @param own the parameters that belong to the modal and leave with it.
 *  @returns how to close: back to the page below, with its filters. */
export function useModalRoute(own: readonly string[]): { close: () => void } {
  const navigate = useNavigate()
  const { pathname, state } = useLocation()
  const [search] = useSearchParams()
  const { id } = useParams()
  const close = () => {
    if (isOver(state)) return void navigate(-1)
    const rest = new URLSearchParams(search)
    for (const name of own) rest.delete(name)
    void navigate({ pathname: id ? `/customers/${id}` : pathname.replace(/\/[^/]+$/, ''), search: String(rest) }, { replace: true })
  }
  return { close }
}

const isOver = (state: unknown): boolean => typeof state === 'object' && state !== null && 'over' in state
