import { canonical } from '#src/lib/canonical.ts'

/** A request that index.html started before the code had arrived. */
type EarlyRequest = { method: string; path: string; body: unknown; response: Promise<Response> }

declare global {
  interface Window {
    __early?: EarlyRequest[] | undefined
  }
}

/** Forgets what was asked early: nobody was signed in, so every answer is a refusal. */
export function dropEarly(): void {
  window.__early = undefined
}

/** @returns whether exactly this was asked early and nobody has taken the answer. */
export const isAskedEarly = (method: string, path: string, body: unknown): boolean => find(method, path, body) >= 0

/** Hands out an early answer once. @returns undefined when no early request asked exactly this. */
export function takeEarly(method: string, path: string, body: unknown): Promise<Response> | undefined {
  const index = find(method, path, body)
  return index < 0 ? undefined : window.__early?.splice(index, 1)[0]?.response
}

function find(method: string, path: string, body: unknown): number {
  const wanted = canonical(body ?? null)
  return window.__early?.findIndex((one) => one.method === method && one.path === path && canonical(one.body ?? null) === wanted) ?? -1
}
