import type { Endpoint, Input } from '#contract/endpoint.ts'
import { canonical } from '#src/lib/canonical.ts'
import { isFinal } from './api-error.ts'

/** An operation that was started and has no final answer yet. Kept over a reload unless its input is personal: browser storage holds ids and
 *  amounts, nothing else. */
type Intent = { key: string; input: string }

const place = (path: string) => `intent ${path}`
/** Attempts with personal input, by path. */
const inMemory = new Map<string, Intent>()

/** Runs an operation under its request key. The same input finds the key of the unfinished attempt, so that a second press, a reload or a
 *  retry continues it; a changed input gets its own key.
 *  @param send carries out the request with the key. @returns its answer. The key is dropped at any final answer, success or refusal. */
export async function withIntent<E extends Endpoint, T>(endpoint: E, input: Input<E>, send: (idempotencyKey: string) => Promise<T>): Promise<T> {
  const text = canonical(input)
  const kept = read(endpoint.path)
  const intent = kept?.input === text ? kept : { key: newKey(), input: text }
  if (endpoint.personal) inMemory.set(endpoint.path, intent)
  else sessionStorage.setItem(place(endpoint.path), JSON.stringify(intent))
  try {
    const answer = await send(intent.key)
    drop(endpoint.path, intent)
    return answer
  } catch (error) {
    if (isFinal(error)) drop(endpoint.path, intent)
    throw error
  }
}

/** @returns the input of an unfinished attempt at this endpoint, for a form to continue after a reload. */
export function unfinished<E extends Endpoint>(endpoint: E): Input<E> | undefined {
  const kept = read(endpoint.path)
  if (!kept) return undefined
  // oxlint-disable-next-line typescript/consistent-type-assertions -- withIntent wrote exactly this endpoint's input there
  return JSON.parse(kept.input) as Input<E>
}

/** Gives an unfinished attempt up, when the person starts over or signs out. Without a path: all of them. */
export function forgetIntents(path?: string): void {
  if (path === undefined) inMemory.clear()
  else inMemory.delete(path)
  for (const name of Object.keys(sessionStorage)) {
    if (path ? name === place(path) : name.startsWith(place(''))) sessionStorage.removeItem(name)
  }
}

function read(path: string): Intent | undefined {
  const remembered = inMemory.get(path)
  if (remembered) return remembered
  const text = sessionStorage.getItem(place(path))
  if (!text) return undefined
  // oxlint-disable-next-line typescript/consistent-type-assertions -- only this file writes there
  return JSON.parse(text) as Intent
}

function drop(path: string, intent: Intent): void {
  if (read(path)?.key === intent.key) forgetIntents(path)
}

/** 128 random bits; `randomUUID` does not exist on plain http pages. */
const newKey = (): string => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
